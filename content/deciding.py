"""What editors do with a case. Each step is taken once, by one of them.

A form carries the turn of the case it was made for. Whoever decides on a case that has moved on since, or that another
editor is looking at, gets a `Stale` with a sentence, and nothing changes.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from content import addresses, registry, review, services, wording
from content.actors import acting
from content.models import Case, Entry, ReviewStep
from content.permissions import can_decide
from content.querysets import claims_end
from content.services import LIFE, close_case, locked, note_step
from content.translations import words

if TYPE_CHECKING:
    from members.models import User

State, Subject, Decision, Kind = Case.State, Case.Subject, Case.Decision, ReviewStep.Kind


class Stale(Exception):
    """Somebody was faster. The text says who, when and what, to the editor."""


# ---------- Who looks at it ----------


@transaction.atomic
def claim(*, case: Case, by: User, take_over: bool = False) -> Case:
    """Tell the others who looks at it, for half an hour. Raises Stale where somebody else does, unless taken over."""
    held, _record = _hold(case, by)
    if not take_over:
        _refuse_if_claimed(held, by)
    held.claimed_by, held.claimed_at = by, timezone.now()
    held.save(update_fields=["claimed_by", "claimed_at"])
    return held


@transaction.atomic
def release(*, case: Case, by: User) -> None:
    Case.objects.filter(pk=case.pk, claimed_by=by).update(claimed_by=None, claimed_at=None)


# ---------- What they decide ----------


@acting
@transaction.atomic
def publish(*, case: Case, by: User, turn: int, note: str = "") -> ReviewStep:
    """Publish a record, or bring a correction into the record that is published.

    Raises Stale, too, where its type does not let the record become public as it is.
    """
    held, record = _turn_of(case, by, turn)
    if held.subject == Subject.CORRECTION:
        reviewed = review.of(held)
        if reviewed.apply_correction is None:
            raise ValueError(f"Corrections of a {held.kind} are not signed up.")
        _close(held, record, by, Decision.PUBLISHED, can_undo=reviewed.revert_correction is not None)
        reviewed.apply_correction(record=record, case=held, by=by)
        return note_step(record=record, by=by, kind=Kind.PUBLISHED, note=note, case=held)
    _close(held, record, by, Decision.PUBLISHED)
    try:
        step = services.publish(record=record, by=by, note=note, case=held)
    except services.NotReady as error:
        raise Stale(str(error)) from error
    return step or note_step(record=record, by=by, kind=Kind.PUBLISHED, note=note, case=held)


@acting
@transaction.atomic
def keep(*, case: Case, by: User, turn: int, note: str = "") -> ReviewStep:
    """What somebody trusted published is fine as it is."""
    held, record = _turn_of(case, by, turn)
    if held.subject != Subject.LOOK:
        raise ValueError("Only what is public already is kept as it is.")
    _close(held, record, by, Decision.KEPT)
    return note_step(record=record, by=by, kind=Kind.KEPT, note=note, case=held)


@acting
@transaction.atomic
def ask_for_changes(*, case: Case, by: User, turn: int, note: str) -> ReviewStep:
    """It is the member's turn. Raises ValueError without a note that says what to change."""
    held, record = _turn_of(case, by, turn)
    _require(note)
    _close(held, record, by, Decision.CHANGES_ASKED, state=State.WITH_MEMBER)
    if held.subject == Subject.NEW:
        record.status = Entry.Status.CHANGES_ASKED
        record.save(update_fields=["status", "updated_at"])
        services.renew_pages(record=record)
    return note_step(record=record, by=by, kind=Kind.CHANGES_ASKED, note=note, case=held)


@acting
@transaction.atomic
def decline(*, case: Case, by: User, turn: int, reason: str) -> ReviewStep:
    """Not publish a record, take back what was published at once, or leave a record without the correction.

    Raises ValueError without a reason.
    """
    held, record = _turn_of(case, by, turn)
    _require(reason)
    decision = Decision.WITHDRAWN if held.subject == Subject.LOOK else Decision.DECLINED
    _close(held, record, by, decision)
    kind = Kind.WITHDRAWN if held.subject == Subject.LOOK else Kind.DECLINED
    return _take_back(held, record, by, reason, kind)


@acting
@transaction.atomic
def mark_duplicate(*, case: Case, by: User, turn: int, of: Entry, note: str = "") -> ReviewStep:
    """Decline a record because it is here already; the reason names where. Raises ValueError for the record itself."""
    held, record = _turn_of(case, by, turn)
    if type(of) is not type(record) or of.pk == record.pk:
        raise ValueError("A record is a duplicate of another one of its type.")
    held.duplicate_of = of.pk
    _close(held, record, by, Decision.DUPLICATE)
    reason = duplicate_reason(of, language=language_of(held))
    return _take_back(held, record, by, "\n\n".join(filter(None, [reason, note])), Kind.DUPLICATE)


@acting
@transaction.atomic
def say(*, case: Case, by: User, turn: int, note: str) -> ReviewStep:
    """Words to the member, without a decision."""
    held, record = _hold(case, by)
    _refuse_if_moved(held, turn)
    _require(note)
    held.turn += 1
    held.save(update_fields=["turn"])
    return note_step(record=record, by=by, kind=Kind.SAID, note=note, case=held)


# ---------- Taking it back ----------


def undoable_until(case: Case) -> datetime | None:
    """Until when the last decision on a case can be taken back, if it still can."""
    if not case.before or case.decided_at is None:
        return None
    until = case.decided_at + settings.REVIEW_UNDO
    return until if until > timezone.now() else None


@acting
@transaction.atomic
def undo(*, case: Case, by: User, turn: int) -> ReviewStep:
    """Bring case and record back to where they stood before the decision, as long as nobody has built on it."""
    held, record = _hold(case, by)
    _refuse_if_moved(held, turn)
    last = held.steps.last()
    if undoable_until(held) is None or last is None or last.status != record.status:
        raise Stale(_("This decision can no longer be taken back."))
    revert = review.of(held).revert_correction if held.subject == Subject.CORRECTION else None
    if revert is not None and held.decision == Decision.PUBLISHED:
        revert(record=record, case=held, by=by)
    _restore(record, held.before)
    held.state, held.decision, held.decided_at, held.duplicate_of, held.before = State.WAITING, "", None, None, {}
    held.claimed_by, held.claimed_at, held.turn = by, timezone.now(), held.turn + 1
    held.save()
    return note_step(record=record, by=by, kind=Kind.UNDONE, case=held)


def _restore(record: Entry, before: dict[str, str | None]) -> None:
    for field in record._meta.concrete_fields:
        if field.name in LIFE:
            setattr(record, field.name, field.to_python(before[field.name]))
    record.save(update_fields=[*LIFE, "updated_at"])
    services.renew_pages(record=record)


# ---------- What they share ----------


def _hold(case: Case, by: User) -> tuple[Case, Entry]:
    """Case and record, held until the end of the transaction: the record first, as everybody does who holds both."""
    if not can_decide(by, case):
        raise PermissionDenied
    record = locked(review.record_of(case))
    people = Case.objects.select_related("editor", "claimed_by")
    return people.select_for_update(of=("self",)).get(pk=case.pk), record


def _turn_of(case: Case, by: User, turn: int) -> tuple[Case, Entry]:
    """Case and record, where it waits as the editor saw it and nobody else looks at it."""
    held, record = _hold(case, by)
    _refuse_if_moved(held, turn)
    if held.state != State.WAITING:
        raise Stale(what_happened(held))
    _refuse_if_claimed(held, by)
    return held, record


def _refuse_if_moved(case: Case, turn: int) -> None:
    if case.turn != turn:
        raise Stale(what_happened(case))


def _refuse_if_claimed(case: Case, by: User) -> None:
    since = claimed_since(case)
    if since and case.claimed_by != by:
        told = {"name": str(case.claimed_by), "time": wording.clock(since)}
        raise Stale(_("%(name)s has been looking at this case since %(time)s.") % told)


def claimed_since(case: Case) -> datetime | None:
    """Since when somebody has been looking at it. A claim ends by itself."""
    return case.claimed_at if case.claimed_by_id and case.claimed_at and case.claimed_at > claims_end() else None


def what_happened(case: Case) -> str:
    """The last step of a case, as told to an editor who comes too late."""
    step = case.steps.select_related("by").last()
    if step is None:
        return _("This case has changed since you opened it.")
    told = {"name": str(step.by or _("Somebody")), "time": wording.clock(step.at), "step": step.get_kind_display()}
    if case.state != State.WAITING and step.kind != Kind.SAID:
        return _("%(name)s decided this case at %(time)s: %(step)s.") % told
    return _("Since you opened this case, %(name)s was here at %(time)s: %(step)s.") % told


def _require(note: str) -> None:
    if not note.strip():
        raise ValueError("A member is told why.")


def _close(
    case: Case,
    record: Entry,
    by: User,
    decision: Case.Decision,
    *,
    state: Case.State = State.DECIDED,
    can_undo: bool = True,
) -> None:
    before = {name: getattr(record, name) for name in LIFE} if can_undo else {}
    close_case(case=case, by=by, decision=decision, state=state, before=before)


def _take_back(case: Case, record: Entry, by: User, reason: str, kind: ReviewStep.Kind) -> ReviewStep:
    """A correction that is declined leaves the record as it is."""
    if case.subject != Subject.CORRECTION:
        step = services.withdraw(record=record, by=by, reason=reason, kind=kind, case=case)
        if step is not None:
            return step
    return note_step(record=record, by=by, kind=kind, note=reason, case=case)


def language_of(case: Case) -> str:
    """The language in which its member is told something."""
    return case.opened_by.language if case.opened_by else case.language


def duplicate_reason(of: Entry, *, language: str) -> str:
    """What the member is told, in their language."""
    with override(language):
        title = words(of, registry.of(of).title_field)
        return _("It is here already: “%(title)s” (%(address)s).") % {
            "title": title,
            "address": addresses.permanent(of),
        }
