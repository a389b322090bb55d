"""What we promise to members: an answer within some working days, counted in UTC, without Saturdays and Sundays."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

DAY = timedelta(days=1)
SATURDAY = 5


def late_before(now: datetime | None = None) -> datetime:
    """What has waited since before this moment waits for longer than we promise."""
    moment = now or timezone.now()
    if moment.weekday() >= SATURDAY:  # a weekend adds nothing to what waited on Friday night
        moment = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        moment -= (moment.weekday() - SATURDAY) * DAY
    for _day in range(settings.REVIEW_PROMISE_DAYS):
        moment -= DAY
        while moment.weekday() >= SATURDAY:
            moment -= DAY
    return moment
