"""What can happen to a letter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from notifications.models import Letter

if TYPE_CHECKING:
    from members.models import User


def post(
    *,
    occasion: str,
    to: User | str,
    kind: str,
    template: str,
    context: Mapping[str, Any] | None = None,
    language: str = "",
    due_at: datetime | None = None,
) -> Letter:
    """Plan a letter in the caller's transaction. The same occasion and address again: the letter there is.

    `to` is a member, whose address and language count, or an address; `context` is plain data (JSON).
    """
    user, address = (None, to) if isinstance(to, str) else (to, to.email)
    letter, _ = Letter.objects.get_or_create(
        occasion=occasion,
        address=address,
        defaults={
            "user": user,
            "kind": kind,
            "template": template,
            "context": dict(context or {}),
            "language": language or (user.language if user else "en"),
            "due_at": due_at or timezone.now(),
        },
    )
    return letter


def cancel(*, occasion: str) -> int:
    """Have the letters of an occasion that nobody has begun to send not leave. How many there were."""
    return Letter.objects.filter(occasion=occasion, state=Letter.State.PLANNED).update(
        state=Letter.State.SKIPPED, reason="taken back"
    )
