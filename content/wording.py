"""Numbers, sizes, days and lists as a reader's language writes them (CLDR, through Babel)."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit
from django.conf import settings
from django.utils import timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext, pgettext

# Where a language alone does not settle how days and numbers are written, and ours is not the first of CLDR.
TERRITORIES = {"en": "en_GB"}
# Languages that documents of the field are written in; one that a record has besides is kept among the choices.
LANGUAGES = ("en", "fr", "es", "pt", "ar", "ru", "zh", "id", "vi", "sw", "hi", "bn")
A_MONTH = timedelta(days=30)
UNITS = ((1_000_000_000, "gigabyte"), (1_000_000, "megabyte"), (1_000, "kilobyte"), (1, "byte"))


@functools.cache
def _locale(code: str) -> Locale:
    return Locale.parse(TERRITORIES.get(code, code), sep="-" if "-" in code else "_")


def locale() -> Locale:
    return _locale(get_language() or settings.LANGUAGE_CODE)


def language_name(code: str) -> str:
    """A language's name in the reader's language: “anglais”, “inglés”; the code where CLDR knows no name."""
    return _language_name(code, locale())


@functools.lru_cache(maxsize=1000)
def _language_name(code: str, locale: Locale) -> str:
    try:
        return Locale.parse(code, sep="-").get_display_name(locale) or code
    except (UnknownLocaleError, ValueError):
        return code


def language_choices(*others: str) -> list[tuple[str, str]]:
    return [(code, language_name(code)) for code in dict.fromkeys((*LANGUAGES, *others))]


def language_names(codes: Sequence[str]) -> SafeString:
    return and_list([language_name(code) for code in codes])


def written_in(codes: Sequence[str]) -> str:
    """In what languages a text is, as said in a line of facts: “English and French”, « en anglais et en français »."""
    return _written_in(tuple(codes), get_language())


@functools.lru_cache(maxsize=1000)
def _written_in(codes: tuple[str, ...], _reader: str | None) -> str:
    names = [pgettext("language a text is in", "%(language)s") % {"language": language_name(code)} for code in codes]
    return pgettext("all languages a text is in", "%(languages)s") % {"languages": format_list(names, locale=locale())}


def and_list(parts: Sequence[str]) -> SafeString:
    """“A, B and C”. Parts that are not marked safe are escaped."""
    return mark_safe(format_list([conditional_escape(part) for part in parts], locale=locale()))  # noqa: S308


def listed(parts: Sequence[str], limit: int = 3) -> SafeString:
    """“A, B and C”, or the first few “and 4 more”."""
    more = len(parts) - limit
    if more < 2:  # one more takes less room by its name
        return and_list(parts)
    rest = ngettext("%(number)s more", "%(number)s more", more) % {"number": number(more)}
    return and_list([*parts[:limit], rest])


def number(value: int) -> str:
    return format_decimal(value, locale=locale())


def file_size(size: int) -> str:
    """A size in bytes with the unit readers know, a thousand to the next: “3.1 MB”, « 3,1 Mo »."""
    step, unit = next((pair for pair in UNITS if size >= pair[0]), UNITS[-1])
    amount = size / step
    pattern = "#,##0.0" if amount < 10 and step > 1_000 else "#,##0"
    return _unbroken(format_unit(amount, unit, length="short", format=pattern, locale=locale()))


def duration(seconds: int) -> str:
    """A length of time in minutes, at least one."""
    return _unbroken(format_unit(max(1, round(seconds / 60)), "minute", length="short", locale=locale()))


def position(seconds: int) -> str:
    """A place in a recording: 0:12:30."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def moment(value: datetime) -> str:
    """A day with a time and its zone, for what was done and said: “3 March 2026, 10:42 UTC”."""
    return f"{day(timezone.localtime(value).date())}, {clock(value)}"


def ago(moment: datetime) -> str:
    """How long since: “2 hours ago”, “il y a 3 jours”; what is longer ago than a month “on 3 May 2026”."""
    passed = moment - timezone.now()
    if passed < -A_MONTH:
        when = day(timezone.localtime(moment).date())
        return pgettext("when somebody wrote", "on %(day)s") % {"day": when}
    return _unbroken(format_timedelta(passed, add_direction=True, granularity="minute", locale=locale()))


def ahead(moment: datetime | str) -> str:
    """How long still: “in 20 minutes”, “in 1 day”. Of letters, whose moments are plain data, the ISO form will do."""
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return _unbroken(format_timedelta(at - timezone.now(), add_direction=True, granularity="minute", locale=locale()))


def waited(since: datetime) -> str:
    """For how long: “3 days”, “4 hours”."""
    return _unbroken(format_timedelta(timezone.now() - since, threshold=1, locale=locale()))


def _unbroken(text: str) -> str:
    """A number and its unit stay on one line."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def day(value: date | None) -> str:
    return format_date(value, "long", locale=locale()) if value else ""


def clock(moment: datetime) -> str:
    """A time of day with its zone, of a moment that is not long ago."""
    local = timezone.localtime(moment)
    return _unbroken(f"{local:%H:%M} {local.tzname()}")


def day_of(year: int, month: int | None, day_: int | None) -> str:
    """A day known in full, to the month, or to the year alone."""
    if not month:
        return str(year)
    if not day_:
        return format_skeleton("yMMMM", date(year, month, 1), locale=locale())
    return day(date(year, month, day_))
