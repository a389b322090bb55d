"""Answering, and counting what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from surveys.models import Answer, Option, Participation, Question, Response, Survey

if TYPE_CHECKING:
    from members.models import User


class Closed(Exception):
    """It takes no answers, not yet or not any more."""


class AnsweredAlready(Exception):
    """Everybody answers once."""


@dataclass(frozen=True)
class Respondent:
    """Who answers: a member, or the holder of a personal link, named by whoever made the link ("webinar:12")."""

    user: User | None = None
    key: str = ""

    def __post_init__(self) -> None:
        if (self.user is None) == (not self.key):
            raise ValueError("A member answers, or the holder of a link.")

    @property
    def columns(self) -> dict[str, Any]:
        return {"user": None, "key": self.key} if self.key else {"user": self.user, "key": ""}


def has_answered(*, survey: Survey, who: Respondent) -> bool:
    return Participation.objects.filter(survey=survey, **who.columns).exists()


@transaction.atomic
def answer(*, survey: Survey, who: Respondent, answers: Mapping[int, Any]) -> None:
    """Keep what somebody answered: by the question's key an option, options, a number or words; None is left out.

    Two that are sent at once are one. Raises Closed, AnsweredAlready.
    """
    if not survey.is_open:
        raise Closed
    try:
        with transaction.atomic():
            Participation.objects.create(survey=survey, **who.columns)
    except IntegrityError:
        raise AnsweredAlready from None
    named = {} if survey.is_anonymous else {"user": who.user, "at": timezone.now()}
    response = Response.objects.create(survey=survey, **named)
    questions = {question.pk: question for question in survey.questions.all()}
    rows = [row for key, value in answers.items() for row in _rows(response, questions[key], value)]
    Answer.objects.bulk_create(rows)


def _rows(response: Response, question: Question, value: Any) -> list[Answer]:
    if value in (None, "", []):
        return []
    if question.kind == Question.Kind.TEXT:
        return [Answer(response=response, question=question, text=value)]
    if question.kind == Question.Kind.SCALE:
        return [Answer(response=response, question=question, number=value)]
    chosen = [value] if isinstance(value, Option) else value
    return [Answer(response=response, question=question, option=option) for option in chosen]
