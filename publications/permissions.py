from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from members.models import User


def can_import(user: User | AnonymousUser) -> bool:
    return user.is_staff
