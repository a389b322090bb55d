"""Events among the content types, in the calendar, and how they are found."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from agenda import calendar, cards, feeds, serialise
from agenda.models import Event
from content import registry
from search import facets

if TYPE_CHECKING:
    from agenda.calendar import Narrowing
    from content.calendars import Event as CalendarEvent

KEY = "event"


def kinds() -> list[tuple[str, str]]:
    return [(kind.value, str(kind.label)) for kind in Event.Kind]


def rows(narrowing: Narrowing, moment: datetime, past: bool) -> QuerySet:
    found = Event.objects.published()
    found = found.past(moment) if past else found.ahead(moment)
    return _of_kinds(narrowing, found).annotate(at=F("ends_at") if past else Coalesce("starts_at", "ends_at"))


def events(narrowing: Narrowing, since: datetime, base: str) -> Iterator[CalendarEvent]:
    found = _of_kinds(narrowing, Event.objects.published().filter(ends_at__gt=since))
    for event in found.order_by("ends_at", "pk")[: calendar.MOST]:
        yield feeds.event(event, base)


def _of_kinds(narrowing: Narrowing, found: QuerySet) -> QuerySet:
    mine = [kind for kind in narrowing.kinds if kind in Event.Kind]
    return narrowing.narrow(found.filter(kind__in=mine) if mine else found)


def kind_names(values: Collection[str]) -> Mapping[str, str]:
    return {value: str(Event.Kind(value).label) for value in values if value in Event.Kind}


def sign_up() -> None:
    registry.register(
        registry.ContentType(
            key=KEY,
            model=Event,
            label=_("Event"),
            label_plural=_("Events"),
            section="discover",
            namespace="agenda",
            cards=cards.read,
            card_template="agenda/_card.html",
            short="e",
            position=35,
            as_data=serialise.as_row,
            card_depends=("organisation",),
            card_says_time=True,
        )
    )
    calendar.register(calendar.Source(key=KEY, kinds=kinds, rows=rows, events=events))
    facets.name_values("type", kind_names)
