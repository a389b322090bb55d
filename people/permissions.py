"""Who may do what with members."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from members.models import User


def can_decide_reports(user: User | AnonymousUser) -> bool:
    return user.is_authenticated and user.is_staff


def can_close_account(user: User, other: User | None) -> bool:
    """Accounts are the administrators'; those of staff are closed in the admin, where it is seen what they hold."""
    return user.is_superuser and other is not None and not other.is_staff
