"""Who may do what: one predicate for each role and each action of docs/roles.md, which a test holds against this."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rules.predicates import Predicate, predicate

from members.roles import Role, roles_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from members.models import User

    Anybody = User | AnonymousUser


def rule(function: Callable[[Anybody], bool]) -> Predicate:
    """`predicate`, which has no types."""
    return predicate(function)


@rule
def is_member(user: Anybody) -> bool:
    return user.is_authenticated and user.is_active


@rule
def is_editor(user: Anybody) -> bool:
    """Administrators too."""
    return user.is_active and user.is_staff


@rule
def is_administrator(user: Anybody) -> bool:
    return user.is_active and user.is_superuser


def _has(role: Role) -> Predicate:
    return predicate(lambda user: bool(is_member(user)) and role in roles_of(user), name=f"has {role}")


is_ambassador = _has(Role.AMBASSADOR)
is_trusted = _has(Role.TRUSTED)
is_translator = _has(Role.TRANSLATOR)

can_share = is_member
can_publish_at_once = is_editor | is_trusted
can_write_as_ambassador = is_editor | is_ambassador
can_translate = is_editor | is_translator
can_review = is_editor
can_edit_records = is_editor
can_delete_records = is_administrator
can_give_roles = is_administrator
