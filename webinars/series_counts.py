"""A series in numbers: what was counted of each webinar, and what people said of it afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import gettext as _

from content.translations import Words, words
from surveys import results
from surveys.models import Survey
from webinars import feedback
from webinars.attendance import counts
from webinars.attendance.counts import REGISTERED, Totals
from webinars.models import Series, Webinar

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from members.models import User
    from surveys.results import Mean

KEYS = (REGISTERED, *counts.Kind)


@dataclass(frozen=True)
class Row:
    webinar: Webinar
    title: Words
    totals: Totals
    answered: int
    means: Sequence[Mean]

    @property
    def numbers(self) -> list[int | None]:
        return [self.totals.get(key) for key in KEYS]

    @property
    def marks(self) -> list[float | None]:
        """Of each question on a scale, as far as somebody answered it."""
        return [next((one.mean for one in self.means if one.question == place), None) for place in SCALES]


SCALES = [place for place, (kind, _required, _text) in enumerate(feedback.QUESTIONS, 1) if kind == "scale"]


@dataclass(frozen=True)
class Table:
    rows: Sequence[Row]

    @property
    def labels(self) -> list[str]:
        return [counts.label(key) for key in KEYS]

    @property
    def asked(self) -> list[str]:
        return [str(feedback.QUESTIONS[place - 1][2]) for place in SCALES]

    @property
    def sums(self) -> list[int | None]:
        """Of what was counted at all."""
        found = [[row.totals.get(key) for row in self.rows] for key in KEYS]
        known = [[number for number in column if number is not None] for column in found]
        return [sum(column) if column else None for column in known]

    @property
    def answered(self) -> int:
        return sum(row.answered for row in self.rows)

    @property
    def marks(self) -> list[float | None]:
        """Of all answers alike, whichever webinar they are about."""
        return [self._mark(place) for place in SCALES]

    def _mark(self, place: int) -> float | None:
        given = [one for row in self.rows for one in row.means if one.question == place]
        people = sum(one.answered for one in given)
        return sum(one.mean * one.answered for one in given) / people if people else None


def of(series: Series, reader: User | AnonymousUser) -> Table:
    """Those that have ended and this reader may know of, the latest first, in a fixed number of queries."""
    found = list(Webinar.objects.shown_to(reader).filter(series=series).past())
    totals = counts.totals_of(found)
    slugs = {feedback.slug_of(one.pk): one.pk for one in found}
    surveys = Survey.objects.filter(slug__in=slugs).annotate(people=Count("participations"))
    asked = {slugs[survey.slug]: survey for survey in surveys}
    means = results.means([survey.pk for survey in asked.values()])
    return Table([_row(one, totals[one.pk], asked.get(one.pk), means) for one in found])


def _row(webinar: Webinar, totals: Totals, survey: Survey | None, means: dict[int, list[Mean]]) -> Row:
    people = survey.people if survey else 0  # type: ignore[attr-defined]
    return Row(webinar, words(webinar, "title"), totals, people, means.get(survey.pk, []) if survey else [])


def as_table(table: Table) -> Iterator[list[str]]:
    yield [_("Webinar"), _("Day"), *table.labels, _("Answers"), *table.asked]
    for row in table.rows:
        numbers = ["" if number is None else str(number) for number in row.numbers]
        marks = ["" if mark is None else f"{mark:.1f}" for mark in row.marks]
        yield [row.title.text, f"{row.webinar.starts_at:%Y-%m-%d}", *numbers, str(row.answered), *marks]
