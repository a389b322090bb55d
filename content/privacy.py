"""What the life of records holds about people: who shared them, and what was said about them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext_lazy as _

from content import caching, registry
from content.models import Case, Entry, ReviewStep, TranslationState, Visit
from members import erasure
from members.erasure import Holding, Row, forget_trail, told

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from members.models import User

ABOUT = (ReviewStep, Case, TranslationState, Visit)
Remove = Callable[[Any], None]
Erase = Callable[["User"], None]
SAID_AND_DONE = _("That a step was taken, by a former member; not what they wrote to the editors.")


def _nothing(user: User) -> None:
    return


def entries(
    key: str, label: _StrPromise, model: type[Entry], *, remove: Remove, erase_rest: Erase = _nothing, **more: Any
) -> Holding:
    """The holding of a content type: what was never public goes by `remove`, the rest stays with a former member."""

    def erase(user: User) -> None:
        for record in model._default_manager.filter(owner=user, published_at=None):
            remove_for_good(record, remove)
        erase_rest(user)
        caching.bump(registry.of(model()).key)  # pages say who shared it

    return Holding(
        key,
        label,
        (model,),
        lambda user: told(model._default_manager.filter(owner=user)),
        erase,
        keeps=_("What was published, shared by a former member."),
        **more,
    )


def remove_for_good(record: Entry, remove: Remove) -> None:
    """Delete a record with all that stands about it. One that others' records point at stays, without the name."""
    model, pk = type(record), record.pk
    try:
        with transaction.atomic():
            remove(record)
    except ProtectedError:
        return
    forget([pk], model)


def forget(pks: Collection[int], model: type[Entry]) -> None:
    """Delete what generic relations say about records that are gone."""
    content_type = ContentType.objects.get_for_model(model)
    for about in ABOUT:
        about._default_manager.filter(content_type=content_type, object_id__in=pks).delete()
    forget_trail(model, pks)


def _review(user: User) -> Iterable[Row]:
    """The conversations about what they sent in, and what they did as an editor; not who the others were."""
    steps = ReviewStep.objects.filter(Q(by=user) | Q(case__opened_by=user)).select_related("content_type")
    for step in steps.order_by("at").iterator():
        yield {
            "at": step.at,
            "step": step.kind,
            "kind": str(step.content_type),
            "number": step.object_id,
            "by_me": step.by_id == user.pk,
            "said": step.note,
        }


def _cases(user: User) -> Iterable[Row]:
    cases = Case.objects.filter(Q(opened_by=user) | Q(editor=user) | Q(claimed_by=user))
    for case in cases.order_by("opened_at").iterator():
        yield {
            "kind": case.kind,
            "number": case.object_id,
            "subject": case.subject,
            "state": case.state,
            "decision": case.decision,
            "opened_at": case.opened_at,
            "decided_at": case.decided_at,
            "opened_by_me": case.opened_by_id == user.pk,
        }


def _erase_words(user: User) -> None:
    """What a member wrote to the editors goes; what an editor decided is the house's own word."""
    ReviewStep.objects.filter(by=user, case__opened_by=user).update(note="")


def _erase_cases(user: User) -> None:
    """A correction that nobody decided goes; cases in the hands of an editor who leaves are free again."""
    undecided = Case.objects.exclude(state=Case.State.DECIDED)
    undecided.filter(opened_by=user, subject=Case.Subject.CORRECTION).delete()
    undecided.filter(editor=user).update(editor=None)
    undecided.filter(claimed_by=user).update(claimed_by=None, claimed_at=None)


def sign_up() -> None:
    erasure.register(Holding("cases", _("Cases of the editors"), (Case,), _cases, _erase_cases, keeps=SAID_AND_DONE))
    erasure.register(
        Holding("review", _("What was said in review"), (ReviewStep,), _review, _erase_words, keeps=SAID_AND_DONE)
    )
    erasure.harmless(Visit, "A hash whose secret is deleted with the day.")
