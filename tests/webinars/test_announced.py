"""A webinar is proposed, confirmed, edited by its organisers alone, moved, cancelled; its state follows the clock."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from content import deciding
from content.models import Case
from tests import factories
from webinars import services
from webinars.models import Webinar

pytestmark = pytest.mark.django_db
START = datetime(2026, 12, 10, 13, tzinfo=UTC)
State = Webinar.State


@pytest.fixture
def webinar():
    return factories.webinar(starts_at=START, series=factories.webinar_series())


@pytest.fixture
def community(member):
    made = factories.community()
    factories.membership(made, member, role="admin")
    return made


@pytest.mark.parametrize(
    ("minutes", "state"),
    [
        (-16, "upcoming"),
        (-15, "soon"),
        (-1, "soon"),
        (0, "live"),
        (89, "live"),
        (90, "preparing"),
        (50_000, "complete"),
    ],
)
def test_the_state_follows_from_the_clock(webinar, minutes, state):
    assert webinar.state_at(START + timedelta(minutes=minutes)) == state


def test_a_cancelled_one_is_cancelled_whatever_the_clock_says(webinar, staff):
    with time_machine.travel(START - timedelta(days=1)):
        services.cancel_webinar(webinar=webinar, by=staff, reason="The speaker is ill.")
    assert webinar.state_at(START) == State.CANCELLED


@pytest.mark.parametrize(
    "fields", [{"ends_at": START}, {"capacity": 0}, {"cancelled_at": START}], ids=["ends", "capacity", "reason"]
)
def test_the_database_refuses_what_cannot_be(webinar, fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        Webinar.objects.filter(pk=webinar.pk).update(**fields)


# ---------- On the page ----------


@time_machine.travel(START - timedelta(days=7), tick=False)
def test_readers_in_nairobi_and_lima_see_the_same_instant_on_their_clocks(client, webinar):
    for zone, clock in (("Africa/Nairobi", "16:00"), ("America/Lima", "08:00")):
        client.cookies["zone"] = zone
        page = client.get(webinar.get_absolute_url()).content.decode()
        assert f'<time datetime="2026-12-10T13:00Z">Thursday 10 December 2026, {clock}</time>' in page


@time_machine.travel(START - timedelta(minutes=40), tick=False)
def test_a_kept_page_goes_on_with_the_clock(client, webinar):
    address = webinar.get_absolute_url()
    with time_machine.travel(START - timedelta(minutes=40), tick=False) as clock:
        for state, later in (
            ("Upcoming", 0),
            ("Starts soon", 25),
            ("Live now", 20),
            ("Recording is being prepared", 90),
        ):
            clock.shift(timedelta(minutes=later))
            assert f"<b>{state}</b>" in client.get(address).content.decode()


def test_the_link_of_the_meeting_stands_on_no_page_of_everybody(client):
    made = factories.webinar(meeting_link="https://meet.example/secret")
    for address in (
        made.get_absolute_url(),
        f"{made.get_absolute_url()}?format=json",
        f"{made.get_absolute_url()}calendar.ics",
    ):
        assert b"meet.example" not in client.get(address).content


def test_the_calendar_file_has_the_instant_of_the_page(client, webinar):
    answer = client.get(reverse("webinars:calendar", args=[webinar.slug]))
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert event["dtstart"].dt == START
    assert event["uid"] == f"webinar-{webinar.pk}@localhost"


def test_a_series_is_one_calendar_with_what_was_cancelled(client, webinar, staff):
    other = factories.webinar("Another", series=webinar.series)
    services.cancel_webinar(webinar=other, by=staff, reason="No speaker.")
    answer = client.get(reverse("webinars:series_calendar", args=[webinar.series.slug]))
    events = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert sorted(event["status"] for event in events) == ["CANCELLED", "CONFIRMED"]


@pytest.mark.parametrize("number", [1, 20])
def test_pages_ask_the_same_whatever_their_length(client, number, django_assert_max_num_queries):
    series = factories.webinar_series()
    for one in range(number):
        made = factories.webinar(f"Webinar {one}", series=series, starts_in=timedelta(days=one - 10))
        for name in ("Rosa", "Farah", "Thandiwe"):
            factories.panellist(made, name)
    with django_assert_max_num_queries(8):
        client.get(series.get_absolute_url())
    with django_assert_max_num_queries(21):
        client.get(made.get_absolute_url())
    with django_assert_max_num_queries(8):
        client.get(reverse("webinars:all_series"))


# ---------- Proposed and confirmed ----------


def proposed(client, community, **changes):
    day = timezone.now() + timedelta(days=40)
    typed = {"language": "en", "title": "Cash and care", "summary": "Who pays?", "spoken": ["en"]}
    typed |= {"day": f"{day:%d/%m/%Y}", "clock": "16:00", "zone": "Africa/Nairobi", "minutes": "90"}
    return client.post(reverse("webinars:new", args=[community.slug]), typed | changes)


def test_a_community_admin_proposes_and_an_editor_confirms(client, community, member, staff):
    client.force_login(member)
    assert proposed(client, community).status_code == 302
    made = Webinar.objects.get()
    assert (made.status, made.owner, made.community) == ("draft", member, community)
    client.post(reverse("webinars:send", args=[made.pk]))
    assert not Case.objects.exists()  # nobody is on the panel yet
    client.post(reverse("webinars:edit_panel", args=[made.slug]), {"name": "Rosa Quispe", "role": "speaker"})
    client.post(reverse("webinars:send", args=[made.pk]))
    case = Case.objects.get()
    deciding.publish(case=case, by=staff, turn=case.turn)
    client.logout()
    page = client.get(reverse("webinars:detail", args=[made.slug])).content.decode()
    assert "Rosa Quispe" in page
    assert Webinar.objects.published().get() == made


def test_for_an_archived_community_nothing_is_proposed(client, community, member):
    type(community).objects.update(archived_at=timezone.now(), archived_reason="Over.")
    client.force_login(member)
    assert proposed(client, community).status_code == 403
    assert not Webinar.objects.exists()


def test_what_is_with_the_editors_is_not_sent_again(client, community, member):
    made = factories.webinar(status="draft", published_at=None, community=community, owner=member)
    factories.organiser(made, member)
    factories.panellist(made)
    client.force_login(member)
    answers = [client.post(reverse("webinars:send", args=[made.pk])).status_code for _ in range(2)]
    assert answers == [302, 403]


def test_pages_of_webinars_do_not_lead_to_a_community_that_was_withdrawn(client):
    gone = {"status": "withdrawn", "withdrawn_at": timezone.now(), "withdrawal_reason": "An error."}
    here, over = (factories.community(name, **fields) for name, fields in (("Here", {}), ("Over", gone)))
    for community, is_named in ((here, True), (over, False)):
        page = client.get(factories.webinar(community=community).get_absolute_url()).content.decode()
        assert (community.get_absolute_url() in page) == is_named


def test_what_was_typed_stays_and_the_missing_hour_is_named(client, community, member):
    client.force_login(member)
    answer = proposed(client, community, day="14/03/2027", clock="02:30", zone="America/New_York")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("The nearest times are 01:59 and 03:00.") == 2  # above the form, and at the field
    assert 'value="02:30"' in page
    assert not Webinar.objects.exists()


def test_a_doubled_hour_is_asked_about_and_kept_as_answered(client, community, member):
    client.force_login(member)
    twice = {"day": "07/11/2027", "clock": "01:30", "zone": "America/New_York"}
    with time_machine.travel(START, tick=False):
        assert "Say which of the two you mean" in proposed(client, community, **twice).content.decode()
        proposed(client, community, **twice, which="second")
    assert Webinar.objects.get().starts_at == datetime(2027, 11, 7, 6, 30, tzinfo=UTC)


def test_an_organiser_edits_theirs_and_no_other(client, member):
    mine, other = factories.webinar(), factories.webinar()
    factories.organiser(mine, member)
    client.force_login(member)
    typed = {"title": "Un titre", "summary": "", "about": ""}
    answers = [client.post(reverse("webinars:edit_texts", args=[one.slug, "fr"]), typed) for one in (mine, other)]
    assert [one.status_code for one in answers] == [302, 403]
    assert list(Webinar.objects.order_by("pk").values_list("title_fr", flat=True)) == ["Un titre", None]


def test_the_last_organiser_stays(member, staff):
    row = factories.organiser(factories.webinar(), member)
    assert services.remove_organiser(organiser=row, by=staff) is False


# ---------- Moved and cancelled ----------


def test_a_move_raises_the_sequence_and_keeps_the_uid(client, webinar, staff):
    with time_machine.travel(START - timedelta(days=7)):
        later = START + timedelta(days=1)
        assert services.move_webinar(
            webinar=webinar, by=staff, starts_at=later, ends_at=later + timedelta(minutes=60), zone="Africa/Nairobi"
        )
        answer = client.get(reverse("webinars:calendar", args=[webinar.slug]))
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert (event["dtstart"].dt, event["sequence"]) == (later, 1)


def test_the_same_time_is_no_move(webinar, staff):
    moved = services.move_webinar(
        webinar=webinar, by=staff, starts_at=webinar.starts_at, ends_at=webinar.ends_at, zone=webinar.zone
    )
    assert (moved, webinar.sequence) == (False, 0)


@pytest.mark.parametrize("reason", ["", "  "])
def test_nothing_is_cancelled_without_a_reason(webinar, staff, reason):
    with time_machine.travel(START - timedelta(days=7)), pytest.raises(ValueError, match="told why"):
        services.cancel_webinar(webinar=webinar, by=staff, reason=reason)


def test_what_has_taken_place_is_not_cancelled(webinar, staff):
    with time_machine.travel(START + timedelta(days=1)), pytest.raises(ValueError, match="taken place"):
        services.cancel_webinar(webinar=webinar, by=staff, reason="Late.")


# ---------- Of a private community ----------


def test_a_private_communitys_webinar_stands_nowhere_for_others(client, member, other_member):
    community = factories.community(access="private")
    factories.membership(community, member)
    hidden = factories.webinar("Between us", community=community, series=factories.webinar_series(community=community))
    public = ["webinars:list", "webinars:feed", "webinars:all_calendar", "webinars:all_series", "sitemap_index", "home"]
    addresses = [*map(reverse, public), reverse("sitemap", args=["webinar", 0]), "/en/search/?q=between"]
    own = [hidden.get_absolute_url(), f"{hidden.get_absolute_url()}calendar.ics", hidden.series.get_absolute_url()]
    for reader in (None, other_member):
        client.logout() if reader is None else client.force_login(reader)
        assert not any(b"Between us" in client.get(one).content for one in addresses)
        assert {client.get(one).status_code for one in own} == {404}
    client.force_login(member)
    assert {client.get(one).status_code for one in own} == {200}


def test_an_organiser_who_left_the_private_community_is_a_stranger(client, member):
    community = factories.community(access="private")
    row = factories.membership(community, member, role="admin")
    hidden = factories.webinar(community=community, owner=member)
    factories.organiser(hidden, member)
    client.force_login(member)
    edit = reverse("webinars:edit_facts", args=[hidden.slug])
    assert client.get(edit).status_code == 200
    row.state, row.role = "left", "member"
    row.save()
    assert {client.get(one).status_code for one in (edit, hidden.get_absolute_url())} == {404}


# ---------- In the calendar of everything ----------


def calendar_page(client, query="") -> str:
    return client.get(f"/en/discover/events/{query}").content.decode()


def test_it_stands_in_the_calendar_of_everything_with_a_date(client):
    coming = factories.webinar("Ahead of us", starts_in=timedelta(days=3), interpreted=["es"])
    over = factories.webinar("Behind us", starts_in=timedelta(days=-3))
    assert coming.get_absolute_url() in calendar_page(client)
    assert coming.get_absolute_url() in calendar_page(client, "?kind=webinar&lang=es")
    assert coming.get_absolute_url() not in calendar_page(client, "?lang=fr")
    assert over.get_absolute_url() not in calendar_page(client)
    feed = client.get("/en/discover/events/calendar.ics?lang=es").content
    assert [str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(feed).walk("VEVENT")] == ["Ahead of us"]


def test_one_of_a_private_community_stands_in_no_calendar_of_everybody(client, member):
    community = factories.community(access="private")
    factories.membership(community, member)
    factories.webinar("Zqhidden", starts_in=timedelta(days=3), community=community)
    client.force_login(member)
    assert "Zqhidden" not in calendar_page(client)
    assert b"Zqhidden" not in client.get("/en/discover/events/calendar.ics").content


def test_the_form_of_facts_names_no_organisation_that_is_not_public(client, webinar, member):
    factories.organiser(webinar, member)
    shown, hidden = (
        factories.organisation("Zqshown"),
        factories.organisation("Zqhidden", status="draft", published_at=None),
    )
    webinar.organisations.set([shown, hidden])
    client.force_login(member)
    page = client.get(reverse("webinars:edit_facts", args=[webinar.slug])).content.decode()
    assert ("Zqshown" in page, "Zqhidden" in page) == (True, False)


def test_a_private_series_is_offered_in_its_own_community_alone(client, webinar, member):
    private = factories.community(access="private")
    factories.membership(private, member)
    factories.webinar_series("Zqprivateseries", community=private)
    factories.organiser(webinar, member)
    client.force_login(member)
    facts = reverse("webinars:edit_facts", args=[webinar.slug])
    assert "Zqprivateseries" not in client.get(facts).content.decode()
    webinar.community = private
    webinar.save()
    assert "Zqprivateseries" in client.get(facts).content.decode()
