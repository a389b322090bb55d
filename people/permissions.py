"""Who may do what with members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from members.permissions import is_administrator, is_editor

if TYPE_CHECKING:
    from members.models import User


can_decide_reports = is_editor


def can_close_account(user: User, other: User | None) -> bool:
    """Accounts are the administrators'; those of staff are closed in the admin, where it is seen what they hold."""
    return is_administrator(user) and other is not None and not other.is_staff
