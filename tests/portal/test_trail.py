"""The page of the audit trail."""

from __future__ import annotations

import pytest
from auditlog.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from model_bakery import baker

from content import services, trail
from members.models import User
from publications.models import Publication
from publications.services import save_publication
from tests import factories
from tests.reading import parse

pytestmark = pytest.mark.django_db
TRAIL = "/en/staff/trail/"


def text_of(response) -> str:
    root, _errors = parse(response.content.decode())
    return " ".join("".join(root.itertext()).split())


@pytest.fixture
def editor(db):
    return baker.make(User, email="editor@cast.example", display_name="Edna", is_staff=True)


@pytest.fixture
def desk(editor) -> Client:
    client = Client()
    client.force_login(editor)
    return client


def retitled(by, before="Before", after="After") -> Publication:
    record = factories.publication(before)
    record.title_en = after
    save_publication(publication=record, by=by)
    return record


def last(record) -> LogEntry:
    return LogEntry.objects.get_for_object(record).latest("pk")


def test_it_says_who_did_what_with_before_and_after(desk, editor):
    record = factories.publication("A report", licence=factories.licence("old", label_en="Old licence"))
    record.licence = factories.licence("new", label_en="New licence")
    save_publication(publication=record, by=editor)
    words = text_of(desk.get(TRAIL))
    assert "Changed, Publication" in words
    assert "Edna" in words
    assert "Old licence" in words
    assert "New licence" in words


def test_a_status_is_told_in_words(desk, editor):
    services.withdraw(record=factories.publication(), by=editor, reason="Wrong")
    assert "PublishedWithdrawn" in text_of(desk.get(TRAIL))


def test_filters_keep_to_a_record_a_kind_an_action_and_a_person(desk, editor, staff):
    one, other = retitled(editor, after="First one"), retitled(staff, after="Second one")
    organisation = factories.organisation("An institute")
    kind = ContentType.objects.get_for_model(Publication).pk
    assert "Second one" not in text_of(desk.get(trail.address(one)))
    assert "An institute" not in text_of(desk.get(TRAIL, {"kind": kind}))
    assert "Changed" not in text_of(desk.get(TRAIL, {"action": 0})).split("Show everything")[1]
    by_one = text_of(desk.get(TRAIL, {"who": "EDITOR@cast.example"}))
    assert "First one" in by_one
    assert other.title_en not in by_one
    assert organisation.name_en not in by_one


@pytest.mark.parametrize(
    "query", ["kind=x", "kind=999999", "before=-1", "action=7", "record=99999999999999999999", "who=%00"]
)
def test_an_impossible_filter_is_no_failure(query, desk, editor):
    retitled(editor)
    assert desk.get(f"{TRAIL}?{query}").status_code == 200


def test_older_changes_are_one_link_away(desk, editor):
    for number in range(52):
        factories.organisation(f"Institute {number}")
    page = desk.get(TRAIL)
    assert "Institute 0" not in text_of(page)
    older = parse(page.content.decode())[0].xpath("//a[@rel='next']/@href")[0]
    assert "Institute 0" in text_of(desk.get(TRAIL + older))


def test_it_takes_the_same_queries_for_one_change_and_for_fifty(desk, editor):
    taken = []
    for number in range(50):
        factories.publication(f"Title {number}")
        if number in (0, 49):
            desk.get(TRAIL)
            with CaptureQueriesContext(connection) as queries:
                desk.get(TRAIL)
            taken.append(len(queries))
    assert taken[1] <= taken[0]


def test_one_press_brings_a_text_back(desk, editor):
    record = retitled(editor)
    response = desk.post(f"{TRAIL}{last(record).pk}/restore/", {"field": "title_en"}, follow=True)
    record.refresh_from_db()
    assert record.title_en == "Before"
    assert "Brought back" in text_of(response)


def test_what_is_gone_is_said_and_nothing_breaks(desk, editor):
    record = retitled(editor)
    entry = last(record)
    record.delete()
    response = desk.post(f"{TRAIL}{entry.pk}/restore/", {"field": "title_en"}, follow=True)
    assert "was deleted" in text_of(response)


@pytest.mark.parametrize("field", ["", "slug", "nothing"])
def test_nothing_else_is_brought_back(field, desk, editor):
    assert desk.post(f"{TRAIL}{last(retitled(editor)).pk}/restore/", {"field": field}).status_code == 404


def test_members_neither_read_nor_restore(client, member, editor):
    record = retitled(editor)
    restore = f"{TRAIL}{last(record).pk}/restore/"
    assert client.get(TRAIL).status_code == client.post(restore).status_code == 302
    client.force_login(member)
    assert client.get(TRAIL).status_code == 403
    assert client.post(restore, {"field": "title_en"}).status_code == 403
    record.refresh_from_db()
    assert record.title_en == "After"


def test_bringing_back_is_asked_by_post(desk, editor):
    assert desk.get(f"{TRAIL}{last(retitled(editor)).pk}/restore/").status_code == 405
