"""Who decides what: moderators of a part of the portal there, administrators on appeals, nobody about themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from members.permissions import is_administrator
from moderation import registry
from moderation.models import Case

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import Model

    from members.models import User

    Anybody = User | AnonymousUser


def runs(user: Anybody, scope: Any) -> bool:
    """Whether somebody moderates one part of the portal, such as a community."""
    if not user.is_authenticated:
        return False
    mine: Any = registry.scope_of(scope).run_by(user)
    return bool(mine.filter(pk=scope.pk).exists())


def is_moderator(user: Anybody) -> bool:
    """Whether somebody moderates any part of the portal."""
    return user.is_authenticated and any(scope.run_by(user).exists() for scope in registry.all_scopes())


def can_enter(user: Anybody) -> bool:
    return bool(is_administrator(user)) or is_moderator(user)


def can_decide(user: Anybody, case: Case) -> bool:
    return bool(Case.objects.decided_by_them(user).filter(pk=case.pk).exists())


def can_moderate(user: Anybody, record: Model) -> bool:
    """Whether somebody may take up what nobody reported: never what they wrote themselves."""
    kind = registry.kind_of(record)
    return kind.author_of(record) != user and runs(user, kind.scope_of(record))


def can_sanction(user: Anybody, case: Case) -> bool:
    """Moderators, here. Never each other: whoever runs a place loses that role first."""
    author = case.author
    if author is None or author.pk == user.pk or not author.is_active:
        return False
    return runs(user, case.scope) and not runs(author, case.scope)
