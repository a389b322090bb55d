"""Questions of a webinar: asked, voted for, hidden, answered.

Who asks is a member, or whoever holds the personal link of a registration. Of a registration with an account it is the
account that counts, so that nobody is two people.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from content import caching
from content.actors import acting
from content.text import one_line
from discussions.markup import links_in
from moderation.models import Sanction
from webinars import places, question_letters
from webinars.models import Question, Vote, Webinar

if TYPE_CHECKING:
    from members.models import User
    from webinars.models import Registration
    from webinars.querysets import QuestionQuerySet

ASKED = "webinar_questions"  # kind of kept pages: those that show questions and the number of their votes
AN_HOUR = timedelta(hours=1)
MOST_AN_HOUR, MOST = 5, 20  # questions of one person in one webinar
MOST_OF_ALL = 500  # questions of one webinar: more nobody reads


class NotAsked(ValueError):
    """It was not asked; the sentence is for whoever typed it."""


@dataclass(frozen=True)
class Asker:
    """One person: a member, or somebody without account by their registration."""

    user: User | None = None
    registration: Registration | None = None
    language: str = "en"

    def fields(self) -> dict[str, Any]:
        """The columns by which a question or a vote is theirs."""
        return {"user": self.user, "registration": None if self.user else self.registration}

    def rows(self) -> Q:
        return Q(**self.fields())


def member(user: User) -> Asker:
    return Asker(user=user, language=user.language)


def registrant(row: Registration) -> Asker:
    return Asker(user=row.user, registration=row, language=row.language)


def why_not(webinar: Webinar, asker: Asker) -> str:
    """Why somebody cannot ask or vote. Empty where they can."""
    if not webinar.takes_questions:
        return _("Questions to this webinar are closed.")
    if asker.registration and asker.registration.state not in ("in", "waiting", "offered"):
        return _("You have cancelled. Register again to ask.")
    if asker.user and webinar.community:
        paused = Sanction.objects.in_force().in_scope(webinar.community).filter(user=asker.user)
        if paused.exists():
            return _("You cannot write in this community at the moment.")
    return ""


@transaction.atomic
def ask(*, webinar: Webinar, by: Asker, text: str, language: str) -> Question:
    """The same text again is the question there is. Raises NotAsked.

    The webinar is held, so that two forms that arrive at once are counted one after the other.
    """
    held = places.hold(webinar)
    if refused := why_not(held, by):
        raise NotAsked(refused)
    text = one_line(text, Question._meta.get_field("text").max_length or 0)
    theirs = Question.objects.filter(by.rows(), webinar=held)
    if twin := theirs.filter(text=text).first():
        return twin
    _refuse_floods(held, theirs, text)
    question = Question.objects.create(webinar=held, text=text, language=language, **by.fields())
    caching.bump(ASKED)
    return question


def _refuse_floods(webinar: Webinar, theirs: QuestionQuerySet, text: str) -> None:
    if links_in(text):
        raise NotAsked(_("A question has no links. Say it in words."))
    if theirs.filter(asked_at__gt=timezone.now() - AN_HOUR).count() >= MOST_AN_HOUR or theirs.count() >= MOST:
        raise NotAsked(_("You have asked a lot. Vote for the questions of others, or ask again in an hour."))
    if webinar.questions.count() >= MOST_OF_ALL:
        raise NotAsked(_("This webinar has more questions than can be answered. Vote for one that is there."))


@transaction.atomic
def vote(*, question: Question, by: Asker) -> bool:
    """They want to know it too. False where they said so before, or asked it themselves. Raises NotAsked."""
    if refused := why_not(question.webinar, by):
        raise NotAsked(refused)
    if question.is_hidden or Question.objects.filter(by.rows(), pk=question.pk).exists():
        return False
    _row, is_new = Vote.objects.get_or_create(question=question, **by.fields())
    caching.bump(ASKED)
    return is_new


@transaction.atomic
def take_vote_back(*, question: Question, by: Asker) -> bool:
    """False where there was none."""
    number, _rows = Vote.objects.filter(by.rows(), question=question).delete()
    caching.bump(ASKED)
    return bool(number)


def voted(webinar: Webinar, asker: Asker | None) -> Collection[int]:
    """The keys of the questions somebody voted for, in one query."""
    if asker is None:
        return set()
    votes = Vote.objects.filter(asker.rows(), question__webinar=webinar)
    return set(votes.values_list("question", flat=True))


# ---------- What organisers do ----------


@acting
@transaction.atomic
def hide(*, question: Question, by: User, reason: str) -> None:
    """Nobody but organisers and whoever asked sees it, who reads why. Raises ValueError without a reason."""
    reason = one_line(reason, 300)
    if not reason:
        raise ValueError("Whoever asked is told why.")
    _change(question, hidden_at=timezone.now(), hidden_by=by, hidden_reason=reason)


@acting
@transaction.atomic
def show(*, question: Question, by: User) -> None:
    _change(question, hidden_at=None, hidden_by=None, hidden_reason="")
    if question.is_answered:
        question_letters.tell(question)


@acting
@transaction.atomic
def mark_live(*, question: Question, by: User) -> None:
    """It was answered in the meeting. What is answered in words stays so."""
    if not question.answer:
        _answer(question, by=by)


@acting
@transaction.atomic
def answer(*, question: Question, by: User | None, name: str, text: str, language: str) -> None:
    """In words, in the name of whoever answers; said again it takes the place of what was there.

    `by` is None for a panellist without account. Whoever asked is told once.
    """
    if not text.strip():
        raise ValueError("An answer in words has words.")
    _answer(question, by=by, name=name, text=text.strip(), language=language)


@acting
@transaction.atomic
def reopen(*, question: Question, by: User) -> None:
    """It is not answered after all."""
    nothing = {"answered_at": None, "answered_by": None, "answered_name": "", "answer": "", "answer_language": ""}
    _change(question, **nothing)


def _answer(question: Question, *, by: User | None, name: str = "", text: str = "", language: str = "") -> None:
    said = {"answer": text, "answer_language": language, "answered_name": name, "answered_by": by}
    _change(question, answered_at=question.answered_at or timezone.now(), **said)
    question_letters.tell(question)


def _change(question: Question, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(question, name, value)
    question.save(update_fields=list(fields))
    caching.bump(ASKED)
