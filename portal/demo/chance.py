"""Numbers that look like chance and are the same on every machine and in every run."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

OPENED = date(2015, 9, 12)  # the day the platform opened
LATEST = min(date(2026, 10, 31), datetime.now(UTC).date())  # nothing of the demonstration is newer


def share(*words: str) -> float:
    """From 0 up to but not including 1, evenly spread, settled by the words."""
    digest = hashlib.blake2b("\n".join(words).encode(), digest_size=6).digest()
    return int.from_bytes(digest, "big") / 2**48


def moment_after(day: date, *, within: int, words: tuple[str, ...]) -> datetime:
    """A moment of a working day, at most `within` days after a day, while the platform existed."""
    day = min(max(day, OPENED) + timedelta(days=int(share(*words, "day") * within)), LATEST)
    minutes = 7 * 60 + int(share(*words, "minute") * 10 * 60)
    return datetime.combine(day, time(minutes // 60, minutes % 60), tzinfo=UTC)


def ago(entry: dict[str, Any], *words: str) -> datetime:
    """When something happened that was `days` and `hours` ago.

    Words choose the minute: within the hour before, or within ten where the entry does not say the hour.
    """
    before = timedelta(days=entry.get("days", 0), hours=entry.get("hours", 0))
    width = (50 if "hours" in entry else 600) if words else 0
    return timezone.now() - before - timedelta(minutes=int(width * share(*words)))


def readers(slug: str, *, is_showcase: bool) -> tuple[int, int]:
    """Views and downloads: few records are read much and most are read little, as in any library."""
    views = int(9 / (share(slug, "views") + 0.012)) + (180 if is_showcase else 3)
    return views, int(views * (0.15 + 0.4 * share(slug, "downloads")))
