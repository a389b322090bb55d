"""Time zones as people look for them: by a city, in the reader's language, with what the clock there says now."""

from __future__ import annotations

import functools
import unicodedata
from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.core import get_global
from babel.dates import get_timezone_location
from django.utils import timezone
from django.utils.translation import get_language

if TYPE_CHECKING:
    from members.models import User

UTC = "UTC"


def choices(including: str = "") -> list[tuple[str, str]]:
    """Every zone of a place, in the alphabet: ("Africa/Nairobi", "Nairobi (UTC+3), Kenya"). `including` one more."""
    found = list(_choices(get_language() or "en", timezone.now().date()))
    known = {name for name, _label in found}
    return found if including in known | {""} else [(including, including), *found]


@functools.lru_cache(maxsize=8)
def _choices(language: str, day: date) -> tuple[tuple[str, str], ...]:
    locale = Locale.parse(language, sep="-")
    places = get_global("zone_territories")
    labels = {name: _label(name, locale, places[name], day) for name in available_timezones() & places.keys()}
    return (UTC, UTC), *sorted(labels.items(), key=lambda pair: _plain(pair[1]))


def _label(name: str, locale: Locale, territory: str, day: date) -> str:
    city = get_timezone_location(name, locale=locale, return_city=True).rpartition("/")[2]
    country = locale.territories.get(territory, "")
    place = f"{city} ({offset(name, day)})"
    return f"{place}, {country}" if country not in ("", city) else place


def offset(name: str, day: date) -> str:
    """How far the clock is from UTC on a day at noon: UTC+5:45."""
    return ahead(datetime.combine(day, time(12), ZoneInfo(name)))


def ahead(local: datetime) -> str:
    """How far a moment of some zone is from UTC: UTC+5:45."""
    offset = local.utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "") if minutes else "UTC"


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()


def keep(*, user: User, zone: str) -> None:
    """A member says where they are."""
    user.time_zone = zone
    user.save(update_fields=["time_zone"])
