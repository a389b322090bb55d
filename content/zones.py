"""One instant on many clocks: the reader's, UTC, those of chosen cities; and from what a clock says to an instant.

Names of zones and days are those of CLDR in the reader's language. What a clock says is turned into an instant by hand,
since `zoneinfo` takes an hour that does not exist for another, and one that comes twice for the first (PEP 495).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from babel.dates import format_date, format_skeleton, get_timezone_location, get_timezone_name
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from content import wording
from members import time_zones

if TYPE_CHECKING:
    from babel import Locale
    from django.http import HttpRequest

COOKIE = "zone"  # of readers without an account, who chose theirs by a form
COOKIE_LASTS = timedelta(days=365)
NONE = time_zones.UTC
MINUTE = timedelta(minutes=1)
LONG_DAYS = {"en": "EEEE d MMMM y"}  # where ours is not the one of CLDR: no comma after the weekday


class NoSuchHour(ValueError):
    """Clocks jump over this hour. `before` and `after` are the nearest that exist, as those clocks say."""

    def __init__(self, before: datetime, after: datetime) -> None:
        super().__init__(f"Nothing between {before} and {after}")
        self.before, self.after = before, after


@functools.cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())


def is_zone(name: str) -> bool:
    return name in _known()


def chosen(request: HttpRequest) -> str:
    """The zone of a reader who has one: their account's, else their cookie's; "" when they never said."""
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        return user.time_zone if is_zone(user.time_zone) else ""
    return cookie(request)


def cookie(request: HttpRequest) -> str:
    """Nothing but names of zones gets in: what somebody makes up would be another page to keep for each."""
    name = request.COOKIES.get(COOKIE, "")
    return name if is_zone(name) else ""


def of(request: HttpRequest) -> str:
    return chosen(request) or NONE


class Reader:
    """Whoever reads the page that is being made. A page that asked for their zone is kept for readers of that zone."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self.was_asked = False
        self.supposed = NONE

    @property
    def zone(self) -> str:
        self.was_asked = True
        return chosen(self._request) or self.supposed


_reader: ContextVar[Reader | None] = ContextVar("reader", default=None)


@contextmanager
def read_by(request: HttpRequest) -> Iterator[Reader]:
    reader = Reader(request)
    token = _reader.set(reader)
    try:
        yield reader
    finally:
        _reader.reset(token)


def suppose(zone: str) -> None:
    """On a page that is one person's alone: where they said they are, unless their browser says otherwise."""
    reader = _reader.get()
    if reader and is_zone(zone):
        reader.supposed = zone


def readers() -> str:
    """The zone of whoever reads the page that is being made; UTC where nobody does, as in a worker."""
    reader = _reader.get()
    return reader.zone if reader else NONE


# ----- from an instant to what clocks say


@dataclass(frozen=True)
class Reading:
    """What the clocks of one zone say at an instant."""

    zone: str
    local: datetime
    is_readers: bool = False

    @property
    def city(self) -> str:
        return city(self.zone)

    @property
    def day(self) -> str:
        return long_day(self.local)

    @property
    def weekday(self) -> str:
        """Short: the same instant is Friday in Suva and Thursday in Brasília."""
        return format_skeleton("E", self.local, locale=wording.locale())

    @property
    def month(self) -> str:
        return format_skeleton("MMM", self.local, locale=wording.locale())

    @property
    def clock(self) -> str:
        return f"{self.local:%H:%M}"

    @property
    def ahead(self) -> str:
        """UTC+5:45."""
        return time_zones.ahead(self.local)

    @property
    def zone_name(self) -> str:
        """In words, for letters: “East Africa Time”."""
        return zone_name(self.local)

    @property
    def words(self) -> str:
        """“Thursday 10 December 2026, 16:00”."""
        return pgettext("a moment", "%(day)s, %(time)s") % {"day": self.day, "time": self.clock}


def read(moment: datetime, zone: str, *, is_readers: bool = False) -> Reading:
    return Reading(zone, moment.astimezone(ZoneInfo(zone)), is_readers)


def for_reader(moment: datetime) -> Reading:
    """On the clock of whoever reads the page."""
    return read(moment, readers())


def in_utc(moment: datetime) -> Reading:
    return read(moment, NONE)


def readings(moment: datetime, reader: str, cities: Iterable[str]) -> list[Reading]:
    """The reader's clock first, where they have a zone, then UTC, then those of the cities, none twice."""
    zones = dict.fromkeys((reader, NONE, *(name for name in cities if is_zone(name))))
    return [read(moment, zone, is_readers=zone == reader != NONE) for zone in zones]


def long_day(local: datetime) -> str:
    """“Thursday 10 December 2026”, « jeudi 10 décembre 2026 »."""
    return format_date(local, LONG_DAYS.get(wording.locale().language, "full"), locale=wording.locale())


def zone_name(local: datetime) -> str:
    if getattr(local.tzinfo, "key", "") == NONE:
        return NONE
    return get_timezone_name(local, width="long", locale=wording.locale())


def city(zone: str) -> str:
    """“Nairobi”, « Le Caire »; of UTC itself."""
    return _city(zone, wording.locale())


@functools.lru_cache(maxsize=2000)
def _city(zone: str, locale: Locale) -> str:
    if zone == NONE:
        return NONE
    try:
        named = get_timezone_location(zone, locale=locale, return_city=True)
    except LookupError:
        named = ""
    # CLDR says "Country, City" where a city alone would be doubtful to it; ours stand in lists of cities.
    return (named or "").rpartition("/")[2] or zone.rpartition("/")[2].replace("_", " ")


def choices(including: str = "") -> list[tuple[str, str]]:
    return time_zones.choices(including)


# ----- from what a clock says to an instant


def instants(wall: datetime, zone: str) -> list[datetime]:
    """The instants, in UTC, at which the clocks of a zone say this: one, two where an hour comes twice, or none."""
    found = []
    for fold in (0, 1):
        moment = wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)
        if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0) == wall and moment not in found:
            found.append(moment)
    return sorted(found)


def instant(wall: datetime, zone: str, *, later: bool = False) -> datetime:
    """The instant at which the clocks of a zone say this, of two the earlier unless asked. Raises NoSuchHour."""
    found = instants(wall, zone)
    if not found:
        raise NoSuchHour(*_around(wall, zone))
    return found[-1] if later else found[0]


def _around(wall: datetime, zone: str) -> tuple[datetime, datetime]:
    """The last minute that clocks show before they jump over this hour, and the first after it."""
    where = ZoneInfo(zone)
    low, high = sorted(wall.replace(tzinfo=where, fold=fold).astimezone(UTC) for fold in (0, 1))
    before = low.astimezone(where).utcoffset()
    while high - low > MINUTE:
        middle = low + (high - low) // 2
        middle = middle.replace(second=0, microsecond=0)
        if middle in (low, high):
            break
        low, high = (middle, high) if middle.astimezone(where).utcoffset() == before else (low, middle)
    return low.astimezone(where).replace(tzinfo=None), high.astimezone(where).replace(tzinfo=None)


def refusal(wall: datetime, zone: str, error: NoSuchHour) -> str:
    """Why an hour cannot be, with the two nearest that can."""
    return _(
        "There is no %(time)s in %(city)s on %(day)s: the clocks go forward. "
        "The nearest times are %(before)s and %(after)s."
    ) % {
        "time": f"{wall:%H:%M}",
        "city": city(zone),
        "day": long_day(wall),
        "before": _beside(error.before, wall),
        "after": _beside(error.after, wall),
    }


def _beside(local: datetime, wall: datetime) -> str:
    """The time alone, when it is of the same day."""
    if local.date() == wall.date():
        return f"{local:%H:%M}"
    return pgettext("a moment", "%(day)s, %(time)s") % {"day": long_day(local), "time": f"{local:%H:%M}"}


def doubled(moments: Iterable[datetime], zone: str) -> list[tuple[str, str]]:
    """The two instants of an hour that comes twice, as choices: how far each is from UTC says which it is."""
    first, second = (read(moment, zone) for moment in moments)
    return [
        ("first", _("The first time, %(ahead)s") % {"ahead": first.ahead}),
        ("second", _("The second time, %(ahead)s") % {"ahead": second.ahead}),
    ]
