"""What moderators do with a case. Each is decided once, by one of them.

A form carries the turn of the case it was made for. Whoever decides on a case that has moved on since, or that another
moderator is looking at, gets a `Stale` with a sentence, and nothing changes. A decision is changed by taking the same
thing up again, with a reason: both stand in the log.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content import wording
from content.actors import acting
from content.querysets import claims_end
from content.services import locked
from moderation import sanctions, services, telling
from moderation.models import Act, Case, Moderated, Sanction
from moderation.permissions import can_decide, can_moderate

if TYPE_CHECKING:
    from members.models import User

Decision, State, Subject, Verb = Case.Decision, Moderated.State, Case.Subject, Act.Verb
# What can be decided about something, by what readers see of it.
POSSIBLE: dict[str, tuple[Case.Decision, ...]] = {
    State.WAITING: (Decision.APPROVED, Decision.HIDDEN, Decision.REMOVED),
    State.SHOWN: (Decision.KEPT, Decision.HIDDEN, Decision.REMOVED),
    State.HIDDEN: (Decision.RESTORED, Decision.HIDDEN, Decision.REMOVED),
    State.REMOVED: (Decision.KEPT, Decision.RESTORED),
}
ON_APPEAL = (Decision.UPHELD, Decision.OVERTURNED)
STATE_AFTER: dict[str, str] = {
    Decision.APPROVED: State.SHOWN,
    Decision.RESTORED: State.SHOWN,
    Decision.HIDDEN: State.HIDDEN,
    Decision.REMOVED: State.REMOVED,
}
ALWAYS_WITH_REASON = (Decision.HIDDEN, Decision.REMOVED, *ON_APPEAL)


class Stale(Exception):
    """Somebody was faster. The text says who, when and what, to the moderator."""


# ---------- Who looks at it ----------


@transaction.atomic
def claim(*, case: Case, by: User, take_over: bool = False) -> Case:
    """Tell the others who looks at it, for half an hour. Raises Stale where somebody else does, unless taken over."""
    held, _record = _hold(case, by)
    if not held.is_waiting:
        raise Stale(what_happened(held))
    if not take_over:
        _refuse_if_claimed(held, by)
    held.claimed_by, held.claimed_at = by, timezone.now()
    held.save(update_fields=["claimed_by", "claimed_at"])
    return held


@transaction.atomic
def release(*, case: Case, by: User) -> None:
    Case.objects.filter(pk=case.pk, claimed_by=by).update(claimed_by=None, claimed_at=None)


def stamp_of(record: Any, case: Case | None) -> str:
    """What a form about something knew of it when it was made."""
    changed = record.state_at.timestamp() if record.state_at else 0
    return f"{record.state}.{changed}.{case.turn if case else 0}"


@acting
@transaction.atomic
def take_up(*, record: Any, by: User, stamp: str = "") -> Case:
    """The case to decide about something: the one that waits, or a new one. Raises Stale for an old `stamp`."""
    if not can_moderate(by, record):
        raise PermissionDenied
    held = locked(record)
    case = services.open_case_of(held)
    if stamp and stamp != stamp_of(held, case):
        last = case or Case.objects.about(held).order_by("-pk").first()
        raise Stale(what_happened(last) if last else _("This has changed since you opened it."))
    return case or services.open_case(held, Subject.OWN, claimed_by=by, claimed_at=timezone.now())


# ---------- What they decide ----------


@acting
@transaction.atomic
def decide(*, case: Case, by: User, turn: int, decision: str, reason: str = "") -> Case:
    """Raises Stale where it is no longer to decide, ValueError without a reason where one is needed."""
    held, record = _turn_of(case, by, turn)
    wanted = Decision(decision)
    if wanted not in possible(held, record):
        raise Stale(what_happened(held))
    if needs_reason(wanted, held, record) and not reason.strip():
        raise ValueError("An author is told why.")
    _close(held, by, wanted, reason)
    services.note(case=held, verb=Verb(wanted.value), by=by, reason=reason)
    if wanted == Decision.OVERTURNED:
        _overturn(record, by, reason)
    elif after := STATE_AFTER.get(wanted):
        services.set_state(record=record, state=after, reason="" if after == State.SHOWN else reason, by=by)
        _close_others(held, record, by)
    if wanted != Decision.KEPT or reason.strip():
        telling.tell_author(held, wanted.value, reason=reason)
    return held


def possible(case: Case, record: Any) -> tuple[Case.Decision, ...]:
    return ON_APPEAL if case.is_appeal else POSSIBLE[record.state]


def needs_reason(decision: str, case: Case, record: Any) -> bool:
    """What takes words away from readers is explained, and so is what changes an earlier decision."""
    is_change = not case.is_appeal and record.state == State.REMOVED and decision == Decision.RESTORED
    return decision in ALWAYS_WITH_REASON or is_change


def _overturn(record: Any, by: User, reason: str) -> None:
    if isinstance(record, Sanction):
        sanctions.lift_row(sanction=record, by=by, reason=reason)
    elif record.state != State.SHOWN:
        services.set_state(record=record, state=State.SHOWN, reason="", by=by)


def _close(case: Case, by: User, decision: Case.Decision, reason: str) -> None:
    case.state, case.decision, case.decided_at, case.decided_by = Case.State.DECIDED, decision, timezone.now(), by
    case.reason, case.claimed_by, case.claimed_at, case.turn = reason, None, None, case.turn + 1
    case.save()


def _close_others(case: Case, record: Any, by: User) -> None:
    """What else waits to be decided about the same thing has its answer."""
    for other in Case.objects.about(record).waiting().exclude(subject=Subject.APPEAL).select_for_update():
        _close(other, by, Decision(case.decision), case.reason)


# ---------- What they share ----------


def _hold(case: Case, by: User) -> tuple[Case, Any]:
    """Case and record, held until the end of the transaction: the record first, as everybody does who holds both."""
    if not can_decide(by, case) or case.record is None:
        raise PermissionDenied
    record = locked(case.record)
    people = Case.objects.select_related("author", "claimed_by")
    return people.select_for_update(of=("self",)).get(pk=case.pk), record


def _turn_of(case: Case, by: User, turn: int) -> tuple[Case, Any]:
    """Case and record, where it waits as the moderator saw it and nobody else looks at it."""
    held, record = _hold(case, by)
    if held.turn != turn or not held.is_waiting:
        raise Stale(what_happened(held))
    _refuse_if_claimed(held, by)
    return held, record


def _refuse_if_claimed(case: Case, by: User) -> None:
    since = claimed_since(case)
    if since and case.claimed_by != by:
        told = {"name": str(case.claimed_by), "time": wording.clock(since)}
        raise Stale(_("%(name)s has been looking at this case since %(time)s.") % told)


def claimed_since(case: Case) -> datetime | None:
    """Since when somebody has been looking at it. A claim ends by itself."""
    return case.claimed_at if case.claimed_by_id and case.claimed_at and case.claimed_at > claims_end() else None


def what_happened(case: Case) -> str:
    """What was last done about it, as told to a moderator who comes too late. Who reported is not said."""
    if not case.is_waiting and case.decided_at:
        told = {"name": str(case.decided_by or _("Somebody")), "time": wording.clock(case.decided_at)}
        return _("%(name)s decided this case at %(time)s: %(step)s.") % (told | {"step": case.get_decision_display()})
    act = case.acts.exclude(verb=Verb.REPORTED).select_related("by").first()
    if act is None:
        return _("This case has changed since you opened it.")
    told = {"name": str(act.by or _("Somebody")), "time": wording.clock(act.at), "step": act.get_verb_display()}
    return _("Since you opened this case, %(name)s was here at %(time)s: %(step)s.") % told
