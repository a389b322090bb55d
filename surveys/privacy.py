"""What surveys hold about a person: that they answered, and what, where the survey was not anonymous."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from members import erasure
from members.erasure import Holding, Row
from surveys.models import Answer, Participation, Response

if TYPE_CHECKING:
    from members.models import User


def _participations(user: User) -> Iterator[Row]:
    for row in Participation.objects.filter(user=user).select_related("survey").order_by("pk").iterator():
        yield {"survey": row.survey.title, "anonymous": row.survey.is_anonymous}


def _forget_participations(user: User) -> None:
    """That they answered. How many did is counted by the row, which stays under a key that names nobody."""
    for row in Participation.objects.filter(user=user):
        row.user, row.key = None, f"former:{row.pk}"
        row.save(update_fields=["user", "key"])


def _answers(user: User) -> Iterator[Row]:
    rows = Answer.objects.filter(response__user=user).select_related("response__survey", "question", "option")
    for row in rows.order_by("response", "pk").iterator():
        yield {
            "survey": row.response.survey.title,
            "at": row.response.at,
            "question": row.question.text,
            "answer": row.option.label if row.option else row.text or row.number,
        }


def _forget_answers(user: User) -> None:
    """Words go, choices stay and are nobody's."""
    Answer.objects.filter(response__user=user).exclude(text="").delete()
    Response.objects.filter(user=user).update(user=None, at=None)


def sign_up() -> None:
    erasure.register(
        Holding(
            "surveys",
            _("Surveys you answered"),
            (Participation,),
            _participations,
            _forget_participations,
            keeps=_("How many answered."),
        )
    )
    erasure.register(
        Holding(
            "survey_answers",
            _("What you answered in surveys that are not anonymous"),
            (Response, Answer),
            _answers,
            _forget_answers,
            keeps=_("What you chose, without your name; not what you wrote."),
        )
    )
