"""What happens to things that people wrote, and the log of it. Decisions are made in `moderation/deciding.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from content import caching
from content.actors import acting
from content.services import about, locked
from moderation import registry, telling, trust
from moderation.models import Act, Case, Moderated

if TYPE_CHECKING:
    from django.db.models import Model

    from members.models import User

State, Subject, Verb = Moderated.State, Case.Subject, Act.Verb
KIND = "moderation"  # what waits for moderators: moves on with every line of the log


@acting
@transaction.atomic
def hold(*, record: Any, by: User) -> Case:
    """Something waits for a moderator before others see it. In the transaction that made it, with that state."""
    case = open_case(record, Subject.FIRST)
    note(case=case, verb=Verb.HELD, by=by)
    telling.tell_moderators(case)
    return case


def note_shown(*, record: Any) -> None:
    """Something was shown at once: it counts for its author."""
    if author := registry.kind_of(record).author_of(record):
        trust.note_accepted(author)


@acting
@transaction.atomic
def note_edited(*, record: Any, by: User) -> None:
    """Its author changed it. What is hidden goes back to the moderators; who is deciding on it sees the new words."""
    held: Any = locked(record)
    case = open_case_of(held)
    if case is not None:
        case.turn += 1
        case.save(update_fields=["turn"])
    elif held.state == State.HIDDEN:
        case = open_case(record, Subject.EDITED)
        telling.tell_moderators(case)
    if case is not None:
        note(case=case, verb=Verb.EDITED, by=by)


# ---------- What the verbs of this app share ----------


def open_case(record: Any, subject: Case.Subject, **more: Any) -> Case:
    kind = registry.kind_of(record)
    scope, author = kind.scope_of(record), kind.author_of(record)
    return Case.objects.create(
        **about(record),
        **scope_columns(scope),
        kind=kind.key,
        subject=subject,
        author=author,
        language=getattr(record, "language", "") or (author.language if author else ""),
        **more,
    )


def open_case_of(record: Model) -> Case | None:
    """What waits to be decided about it, appeals aside; held until the end of the transaction."""
    waiting = Case.objects.about(record).waiting().exclude(subject=Subject.APPEAL)
    found: Case | None = waiting.select_for_update().order_by("opened_at", "pk").first()
    return found


def scope_columns(scope: Model) -> dict[str, Any]:
    columns = about(scope)
    return {"scope_type": columns["content_type"], "scope_id": columns["object_id"]}


def set_state(*, record: Any, state: str, reason: str, by: User | None) -> None:
    """Change what readers see of something that is held (`content.services.locked`). Its app and its author's standing
    follow."""
    before = record.state
    record.state, record.state_reason, record.state_at = state, reason, timezone.now()
    record.save(update_fields=["state", "state_reason", "state_at"])
    kind = registry.kind_of(record)
    kind.changed(record=record, before=before, by=by)
    if author := kind.author_of(record):
        trust.recount(author)


def note(*, case: Case, verb: Act.Verb, by: User | None, reason: str = "", **more: Any) -> Act:
    """Add a line to the log. `by` is None for what a rule did. Nothing changes about a case without one."""
    caching.bump(KIND)
    scope = {"scope_type_id": case.scope_type_id, "scope_id": case.scope_id}
    return Act.objects.create(**scope, case=case, verb=verb, by=by, whom=case.author, reason=reason, **more)


def note_tool(*, scope: Model, verb: Act.Verb, by: User, whom: User | None, reason: str) -> Act:
    """Add a line about what a moderator did at once, without a case, to something of somebody else's."""
    return Act.objects.create(**scope_columns(scope), verb=verb, by=by, whom=whom, reason=reason)
