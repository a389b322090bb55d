"""Who may do what in a community. `door` knows the community and what the reader is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communities.models import Community, Membership
from members.permissions import is_editor, is_member

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from members.models import User

    Anybody = User | AnonymousUser

Role = Membership.Role


def membership_of(user: Anybody, community: Community) -> Membership | None:
    """The row of somebody who is in it now."""
    if not user.is_authenticated:
        return None
    return Membership.objects.current().filter(community=community, user=user).first()


def can_request(user: Anybody) -> bool:
    return bool(is_member(user))


def can_join(user: Anybody, community: Community) -> bool:
    """Whether the door is there for them: archived communities take nobody, private ones by invitation alone."""
    return (
        bool(is_member(user)) and community.is_published and not community.is_archived and community.access != "private"
    )


def can_write(membership: Membership | None, community: Community) -> bool:
    return membership is not None and membership.state == Membership.State.IN and not community.is_archived


def can_moderate(membership: Membership | None) -> bool:
    return membership is not None and membership.role in (Role.ADMIN, Role.FACILITATOR)


def can_administer(membership: Membership | None) -> bool:
    return membership is not None and membership.role == Role.ADMIN


def can_archive(user: Anybody, membership: Membership | None) -> bool:
    """Its administrators; and editors, for a community that nobody runs any more."""
    return can_administer(membership) or bool(is_editor(user))
