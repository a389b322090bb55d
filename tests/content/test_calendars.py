"""Calendar files, read again by a parser and looked at line by line."""

from datetime import UTC, date, datetime, timedelta, timezone

import icalendar
import pytest

from content import calendars

MOMENT = datetime(2026, 12, 10, 16, 0, tzinfo=timezone(timedelta(hours=3)))


def event(**changes):
    return calendars.Event(
        **{
            "uid": "webinar-12",
            "title": "Gender, shocks; and cash",
            "starts": MOMENT,
            "ends": MOMENT + timedelta(minutes=90),
            "changed_at": datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
            **changes,
        }
    )


def read(document: bytes):
    return icalendar.Calendar.from_ical(document)


def only(document: bytes):
    (found,) = read(document).walk("VEVENT")
    return found


def test_times_are_in_utc_whatever_zone_they_came_in():
    text = calendars.document([event()]).decode()
    assert "DTSTART:20261210T130000Z" in text
    assert "DTEND:20261210T143000Z" in text
    assert "VTIMEZONE" not in text


def test_a_moved_event_keeps_its_uid_and_has_a_higher_sequence():
    first, moved = (only(calendars.document([event(sequence=number)])) for number in (0, 1))
    assert first["uid"] == moved["uid"] == "webinar-12@localhost"
    assert (first["sequence"], moved["sequence"]) == (0, 1)


@pytest.mark.parametrize(("is_cancelled", "status"), [(False, "CONFIRMED"), (True, "CANCELLED")])
def test_a_cancelled_event_says_so(is_cancelled, status):
    assert only(calendars.document([event(is_cancelled=is_cancelled)]))["status"] == status


def test_whole_days_end_on_the_day_after_the_last():
    found = only(calendars.document([event(starts=date(2026, 12, 10), ends=date(2026, 12, 11))]))
    assert (found["dtstart"].dt, found["dtend"].dt) == (date(2026, 12, 10), date(2026, 12, 12))


def test_lines_are_at_most_75_octets_and_end_with_crlf():
    long = "Protección social sensible al género: ¿qué funciona? " * 8
    document = calendars.document([event(title=long, text=long)])
    assert document.count(b"\r\n") == document.count(b"\n")
    assert all(len(line) <= 75 for line in document.split(b"\r\n"))
    assert only(document)["summary"] == long


@pytest.mark.parametrize("hostile", ["One\r\nEND:VEVENT\r\nBEGIN:VALARM", "One\x00two\u202e three", "a\\,;b\nc"])
def test_no_text_becomes_a_line_of_its_own(hostile):
    document = calendars.document([event(title=hostile, text=hostile, place=hostile)], name=hostile)
    assert len(read(document).walk()) == 2
    assert b"\x00" not in document


def test_a_feed_has_a_name_and_all_its_events():
    calendar = read(calendars.document([event(), event(uid="webinar-13")], name="Shock response"))
    assert calendar["name"] == calendar["x-wr-calname"] == "Shock response"
    assert calendar["method"] == "PUBLISH"
    assert len(calendar.walk("VEVENT")) == 2


def test_an_empty_feed_is_a_calendar_still():
    assert read(calendars.document([], name="Nothing yet")).walk("VEVENT") == []


def test_who_has_the_file_gets_304(rf):
    first = calendars.answer(rf.get("/"), [event()], filename="webinar.ics")
    again = calendars.answer(rf.get("/", headers={"If-None-Match": first["ETag"]}), [event()], filename="webinar.ics")
    assert (first.status_code, again.status_code) == (200, 304)
    assert first["Content-Type"] == "text/calendar; charset=utf-8; method=PUBLISH"
    assert first["Content-Disposition"] == 'inline; filename="webinar.ics"'
