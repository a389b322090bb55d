"""How far somebody's posts are trusted: what waits for approval before others see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moderation.models import Standing

if TYPE_CHECKING:
    from members.models import User

FIRST = 2  # posts of a new member that wait; until then they are new


def is_new(user: User) -> bool:
    """Whether fewer of their posts than that were ever shown."""
    return not Standing.objects.filter(user=user, accepted__gte=FIRST).exists()


def must_wait(user: User, *, links: int) -> bool:
    """Whether a post of this author waits for approval: the first ones of a new member, with or without links."""
    return is_new(user)
