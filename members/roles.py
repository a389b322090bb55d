"""Who somebody is in the house: groups with fixed names, given by administrators.

What a role may do is in members.permissions and, as a table, in docs/roles.md. Whoever may enter the staff's pages also
carries Django's `is_staff`, administrators `is_superuser`: those flags follow the roles and are set nowhere else, so
that a page asks them without a query.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import User


class Role(models.TextChoices):
    AMBASSADOR = "ambassador", _("Ambassador")
    TRUSTED = "trusted", _("Trusted member")
    TRANSLATOR = "translator", _("Translator")
    EDITOR = "editor", _("Editor")
    ADMINISTRATOR = "administrator", _("Administrator")


STAFF = {Role.EDITOR, Role.ADMINISTRATOR}


def load(**_signal: object) -> None:
    """Make the groups that are not there. After every migration, and safe to run twice."""
    known = set(Group.objects.values_list("name", flat=True))
    Group.objects.bulk_create([Group(name=role) for role in Role if role not in known], ignore_conflicts=True)


def roles_of(user: User) -> frozenset[str]:
    """Asked once for each time a member is read."""
    if "_roles" not in user.__dict__:
        names = user.groups.filter(name__in=Role.values).values_list("name", flat=True)
        user.__dict__["_roles"] = frozenset(names)
    roles: frozenset[str] = user.__dict__["_roles"]
    return roles


def give_role(*, user: User, role: Role, by: User | None) -> None:
    """`by` is None for commands of the operator. Raises PermissionDenied for anybody but an administrator."""
    set_roles(user=user, roles=roles_of(user) | {role}, by=by)


def take_role(*, user: User, role: Role, by: User | None) -> None:
    set_roles(user=user, roles=roles_of(user) - {role}, by=by)


@transaction.atomic
def set_roles(*, user: User, roles: Iterable[str], by: User | None) -> None:
    """The roles somebody has from now on, and the flags that follow from them."""
    if by is not None and not (by.is_active and by.is_superuser):
        raise PermissionDenied
    wanted = {Role(role) for role in roles}
    for role in wanted:
        Group.objects.get_or_create(name=role)
    others = user.groups.exclude(name__in=Role.values)
    user.groups.set([*others, *Group.objects.filter(name__in=wanted)])
    user.is_staff, user.is_superuser = bool(wanted & STAFF), Role.ADMINISTRATOR in wanted
    user.save(update_fields=["is_staff", "is_superuser"])
    user.__dict__["_roles"] = frozenset(wanted)
