"""Authors object to what was decided about them. Another moderator or an administrator decides, never who decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from content.actors import acting
from content.services import locked
from moderation import services, telling
from moderation.models import Act, Case, Moderated, Sanction

if TYPE_CHECKING:
    from members.models import User

Decision, State, Subject, Verb = Case.Decision, Moderated.State, Case.Subject, Act.Verb
APPEALED = (Decision.HIDDEN, Decision.REMOVED, Decision.SANCTIONED)


class NothingToAppeal(ValueError):
    """It was appealed already, or what was decided no longer holds."""


def is_hidden_by_reports(case: Case) -> bool:
    """Whether a rule hid something that no moderator has decided about yet."""
    return case.is_waiting and case.acts.filter(verb=Verb.AUTO_HIDDEN).exists()


def may_appeal(case: Case, record: Any) -> bool:
    """Once, while what was decided holds; and once against what reports did, before anybody has decided."""
    if case.is_waiting:
        return not case.words and record is not None and record.state == State.HIDDEN and is_hidden_by_reports(case)
    return case.decision in APPEALED and _holds(case, record) and not case.appeals.exists()


def _holds(case: Case, record: Any) -> bool:
    if isinstance(record, Sanction):
        return record.lifted_at is None and (record.is_in_force or record.kind == Sanction.Kind.WARNING)
    return record is not None and record.state == case.decision


@acting
@transaction.atomic
def appeal(*, case: Case, by: User, words: str) -> Case:
    """The case that is decided about it. Raises NothingToAppeal, ValueError without words."""
    if case.author_id != by.pk:
        raise PermissionDenied
    if not words.strip():
        raise ValueError("An appeal says why.")
    record = locked(case.record) if case.record is not None else None
    held = Case.objects.select_for_update().get(pk=case.pk)
    if not may_appeal(held, record):
        raise NothingToAppeal
    if held.is_waiting:
        held.words, held.turn = words, held.turn + 1
        held.save(update_fields=["words", "turn"])
        services.note(case=held, verb=Verb.APPEALED, by=by, reason=words)
        return held
    made = services.open_case(record, Subject.APPEAL, appeal_of=held, words=words)
    services.note(case=made, verb=Verb.APPEALED, by=by, reason=words)
    telling.tell_moderators(made)
    return made
