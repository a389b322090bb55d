"""What is noted when something is written that can be moderated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F

from content.services import about
from moderation import registry
from moderation.models import Act, Case, Standing

if TYPE_CHECKING:
    from members.models import User
    from moderation.models import Moderated


def hold(*, record: Moderated, by: User) -> Case:
    """Open the case of something that waits for approval, in the transaction that wrote it."""
    kind = registry.kind_of(record)
    scope = _scope(kind.scope_of(record))
    case = Case.objects.create(
        **about(record),
        **scope,
        kind=kind.key,
        subject=Case.Subject.FIRST,
        author=by,
        language=getattr(record, "language", by.language),
    )
    Act.objects.create(**scope, verb=Act.Verb.HELD, by=None, whom=by, case=case)
    return case


def note_shown(*, record: Moderated) -> None:
    """Something was shown at once: it counts towards its author's standing."""
    author = registry.kind_of(record).author_of(record)
    if author is not None and not Standing.objects.filter(user=author).update(accepted=F("accepted") + 1):
        Standing.objects.create(user=author, accepted=1)


def note_edited(*, record: Moderated, by: User) -> None:
    """Its author changed it: whoever decides about it sees that."""
    case = Case.objects.about(record).waiting().order_by("pk").first()  # type: ignore[arg-type]
    if case is not None:
        case.turn += 1
        case.save(update_fields=["turn"])
        scope = {"scope_type_id": case.scope_type_id, "scope_id": case.scope_id}
        Act.objects.create(**scope, verb=Act.Verb.EDITED, by=by, whom=by, case=case)


def _scope(row: Any) -> dict[str, Any]:
    return {"scope_type": ContentType.objects.get_for_model(row), "scope_id": row.pk}
