"""When summaries leave: at seven in the morning of the reader's own zone, weekly ones on Mondays."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from notifications.kinds import Frequency

HOUR = time(7)


def zone(name: str) -> ZoneInfo:
    """UTC for a name that this machine does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def local_day(at: datetime, zone_name: str) -> date:
    return at.astimezone(zone(zone_name)).date()


def next_after(at: datetime, frequency: Frequency, zone_name: str) -> datetime:
    """The first summary after a moment. Also on the days when clocks change it is seven by them.

    What does not wait (`AT_ONCE`) and waits after all, because it was chosen after the letter was due, comes daily.
    """
    here = zone(zone_name)
    day = at.astimezone(here).date()
    while (leaves := datetime.combine(day, HOUR, here).astimezone(UTC)) <= at or (
        frequency == Frequency.WEEKLY and day.weekday() != 0
    ):
        day += timedelta(days=1)
    return leaves
