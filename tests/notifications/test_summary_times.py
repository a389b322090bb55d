"""Seven in the morning, where the reader is."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from notifications.kinds import Frequency
from notifications.summary_times import local_day, next_after


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(
    ("now", "zone", "due"),
    [
        (at("2026-11-26T06:59", "Africa/Nairobi"), "Africa/Nairobi", at("2026-11-26T07:00", "Africa/Nairobi")),
        (at("2026-11-26T07:00", "Africa/Nairobi"), "Africa/Nairobi", at("2026-11-27T07:00", "Africa/Nairobi")),
        (at("2026-11-26T23:30"), "Pacific/Fiji", at("2026-11-28T07:00", "Pacific/Fiji")),  # Friday 11:30 there
    ],
)
def test_a_daily_summary_leaves_at_the_next_seven_o_clock(now, zone, due):
    assert next_after(now, Frequency.DAILY, zone) == due


def test_a_weekly_summary_leaves_on_monday():
    thursday = at("2026-11-26T12:00", "America/La_Paz")
    assert next_after(thursday, Frequency.WEEKLY, "America/La_Paz") == at("2026-11-30T07:00", "America/La_Paz")


@pytest.mark.parametrize("day", ["2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25"])
def test_it_is_seven_o_clock_on_the_days_the_clocks_change_too(day):
    due = next_after(at(f"{day}T12:00", "Europe/Paris"), Frequency.DAILY, "Europe/Paris")
    local = due.astimezone(ZoneInfo("Europe/Paris"))
    assert (local.hour, local.minute, due.tzinfo) == (7, 0, UTC)
    assert local.date() > datetime.fromisoformat(day).date()


def test_a_day_that_a_country_left_out_is_passed_over():
    """Samoa went from 29 to 31 December 2011."""
    due = next_after(at("2011-12-29T12:00", "Pacific/Apia"), Frequency.DAILY, "Pacific/Apia")
    assert local_day(due, "Pacific/Apia").day == 31


def test_an_unknown_zone_counts_as_utc():
    assert next_after(at("2026-11-26T08:00"), Frequency.DAILY, "Mars/Olympus") == at("2026-11-27T07:00")
