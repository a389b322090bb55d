"""The winners of a poll about a series become webinars that somebody goes on planning: one for each option, once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as clock
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from content.actors import acting
from content.panels import Panel
from content.translations import words
from surveys import results
from surveys.models import Option, Question, Survey
from surveys.panels import BELOW_RESULTS
from webinars import services
from webinars.models import PollWinner, Series, Webinar
from webinars.permissions import can_plan

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from content.translations import Words
    from members.models import User

    Reader = User | AnonymousUser

USUAL = 2  # winners that are ticked before anybody chooses
AHEAD, APART = timedelta(weeks=8), timedelta(weeks=1)  # until somebody agrees on days
LENGTH = timedelta(minutes=90)


@dataclass(frozen=True)
class Candidate:
    option: int
    label: Words | str
    votes: int
    share: int
    won: PollWinner | None


@dataclass(frozen=True)
class Outcome:
    """What has come of a poll, and what may still, for one reader."""

    survey: Survey
    series: Series
    candidates: Sequence[Candidate]
    shown: Sequence[Candidate]  # those whose webinar this reader finds
    chooses: bool

    @property
    def open(self) -> list[Candidate]:
        return [one for one in self.candidates if one.won is None]

    @property
    def ticked(self) -> set[int]:
        """The first ones, unless winners were chosen before."""
        if len(self.open) < len(self.candidates):
            return set()
        return {one.option for one in self.open[:USUAL] if one.votes}

    @property
    def address(self) -> str:
        return reverse("webinars:winners", args=[self.series.slug, self.survey.slug])


def series_of(survey: Survey) -> Series | None:
    """Whose next topics it asked for."""
    return survey.subject if isinstance(survey.subject, Series) else None


def outcome(survey: Survey, reader: Reader) -> Outcome | None:
    """Of a poll that is closed. None where there is nothing for this reader."""
    series = series_of(survey) if survey.is_ready and survey.is_closed else None
    if series is None or not Series.objects.visible_to(reader).filter(pk=series.pk).exists():
        return None
    found = _candidates(survey)
    webinars = [one.won.webinar_id for one in found if one.won]
    theirs = set(Webinar.objects.visible_to(reader).filter(pk__in=webinars).values_list("pk", flat=True))
    shown = [one for one in found if one.won and one.won.webinar_id in theirs]
    chooses = bool(can_plan(reader, series))
    return Outcome(survey, series, found, shown, chooses) if found and (shown or chooses) else None


def _candidates(survey: Survey) -> list[Candidate]:
    """The options of its first question with options, most votes first."""
    counted = next((one for one in results.counted(survey) if one.question.has_options), None)
    if counted is None:
        return []
    won = {
        one.option_id: one
        for one in PollWinner.objects.filter(option__question=counted.question).select_related("webinar")
    }
    return [
        Candidate(line.option, line.label, line.count, line.share, won.get(line.option))
        for line in counted.lines
        if line.option
    ]


@acting
@transaction.atomic
def choose(*, survey: Survey, options: Iterable[int], by: User) -> list[Webinar]:
    """Begin a webinar of the series for each of these options that has none. Pressed twice, the second finds them.

    Raises ValueError for a poll that is open, or about no series.
    """
    held = Survey.objects.select_for_update().get(pk=survey.pk)
    series = series_of(held)
    if series is None or not held.is_closed:
        raise ValueError("Winners are chosen once a poll about a series is closed.")
    wanted = set(options)
    chosen = [one for one in _candidates(held) if one.option in wanted and one.won is None]
    first = _first_day(series)
    return [_begin(series, one, first + place * APART, by) for place, one in enumerate(chosen)]


def _first_day(series: Series) -> datetime:
    """Midnight, which nobody takes for a time that was agreed on; after those that were supposed before."""
    day = (timezone.now() + AHEAD).date()
    start = datetime.combine(day, clock(), tzinfo=timezone.get_fixed_timezone(0))
    last = PollWinner.objects.filter(webinar__series=series).order_by("-supposed").first()
    return max(start, last.supposed + APART) if last else start


def _begin(series: Series, candidate: Candidate, starts_at: datetime, by: User) -> Webinar:
    option = Option.objects.select_related("question").get(pk=candidate.option)
    titles = {code: getattr(option, f"label_{code}") or "" for code in settings.MODELTRANSLATION_LANGUAGES}
    webinar = Webinar(
        series=series,
        starts_at=starts_at,
        ends_at=starts_at + LENGTH,
        original_language=next(code for code, title in titles.items() if title),
        **{f"title_{code}": title for code, title in titles.items()},
    )
    webinar.spoken = [webinar.original_language]
    links = {"organisations": series.organisations.all()}
    services.begin_webinar(webinar=webinar, by=by, community=series.community, links=links)
    PollWinner.objects.create(option=option, webinar=webinar, supposed=starts_at, votes=candidate.votes, by=by)
    return webinar


# ---------- Links both ways ----------


def poll_of(webinar: Webinar, reader: Reader) -> tuple[str, Words] | None:
    """The address and title of the poll that chose its topic, where this reader may open it."""
    question = Question.objects.filter(options__won__webinar=webinar).values("survey")
    survey = Survey.objects.visible_to(reader).filter(pk__in=question).first()
    return (survey.get_absolute_url(), words(survey, "title")) if survey else None


def sign_up() -> None:
    BELOW_RESULTS.register(Panel("webinars/_winners.html", outcome))
