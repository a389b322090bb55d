"""One calendar of everything with a date, by the clock, for any filter."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from agenda import calendar, programme, when
from agenda.models import Session, Stream
from content import zones
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_never(settings):
    settings.PAGE_CACHE_SECONDS = 0


def titles(client, query: str = "") -> list[str]:
    rows = client.get(f"{reverse('agenda:list')}?format=json{query}").json()["results"]
    return [row["title"] for row in rows]


def at(moment: datetime, monkeypatch) -> None:
    """The clock says so."""
    monkeypatch.setattr(timezone, "now", lambda: moment)


class TestTheClock:
    def test_a_call_leaves_the_list_at_its_deadline_and_stands_under_past(self, client, monkeypatch):
        deadline = datetime(2030, 12, 5, 22, 0, tzinfo=UTC)
        factories.event("Send a case", kind="call", ends_at=deadline, zone="America/Lima")
        at(deadline - timedelta(seconds=1), monkeypatch)
        assert titles(client) == ["Send a case"]
        assert titles(client, "&past=1") == []
        at(deadline, monkeypatch)
        assert titles(client) == []
        assert titles(client, "&past=1") == ["Send a case"]

    def test_its_page_says_so_at_that_instant(self, client, monkeypatch):
        deadline = datetime(2030, 12, 5, 22, 0, tzinfo=UTC)
        call = factories.event("Send a case", kind="call", ends_at=deadline, zone="America/Lima")
        at(deadline - timedelta(seconds=1), monkeypatch)
        assert ">Closed<" not in client.get(call.get_absolute_url()).content.decode()
        at(deadline, monkeypatch)
        assert ">Closed<" in client.get(call.get_absolute_url()).content.decode()

    def test_a_kept_list_ends_with_the_first_that_ends(self, client, settings):
        ends = timezone.now() + timedelta(seconds=100)
        factories.event("Soon over", kind="call", ends_at=ends)
        response = client.get(reverse("agenda:list"))
        assert response.changes_at == ends

    def test_one_that_nobody_sees_ends_no_list(self, client):
        ends = timezone.now() + timedelta(seconds=100)
        factories.event("Soon over", kind="call", ends_at=ends, status="draft", published_at=None)
        assert client.get(reverse("agenda:list")).changes_at is None

    def test_ahead_stands_by_the_beginning_and_past_from_the_last_end(self, client):
        now = timezone.now()
        for title, days in (("Later", 9), ("Sooner", 2), ("Long ago", -90), ("Lately", -3)):
            begins = now + timedelta(days=days)
            factories.event(title, starts_at=begins, ends_at=begins + timedelta(hours=1))
        factories.event("A deadline between", kind="call", ends_at=now + timedelta(days=5))
        assert titles(client) == ["Sooner", "A deadline between", "Later"]
        assert titles(client, "&past=1") == ["Lately", "Long ago"]


class TestFilters:
    def test_a_value_that_nobody_knows_finds_nothing(self, client):
        factories.event()
        assert titles(client, "&topic=%00nonsense&country=XX") == []

    def test_pages_hold_twenty(self, client):
        now = timezone.now()
        for number in range(23):
            begins = now + timedelta(days=number + 1)
            factories.event(f"Number {number}", starts_at=begins, ends_at=begins + timedelta(hours=1))
        assert len(titles(client)) == 20
        assert titles(client, "&page=2") == ["Number 20", "Number 21", "Number 22"]

    def test_its_queries_do_not_grow(self, client, django_assert_max_num_queries):
        numbers = []
        for size in (1, 15):
            for _number in range(size):
                factories.event(f"Size {size}")
            with django_assert_max_num_queries(40) as counted:
                client.get(f"{reverse('agenda:list')}?x={size}")
            numbers.append(len(counted.captured_queries))
        assert numbers[1] <= numbers[0], numbers


class TestSources:
    def test_an_app_above_brings_its_own(self, client, monkeypatch):
        monkeypatch.setattr(calendar, "_sources", list(calendar._sources))
        known = calendar._sources[0]
        with pytest.raises(ValueError, match="already"):
            calendar.register(known)
        calendar.register(
            calendar.Source(
                key="post",
                kinds=lambda: [("webinar", "Webinar")],
                rows=lambda narrowing, moment, past: known.rows(calendar.Narrowing(), moment, past).none(),
                events=lambda narrowing, since, base: [],
            )
        )
        factories.event("An event")
        assert titles(client) == ["An event"]
        assert titles(client, "&kind=webinar") == []


class TestCalendarFile:
    def read(self, client, query: str = "") -> list:
        response = client.get(reverse("agenda:all_calendar") + query)
        assert response["Content-Type"].startswith("text/calendar")
        return Calendar.from_ical(response.content).walk("VEVENT")

    def test_times_are_instants_and_whole_days_are_days(self, client):
        begins = datetime(2030, 3, 10, 7, 0, tzinfo=UTC)
        factories.event("Timed", starts_at=begins, ends_at=begins + timedelta(hours=2), zone="America/New_York")
        first = datetime(2030, 3, 9, 21, 0, tzinfo=UTC)  # midnight in Nairobi
        last = first + timedelta(days=2)
        factories.event("Days", starts_at=first, ends_at=last, zone="Africa/Nairobi", whole_days=True)
        found = {str(one["SUMMARY"]): one for one in self.read(client)}
        assert found["Timed"]["DTSTART"].dt == begins
        assert str(found["Days"]["DTSTART"].dt) == "2030-03-10"
        assert str(found["Days"]["DTEND"].dt) == "2030-03-12"

    def test_the_same_event_is_the_same_in_every_feed_and_moves_on(self, client):
        event = factories.event()
        (one,) = self.read(client, f"?kind={event.kind}")
        response = client.get(reverse("agenda:calendar", args=[event.slug]))
        (alone,) = Calendar.from_ical(response.content).walk("VEVENT")
        assert one["UID"] == alone["UID"]
        assert str(one["UID"]).startswith(f"event-{event.pk}@")

    def test_hidden_ones_are_in_none(self, client):
        factories.event("Hidden", status="draft", published_at=None)
        assert self.read(client) == []
        assert "<entry" not in client.get(reverse("agenda:feed")).content.decode()
        assert client.get(f"{reverse('agenda:list')}?format=json").json()["count"] == 0


class TestWhen:
    @pytest.mark.parametrize(
        ("first", "last", "said"),
        [
            ((2019, 2, 5), (2019, 2, 5), "5 February 2019"),
            ((2018, 11, 1), (2018, 11, 30), "November 2018"),
            ((2018, 1, 1), (2018, 12, 31), "2018"),
            ((2017, 9, 28), (2017, 9, 29), "28–29 Sept 2017"),
        ],
    )
    def test_days_are_as_exact_as_they_are_known(self, first, last, said):
        assert when.days(datetime(*first), datetime(*last)) == said

    def test_a_programme_stands_under_the_days_of_its_reader(self):
        begins = datetime(2030, 6, 13, 22, 0, tzinfo=UTC)
        event = factories.event(starts_at=begins, ends_at=begins + timedelta(hours=6), zone="America/Sao_Paulo")
        for hours in (0, 3):
            start = begins + timedelta(hours=hours)
            Session.objects.create(event=event, starts_at=start, ends_at=start + timedelta(hours=1), title_en="Part")
        in_utc = programme.of(event)
        assert [day.name for day in in_utc.days] == ["Thursday 13 June 2030", "Friday 14 June 2030"]
        assert zones.read(begins, "Pacific/Fiji").day == "Friday 14 June 2030"


class TestStreams:
    @pytest.mark.parametrize(
        "url",
        [
            "https://www.youtube.com/watch?v=igG7-9qcs5A&feature=youtu.be",
            "https://youtu.be/igG7-9qcs5A",
            "https://www.youtube.com/live/igG7-9qcs5A",
        ],
    )
    def test_a_video_is_known_by_any_of_its_addresses(self, url):
        assert "/embed/igG7-9qcs5A?" in Stream(url=url).player.address()

    @pytest.mark.parametrize(
        "url", ["https://evil.example/watch?v=igG7-9qcs5A", "https://youtu.be/../x?y", "https://youtube.com/"]
    )
    def test_nothing_else_is_shown_on_our_page(self, url):
        assert Stream(url=url).player is None

    def test_no_video_loads_and_no_frame_is_allowed_before_its_button_is_pressed(self, client):
        event = factories.event(kind="livestream")
        for language in ("en", "ar"):
            Stream.objects.create(event=event, language=language, url="https://youtu.be/igG7-9qcs5A")
        before = client.get(event.get_absolute_url())
        assert "youtube" not in before.content.decode().replace("YouTube", "")
        assert "frame-src" not in before["Content-Security-Policy"]
        pressed = client.get(f"{event.get_absolute_url()}?stream=ar")
        assert 'src="https://www.youtube-nocookie.com/embed/igG7-9qcs5A' in pressed.content.decode()
        assert "frame-src https://www.youtube-nocookie.com" in pressed["Content-Security-Policy"]
        assert "frame-src" not in client.get(event.get_absolute_url())["Content-Security-Policy"]
        assert "iframe" not in client.get(f"{event.get_absolute_url()}?stream=xx").content.decode()
