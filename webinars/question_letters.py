"""What whoever asked is told: that there is an answer. One letter a question, in their language, at the address they
registered with or that of their account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from content.text import one_line
from content.translations import words
from notifications import kinds, registry, services
from notifications.kinds import Kind
from webinars.models import Question, Webinar

if TYPE_CHECKING:
    from discussions.models import Thread
    from members.models import User
    from notifications.models import Letter

ANSWERED, DISCUSSED = "webinar_answered", "webinar_discussed"
NOT_NOW = "overtaken"


def sign_up() -> None:
    kinds.register(
        Kind(ANSWERED, _("Answers to my questions in webinars"), on_page=False),
        Kind(DISCUSSED, _("Discussions of my questions in webinars"), on_page=False),
    )
    registry.refuse_together(refusals)


def tell(question: Question) -> None:
    """Once: the occasion is the question's, however often it is answered anew."""
    to, language = reader_of(question)
    if to is None or question.is_hidden:
        return
    webinar = question.webinar
    with override(services.spoken(language)):
        context = {
            "question": question.pk,
            "text": one_line(question.text),
            "title": one_line(words(webinar, "title").text),
            "is_live": question.was_answered_live,
            "path": f"{webinar.get_absolute_url()}questions/#q-{question.pk}",
        }
    services.post(
        occasion=f"webinar-question-{question.pk}",
        to=to,
        kind=ANSWERED,
        template="webinars/answered",
        context=context,
        language=language,
    )


def tell_discussed(webinar: Webinar, thread: Thread) -> None:
    """Everybody who asked, once a person however much they asked: the outbox has one letter an occasion and address."""
    asked = webinar.questions.shown().select_related("user", "registration", "post").order_by("pk")
    letters = [letter for question in asked if (letter := _discussed(webinar, thread, question))]
    services.post_each(letters)


def _discussed(webinar: Webinar, thread: Thread, question: Question) -> dict[str, Any] | None:
    to, language = reader_of(question)
    if to is None:
        return None
    with override(services.spoken(language)):
        context = {
            "title": one_line(words(webinar, "title").text),
            "path": (question.post or thread).get_absolute_url(),
        }
    return {
        "occasion": f"webinar-{webinar.pk}-discussed",
        "to": to,
        "kind": DISCUSSED,
        "template": "webinars/discussed",
        "context": context,
        "language": language,
    }


def reader_of(question: Question) -> tuple[User | str | None, str]:
    """Whom to write, and in which language: nobody whose address may be a stranger's."""
    if question.user is not None:
        return question.user, question.user.language
    row = question.registration
    if row is None or not row.is_confirmed or not row.email:
        return None, ""
    return row.email, row.language


def refusals(letters: Sequence[Letter]) -> dict[int, str]:
    """What was hidden or taken back since, and what its reader may no longer know of: in some queries a round."""
    ours = {one.pk: int((one.context or {}).get("question", 0)) for one in letters if one.kind == ANSWERED}
    if not ours:
        return {}
    found = Question.objects.shown().answered().select_related("webinar__community", "user", "registration")
    rows = found.filter(pk__in=ours.values()).in_bulk()
    return {letter: NOT_NOW for letter, pk in ours.items() if pk not in rows or not _may_read(rows[pk])}


def _may_read(question: Question) -> bool:
    webinar = question.webinar
    if not webinar.is_private:
        return webinar.is_published
    return question.user is not None and Webinar.objects.shown_to(question.user).filter(pk=webinar.pk).exists()
