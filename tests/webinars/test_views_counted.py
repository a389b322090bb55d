"""Registered, attended, live viewers and later views: kept apart, each with its source and day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import factories
from webinars import outcomes
from webinars.attendance import counts, importing
from webinars.models import DayOfPlays, Figure

pytestmark = pytest.mark.django_db
YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
TODAY = timezone.now().date


@pytest.fixture
def webinar(member):
    made = factories.webinar(starts_in=timedelta(days=-2), slug="registries", series=factories.webinar_series())
    factories.organiser(made, member)
    outcomes.record(webinar=made, language="en", link=YOUTUBE, seconds=60, chapters=((0, "Welcome"),), by=member)
    return made


def press(client, webinar, query="play=en", **headers):
    return client.get(f"{webinar.get_absolute_url()}?{query}", headers=BROWSER | headers)


def plays(webinar):
    return sum(webinar.plays.values_list("number", flat=True))


def enter(webinar, by, kind="live", number=120, source="YouTube live", on=None):
    return counts.enter(webinar=webinar, kind=kind, number=number, source=source, counted_on=on or TODAY(), by=by)


def edit(name, webinar, *more):
    return reverse(f"webinars:{name}", args=[webinar.slug, *more])


# ---------- Later views ----------


def test_a_press_counts_once_a_person_and_day(client, webinar):
    for query in ("", "play=fr", "play=en", "play=en", "play=en&t=0"):
        assert press(client, webinar, query).status_code == 200
    assert plays(webinar) == 1
    press(client, webinar, **{"User-Agent": "Mozilla/5.0 (Android) Firefox/141.0"})
    assert plays(webinar) == 2
    row = DayOfPlays.objects.get()
    assert (row.language, row.day) == ("en", TODAY())


@pytest.mark.parametrize("agent", ["Googlebot/2.1", "curl/8", "", "Slack preview"])
def test_machines_are_left_out(client, webinar, agent):
    client.get(f"{webinar.get_absolute_url()}?play=en", headers={"User-Agent": agent})
    assert plays(webinar) == 0


def test_editors_and_organisers_are_left_out_and_members_count(client, webinar, member, staff):
    for user in (staff, member):
        client.force_login(user)
        press(client, webinar)
    assert plays(webinar) == 0
    client.force_login(factories.member())
    press(client, webinar)
    assert plays(webinar) == 1


def test_a_browser_that_fetches_ahead_and_a_head_are_left_out(client, webinar):
    press(client, webinar, **{"Sec-Purpose": "prefetch"})
    client.head(f"{webinar.get_absolute_url()}?play=en", headers=BROWSER)
    assert plays(webinar) == 0


def test_what_was_pressed_stays_when_the_recording_is_changed(client, webinar, member):
    press(client, webinar)
    outcomes.remove_recording(recording=webinar.recordings.get(), by=member)
    assert plays(webinar) == 1


# ---------- By hand ----------


def test_a_number_by_hand_has_a_source_a_day_and_a_name(client, webinar, member):
    client.force_login(member)
    typed = {"kind": "live", "number": "120", "source": "YouTube live", "counted_on": f"{TODAY():%d/%m/%Y}"}
    assert client.post(edit("edit_figures", webinar), typed).status_code == 302
    assert (
        client.post(edit("edit_figures", webinar), typed | {"number": "131", "source": "youtube LIVE"}).status_code
        == 302
    )
    row = Figure.objects.get()
    assert (row.number, row.source, row.counted_on, row.by) == (131, "YouTube live", TODAY(), member)
    page = client.get(edit("edit_attendance", webinar)).content.decode()
    assert "YouTube live" in page
    assert f"by {member}" in page
    client.post(edit("figure_step", webinar, row.pk))
    assert not Figure.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("kind", "guesses", "Select a valid choice"),
        ("kind", "", "Say what was counted"),
        ("number", "many", "Enter a whole number such as 120"),
        ("number", "-1", "Enter a whole number such as 120"),
        ("number", "99999999999", "enter a smaller number"),
        ("source", " ", "Say where it comes from"),
        ("counted_on", "31/02/2026", "Write a day that is in the calendar"),
        ("counted_on", "01/01/2999", "This day has not come yet"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_kept(client, webinar, member, field, value, said):
    client.force_login(member)
    typed = {"kind": "live", "number": "120", "source": "Zqsource", "counted_on": "01/02/2026"} | {field: value}
    page = client.post(edit("edit_figures", webinar), typed).content.decode()
    assert page.count(said) == 2
    assert "Zqsource" in page or field == "source"
    assert not Figure.objects.exists()


def test_a_number_of_another_webinar_is_not_removed_here(client, webinar, member):
    other = enter(factories.webinar(starts_in=timedelta(days=-3)), member)
    client.force_login(member)
    assert client.post(edit("figure_step", webinar, other.pk)).status_code == 404
    assert Figure.objects.exists()


# ---------- Kept apart ----------


def import_two(webinar, member):
    content = ContentFile(b"Email\nrosa@world.example\nawa@world.example\n", "r.csv")
    batch = importing.read_file(webinar=webinar, content=content, by=member)
    importing.import_batch(batch=batch, by=member)


def test_the_four_numbers_are_kept_apart(client, webinar, member):
    factories.registration(webinar, "rosa@world.example")
    factories.registration(webinar, "left@world.example", state="cancelled")
    import_two(webinar, member)
    press(client, webinar)
    enter(webinar, member)
    enter(webinar, member, "live", 30, "Facebook live")
    enter(webinar, member, "views", 80, "YouTube", date(2026, 1, 2))
    totals = counts.totals_of([webinar])[webinar.pk]
    assert (totals.registered, totals.attended, totals.live, totals.views) == (1, 2, 152, 81)
    lines = {one.key: [(line.number, line.source) for line in one.lines] for one in counts.of(webinar)}
    assert lines["live"] == [(2, "In the meeting"), (30, "Facebook live"), (120, "YouTube live")]
    assert lines["views"] == [(1, "This page, recording in English"), (80, "YouTube")]


def test_what_was_imported_counts_before_what_was_entered(webinar, member):
    enter(webinar, member, "attended", 180, "Report")
    assert counts.totals_of([webinar])[webinar.pk].attended == 180
    import_two(webinar, member)
    assert counts.totals_of([webinar])[webinar.pk].attended == 2


def test_its_page_says_who_came_once_that_is_known_and_not_before(client, webinar, member):
    factories.registration(webinar, "rosa@world.example")
    factories.registration(webinar, "awa@world.example")
    client.force_login(factories.member())  # whose pages are not kept
    assert "registered, " not in client.get(webinar.get_absolute_url()).content.decode()
    import_two(webinar, member)
    assert "2 registered, 2 attended" in client.get(webinar.get_absolute_url()).content.decode()
    coming = factories.webinar(slug="coming")
    enter(coming, member, "attended", 5, "A guess")
    assert "5 attended" not in client.get(coming.get_absolute_url()).content.decode()


def test_where_people_registered_elsewhere_its_page_says_who_came_alone(client, webinar, member):
    enter(webinar, member, "attended", 180, "Report")
    page = client.get(webinar.get_absolute_url()).content.decode()
    assert "180 attended" in page
    assert "0 registered" not in page


# ---------- Of a series ----------


def test_a_series_in_numbers_for_those_who_plan_in_it(client, webinar, member, staff):
    enter(webinar, member, "attended", 5, "=cmd|' /C calc'!A1")
    enter(webinar, member, "views", 7, "YouTube")
    address = reverse("webinars:series_figures", args=[webinar.series.slug])
    for user, status in ((member, 200), (staff, 200), (factories.member(), 403)):
        client.force_login(user)
        assert client.get(address).status_code == status
    client.force_login(member)
    assert "Gender and shocks" in client.get(address).content.decode()
    table = client.get(reverse("webinars:series_table", args=[webinar.series.slug]))
    assert table["Content-Type"] == "text/csv; charset=utf-8"
    assert table.content.decode("utf-8-sig").splitlines()[1].split(",")[2:6] == ["", "5", "", "7"]


def test_a_title_that_would_compute_does_not(client, webinar, member):
    webinar.title_en = "=1+1"
    webinar.save()
    client.force_login(member)
    table = client.get(reverse("webinars:series_table", args=[webinar.series.slug])).content.decode("utf-8-sig")
    assert table.splitlines()[1].startswith("'=1+1,")


def test_the_series_is_asked_for_in_as_many_queries_for_twenty_as_for_one(client, webinar, member):
    client.force_login(member)
    address = reverse("webinars:series_figures", args=[webinar.series.slug])
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(address)
    for days in range(3, 22):
        enter(factories.webinar(starts_in=-timedelta(days=days), series=webinar.series), member, number=days)
    with CaptureQueriesContext(connection) as twenty:
        client.get(address)
    assert len(twenty) == len(one)
