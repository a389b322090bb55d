"""Registered, attended, live viewers and later views, kept apart, each with its source and the day it was counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, F, Max, Min, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from content import caching, wording
from content.actors import acting
from webinars.models import Attendance, AttendanceImport, DayOfPlays, Figure, Registration, Webinar
from webinars.places import PEOPLE

if TYPE_CHECKING:
    from members.models import User

Kind = Figure.Kind
REGISTERED = "registered"


@dataclass(frozen=True)
class Line:
    """One number with its source. `figure`: the row that somebody entered by hand."""

    number: int
    source: str
    since: date | None = None
    on: date | None = None
    by: User | None = None
    figure: int | None = None


@dataclass
class Counted:
    """One of the four."""

    key: str
    label: str
    lines: list[Line] = field(default_factory=list)
    total: int | None = None  # None: nobody has counted


def of(webinar: Webinar) -> list[Counted]:
    """The four numbers of a webinar, in five queries."""
    entered = list(webinar.figures.select_related("by"))
    by_hand = {kind: [_entered(one) for one in entered if one.kind == kind] for kind in Kind}
    totals = totals_of([webinar])[webinar.pk]
    attended = _imported(webinar) + by_hand[Kind.ATTENDED]
    live = [Line(one.number, _("In the meeting"), on=one.on) for one in attended[:1]] + by_hand[Kind.LIVE]
    found = {
        REGISTERED: _registered(totals),
        Kind.ATTENDED: attended,
        Kind.LIVE: live if by_hand[Kind.LIVE] else [],
        Kind.VIEWS: _played(webinar) + by_hand[Kind.VIEWS],
    }
    return [Counted(key, label(key), lines, totals.get(key)) for key, lines in found.items()]


def label(key: str) -> str:
    return pgettext("number of a webinar", "Registered") if key == REGISTERED else str(Kind(key).label)


def _entered(row: Figure) -> Line:
    return Line(row.number, row.source, on=row.counted_on, by=row.by, figure=row.pk)


def _registered(totals: Totals) -> list[Line]:
    if totals.registered is None:
        return []
    return [Line(totals.registered, _("Registrations on this portal"), on=timezone.now().date())]


def _imported(webinar: Webinar) -> list[Line]:
    """People in all that was imported, each once, whichever tools they are in."""
    imported = webinar.attendance_imports.filter(imported_at__isnull=False).select_related("by")
    batches = list(imported.order_by("imported_at", "pk"))
    if not batches:
        return []
    number = _people_in([webinar]).get(webinar.pk, 0)
    tools = dict.fromkeys(one.get_tool_display() for one in batches)
    newest = batches[-1]
    return [Line(number, wording.and_list(list(tools)), on=newest.imported_at.date(), by=newest.by)]  # type: ignore[union-attr]


def _played(webinar: Webinar) -> list[Line]:
    rows = webinar.plays.values("language").annotate(sum=Sum("number"), first=Min("day"), last=Max("day"))
    return [
        Line(
            row["sum"],
            _("This page, recording in %(language)s") % {"language": wording.language_name(row["language"])},
            since=row["first"],
            on=row["last"],
        )
        for row in rows.order_by("language")
    ]


# ---------- Of many webinars ----------


@dataclass(frozen=True)
class Totals:
    registered: int | None  # None: nobody here, though they may have elsewhere
    attended: int | None
    live: int | None
    views: int | None

    def get(self, key: str) -> int | None:
        return getattr(self, str(key))


def totals_of(webinars: Sequence[Webinar]) -> Mapping[int, Totals]:
    """By webinar, in five queries. What was imported counts before what was entered by hand; who was in the meeting is
    among its live viewers where others watched elsewhere."""
    keys = [one.pk for one in webinars]
    come = Registration.objects.filter(webinar__in=keys, state="in", confirmed_at__isnull=False).order_by()
    registered = dict(come.values_list("webinar").annotate(Count("pk")))
    imported = set(
        AttendanceImport.objects.filter(webinar__in=keys, imported_at__isnull=False).values_list("webinar", flat=True)
    )
    people = _people_in(webinars)
    plays = dict(DayOfPlays.objects.filter(webinar__in=keys).order_by().values_list("webinar").annotate(Sum("number")))
    entered: dict[tuple[int, str], list[int]] = {}
    rows = Figure.objects.filter(webinar__in=keys).order_by("-counted_on", "-pk")
    for webinar, kind, number in rows.values_list("webinar", "kind", "number"):
        entered.setdefault((webinar, kind), []).append(number)
    return {
        pk: _totals(
            registered.get(pk),
            people.get(pk, 0) if pk in imported else next(iter(entered.get((pk, Kind.ATTENDED), [])), None),
            entered.get((pk, Kind.LIVE), []),
            [*entered.get((pk, Kind.VIEWS), []), *([plays[pk]] if pk in plays else [])],
        )
        for pk in keys
    }


def _totals(registered: int | None, attended: int | None, live: list[int], views: list[int]) -> Totals:
    in_all = sum(live) + (attended or 0) if live else None
    return Totals(registered, attended, in_all, sum(views) if views else None)


def _people_in(webinars: Iterable[Webinar]) -> dict[int, int]:
    rows = Attendance.objects.filter(batch__webinar__in=webinars, batch__imported_at__isnull=False).order_by()
    counted = rows.values(webinar=F("batch__webinar")).annotate(people=Count("person", distinct=True))
    return {row["webinar"]: row["people"] for row in counted}


def public(webinar: Webinar) -> Totals | None:
    """What its page says of a webinar that has ended: once somebody has counted who came, and not before."""
    if not webinar.is_over or webinar.cancelled_at or not webinar.is_published:
        return None
    totals = totals_of([webinar])[webinar.pk]
    return totals if totals.attended else None


# ---------- By hand ----------


@acting
@transaction.atomic
def enter(*, webinar: Webinar, kind: str, number: int, source: str, counted_on: date, by: User) -> Figure:
    """A number from elsewhere, in place of what the same source said before."""
    said = {"number": number, "counted_on": counted_on, "by": by, "at": timezone.now()}
    known = webinar.figures.filter(kind=kind, source__iexact=source).first()
    source = known.source if known else source
    row, _is_new = Figure.objects.update_or_create(webinar=webinar, kind=kind, source=source, defaults=said)
    caching.bump(PEOPLE)
    return row


@acting
@transaction.atomic
def remove(*, figure: Figure, by: User) -> None:
    figure.delete()
    caching.bump(PEOPLE)
