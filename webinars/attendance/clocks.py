"""Times and lengths as meeting tools write them. What may mean two things is not guessed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

LONGEST = 24 * 3600  # seconds
NOWHEN = date(1, 1, 2)  # of a clock without a day
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})[:h.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?\s*(?P<half>[ap]\.?\s?m\.?)?",
    re.IGNORECASE,
)
_ZONE = r"(?:\s*(?:z|utc|gmt|[a-z]{3,4})?\s*(?:[+-]\d{1,2}(?::?\d{2})?)?)?"
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})")
_NAMED = (
    re.compile(r"([a-z]{3,10})\.? (\d{1,2}),? (\d{4})"),
    re.compile(r"(\d{1,2}) (?:de )?([a-z]{3,10})\.? (?:de )?(\d{4})"),
)
_MONTHS = (
    *(("jan", "ene"), ("feb", "fev"), ("mar",), ("apr", "avr", "abr"), ("may", "mai"), ("jun", "juin")),
    *(("jul", "juil"), ("aug", "aou", "ago"), ("sep",), ("oct",), ("nov",), ("dec", "dic")),
)
_PARTS = re.compile(
    r"(?:(?P<hours>\d{1,3})\s*(?:h|hr|hrs|hours?|heures?|horas?)\b\.?)?\s*"
    r"(?:(?P<minutes>\d{1,4})\s*(?:m|min|mins|minutes?|minutos?)\b\.?)?\s*"
    r"(?:(?P<seconds>\d{1,6})\s*(?:s|sec|secs|seg|seconds?|secondes?|segundos?)\b\.?)?",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(\d{1,2}):(\d{2}):(\d{2})(?:\.\d+)?")


def _bare(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.strip().casefold())
    return " ".join("".join(one for one in folded if not unicodedata.combining(one)).split())


def seconds_of(text: str, unit: int) -> int | None:
    """A length: “1h 2m 3s”, “1 hr 2 min”, “1:02:03”, or a number of `unit` seconds. None: unreadable, or longer than a
    day. “1:30” is not read: it may be hours or minutes."""
    bare = _bare(text).replace("pt", "", 1) if text[:2] in ("PT", "pt") else _bare(text)
    if found := _DIGITS.fullmatch(bare):
        hours, minutes, seconds = map(int, found.groups())
        total = hours * 3600 + minutes * 60 + seconds
    elif re.fullmatch(r"\d{1,6}(?:[.,]\d{1,6})?", bare):
        total = round(float(bare.replace(",", ".")) * unit)
    elif bare and (parts := _PARTS.fullmatch(re.sub(r"(?<=[a-z])(?=\d)", " ", bare))) and any(parts.groups()):
        said = {name: int(number or 0) for name, number in parts.groupdict().items()}
        total = said["hours"] * 3600 + said["minutes"] * 60 + said["seconds"]
    else:
        return None
    return total if total <= LONGEST else None


def moment_of(text: str, *, day_first: bool) -> datetime | None:
    """A time, on the clock of whoever exported it. None: unreadable."""
    bare = _bare(text).replace("t", " ", 1) if re.match(r"\d{4}-\d\d-\d\dT", text.strip()) else _bare(text)
    clock = _CLOCK.search(bare, _day_ends(bare))
    if clock is None or not re.fullmatch(_ZONE, bare[clock.end() :]):
        return None
    before = bare[: clock.start()].strip(" ,").removesuffix(" at").removesuffix(" a").strip(" ,")
    try:
        at = time(_hour(clock), int(clock["minute"]), int(clock["second"] or 0))
        day = _day(before, day_first) if before else NOWHEN
    except ValueError:
        return None
    return datetime.combine(day, at) if day else None


def _day_ends(bare: str) -> int:
    """Where to look for the clock: 14.05.2024 is none."""
    found = _YEAR_FIRST.match(bare) or _YEAR_LAST.match(bare)
    return found.end() if found else 0


def _hour(clock: re.Match[str]) -> int:
    hour, half = int(clock["hour"]), (clock["half"] or "")[:1].lower()
    if half and not 1 <= hour <= 12:
        raise ValueError(hour)
    return hour % 12 + (12 if half == "p" else 0) if half else hour


def _day(text: str, day_first: bool) -> date | None:
    if found := _YEAR_FIRST.fullmatch(text):
        return date(*map(int, found.groups()))
    if found := _YEAR_LAST.fullmatch(text):
        one, two, year = map(int, found.groups())
        day, month = (one, two) if day_first else (two, one)
        return date(year + 2000 if year < 100 else year, month, day)
    return _named_day(text)


def _named_day(text: str) -> date | None:
    """“May 14, 2024”, “14 mai 2024”."""
    if found := _NAMED[0].fullmatch(text):
        name, day, year = found.groups()
    elif found := _NAMED[1].fullmatch(text):
        day, name, year = found.groups()
    else:
        return None
    month = next((number for number, begins in enumerate(_MONTHS, 1) if name.startswith(begins)), 0)
    return date(int(year), month, int(day))


def is_day_first(texts: Iterable[str], near: date) -> bool:
    """Whether 05/06 is the fifth of June: what is possible at all decides, then what is nearer to the webinar."""
    found = [tuple(map(int, match.groups())) for text in texts if (match := _YEAR_LAST.match(text.strip()))]
    if any(one > 12 for one, _two, _year in found):
        return True
    if not found or any(two > 12 for _one, two, _year in found):
        return False
    one, two, year = found[0]
    year = year + 2000 if year < 100 else year
    try:
        return abs(date(year, two, one) - near) < abs(date(year, one, two) - near)
    except ValueError:
        return False


def together(spans: Iterable[tuple[datetime, datetime]]) -> int:
    """Seconds that the spans cover. What two of them have in common counts once."""
    covered, until = timedelta(), datetime.min
    for begins, ends in sorted(spans):
        covered += max(timedelta(), ends - max(begins, until))
        until = max(until, ends)
    return int(covered.total_seconds())
