"""Webinars in the calendar of everything with a date: those that everybody may know of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from django.db.models import F, TextField
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from agenda import calendar
from webinars import feeds
from webinars.lists import KIND
from webinars.models import Webinar

if TYPE_CHECKING:
    from datetime import datetime

    from agenda.calendar import Narrowing
    from content.calendars import Event
    from webinars.querysets import WebinarQuerySet


def kinds() -> Sequence[tuple[str, str]]:
    return [(KIND, _("Webinar"))]


def rows(narrowing: Narrowing, moment: datetime, past: bool) -> WebinarQuerySet:
    found = Webinar.objects.published()
    found = found.past(moment) if past else found.upcoming(moment)
    return _narrowed(found, narrowing).annotate(at=F("starts_at"))


def events(narrowing: Narrowing, since: datetime, base: str) -> Iterable[Event]:
    """Cancelled ones too: a calendar that holds one has to learn of it."""
    found = Webinar.objects.published().filter(ends_at__gt=since).select_related("series")
    return [feeds.event(one, base) for one in _narrowed(found, narrowing).order_by("starts_at", "pk")]


def _narrowed(found: WebinarQuerySet, narrowing: Narrowing) -> WebinarQuerySet:
    """In a language: spoken or interpreted."""
    texts = (Cast("spoken", TextField()), Cast("interpreted", TextField()))
    narrowed: WebinarQuerySet = narrowing.narrow(found.alias(languages=Concat(*texts)))
    return narrowed


def sign_up() -> None:
    calendar.register(calendar.Source(key=KIND, kinds=kinds, rows=rows, events=events))
