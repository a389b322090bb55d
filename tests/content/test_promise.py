"""Working days, in March 2026: the 2nd is a Monday."""

from datetime import UTC, datetime

import pytest

from content.promise import late_before


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-05T10:00", "2026-03-03T10:00"),  # Thursday: since Tuesday
        ("2026-03-09T10:00", "2026-03-05T10:00"),  # Monday: since Thursday
        ("2026-03-10T10:00", "2026-03-06T10:00"),  # Tuesday: since Friday
        ("2026-03-07T15:00", "2026-03-05T00:00"),  # Saturday: two whole working days end with Friday
        ("2026-03-08T15:00", "2026-03-05T00:00"),  # Sunday: the same
    ],
)
def test_weekends_do_not_count(now, expected):
    assert late_before(datetime.fromisoformat(now).replace(tzinfo=UTC)).isoformat()[:16] == expected


def test_the_promise_is_a_setting(settings):
    settings.REVIEW_PROMISE_DAYS = 5
    assert late_before(datetime(2026, 3, 9, 10, tzinfo=UTC)) == datetime(2026, 3, 2, 10, tzinfo=UTC)
