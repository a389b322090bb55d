"""The first of a member's own pages, and the rows of links above these and above the staff's rooms."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from content import deciding, review
from notifications import notices
from notifications.models import Notice
from people import conversations
from publications.models import Draft
from tests import factories

pytestmark = pytest.mark.django_db
OVERVIEW = "/en/me/"


def page(client, address=OVERVIEW):
    return html.fromstring(client.get(address).content.decode())


def tell(member, number=1):
    for one in range(number):
        notices.notify(
            kind="review", occasion=f"it-{one}", recipients=[member], template="review/said", context={"title": "Rice"}
        )


@pytest.fixture
def asked(member, staff):
    record = factories.publication("Rice for schools", status="draft", published_at=None, owner=member)
    case = review.submit(record=record, by=member)
    deciding.ask_for_changes(case=case, by=staff, turn=case.turn, note="Which year?")
    return record


def test_the_name_in_the_header_leads_to_the_overview(client, member):
    client.force_login(member)
    assert page(client, "/en/").cssselect(f'.account a[href="{OVERVIEW}"] .full')[0].text == str(member)


def test_a_member_for_whom_nothing_waits_is_led_on(client, member):
    client.force_login(member)
    assert "Nothing waits for you" in client.get(OVERVIEW).content.decode()


def test_what_an_editor_asked_is_shown(client, member, asked):
    client.force_login(member)
    (link,) = page(client).cssselect('section[aria-labelledby="asked"] a')
    assert (link.text, link.get("href")) == ("Rice for schools", f"/en/me/contributions/{asked.pk}/")


def test_what_an_editor_asked_of_somebody_else_is_not(client, other_member, asked):
    client.force_login(other_member)
    assert not page(client).cssselect("#asked")


def test_drafts_say_how_long_they_are_kept(client, member):
    Draft.objects.create(owner=member, begun_with="blank")
    client.force_login(member)
    assert "more days" in page(client).cssselect('section[aria-labelledby="drafts"]')[0].text_content()


def test_looking_leaves_notices_unread(client, member):
    tell(member)
    client.force_login(member)
    assert "Rice" in page(client).cssselect('section[aria-labelledby="unread"]')[0].text_content()
    assert Notice.objects.filter(read_at=None).count() == 1


def test_it_takes_as_many_queries_for_twenty_as_for_one(client, member):
    client.force_login(member)
    client.get(OVERVIEW)  # what is remembered between pages
    counts = []
    for number in (1, 20):
        tell(member, number)
        for _again in range(number):
            Draft.objects.create(owner=member, begun_with="blank")
            factories.publication(owner=member, status="in_review", published_at=None)
        with CaptureQueriesContext(connection) as queries:
            client.get(OVERVIEW)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_each_of_a_members_pages_has_the_same_row_and_marks_itself(client, member):
    client.force_login(member)
    links = page(client).cssselect(".subnav a")
    names = [link.text.strip() for link in links]
    assert len(names) == 11
    for link in links:
        opened = page(client, link.get("href"))
        assert [one.text.strip() for one in opened.cssselect(".subnav a")] == names
        (current,) = opened.cssselect(".subnav [aria-current]")
        assert current.get("href") == link.get("href")


def test_each_room_of_the_staff_has_the_same_row_and_marks_itself(client, staff):
    client.force_login(staff)
    links = page(client, "/en/staff/review/").cssselect(".subnav a")
    first = ["Review", "Webinars", "Reports", "Moderation", "Moderation log"]
    assert [link.text.strip() for link in links] == [*first, "Letters", "Import", "Audit trail", "Records"]
    for link in links[:-1]:  # the last is Django's own
        opened = page(client, link.get("href"))
        assert [one.get("href") for one in opened.cssselect(".subnav a")] == [one.get("href") for one in links]
        (current,) = opened.cssselect(".subnav [aria-current]")
        assert current.get("href") == link.get("href")


def test_the_row_counts_what_waits_for_the_staff(client, member, staff):
    record = factories.publication(status="draft", published_at=None, owner=member)
    review.submit(record=record, by=member)
    client.force_login(staff)
    assert page(client, "/en/staff/trail/").cssselect('.subnav a[href="/en/staff/review/"] .label')[0].text == "1"


@pytest.fixture
def counted(client, staff):
    """The number beside "Reports" in the row of the staff's rooms."""
    client.force_login(staff)
    path = '.subnav a[href="/en/staff/reports/"] .label'
    return lambda: [label.text for label in page(client, "/en/staff/trail/").cssselect(path)]


@pytest.fixture
def reported(member, other_member):
    return conversations.report(by=member, about=other_member, reason="spam", text="")


def test_a_report_is_counted_until_it_is_decided(
    counted, member, other_member, staff, django_capture_on_commit_callbacks
):
    assert counted() == []
    with django_capture_on_commit_callbacks(execute=True):
        report = conversations.report(by=member, about=other_member, reason="spam", text="")
    assert counted() == ["1"]
    with django_capture_on_commit_callbacks(execute=True):
        conversations.decide_report(report=report, by=staff, outcome="fine", note="It is not.")
    assert counted() == []


def test_a_report_that_the_admin_removes_is_counted_no_longer(
    counted, client, reported, django_capture_on_commit_callbacks
):
    assert counted() == ["1"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("admin:people_report_delete", args=[reported.pk]), {"post": "yes"})
    assert counted() == []


def test_reports_are_not_counted_again_on_each_page(counted, reported):
    counted()
    with CaptureQueriesContext(connection) as queries:
        assert counted() == ["1"]
    assert not [query["sql"] for query in queries if "people_report" in query["sql"]]
