"""When something is, in words: an instant on the reader's clock, whole days as its own place counts them."""

from __future__ import annotations

import calendar
from typing import TYPE_CHECKING

from babel.dates import format_date, format_interval
from django.utils.translation import gettext as _

from content import wording, zones

if TYPE_CHECKING:
    from datetime import datetime

    from agenda.models import Event
    from content.zones import Reading


def in_words(event: Event) -> str:
    """“5 February 2019”, “11–22 March 2019”, “November 2018”, or “Thursday 10 December 2026, 16:00 (Nairobi)”."""
    if event.whole_days:
        return days(event.first_day, event.last_day)
    if event.is_call:
        return _("until %(moment)s") % {"moment": _moment(zones.for_reader(event.ends_at))}
    begins = zones.for_reader(event.starts_at or event.ends_at)
    return _moment(begins)


def _moment(at: Reading) -> str:
    return f"{at.words} {at.zone}" if at.zone == zones.NONE else f"{at.words} ({at.city})"


def days(first: datetime, last: datetime) -> str:
    """As exact as it is known: a whole month or year stands for a day that nobody wrote down."""
    locale = wording.locale()
    if _is_year(first, last):
        return str(first.year)
    if _is_month(first, last):
        return str(format_date(first, "MMMM y", locale=locale))
    if first.date() == last.date():
        return wording.day(first.date())
    return str(format_interval(first.date(), last.date(), "yMMMMd", locale=locale))


def has_a_day(event: Event) -> bool:
    """Whether there is a day to show in a box."""
    first, last = event.first_day, event.last_day
    return not event.whole_days or not (_is_year(first, last) or _is_month(first, last))


def _is_year(first: datetime, last: datetime) -> bool:
    return (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year


def _is_month(first: datetime, last: datetime) -> bool:
    length = calendar.monthrange(last.year, last.month)[1]
    return (first.year, first.month) == (last.year, last.month) and (first.day, last.day) == (1, length)


def stated(event: Event) -> str:
    """The same instant as it was announced, where the reader's clock says something else."""
    at = zones.read(event.starts_at or event.ends_at, event.zone)
    return f"{at.words} ({at.city}, {at.ahead})"
