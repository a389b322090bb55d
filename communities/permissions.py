"""Who may do what in a community. `door` knows the community and what the reader is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from communities.models import Community, Invitation, Membership
from members.permissions import is_editor, is_member

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from members.models import User

    Anybody = User | AnonymousUser

Role, State = Membership.Role, Membership.State


def row_of(user: Anybody, community: Community) -> Membership | None:
    """What somebody is, or was, in it, and whether they are paused there."""
    if not user.is_authenticated:
        return None
    return Membership.objects.of(community).with_pause().filter(user=user).first()


def row_at(user: Anybody, slug: str) -> Membership | None:
    """The same, of the community at an address, read with it."""
    if not user.is_authenticated:
        return None
    rows = Membership.objects.with_pause().select_related("community")
    return rows.filter(community__slug=slug, user=user).first()


def membership_of(user: Anybody, community: Community) -> Membership | None:
    """The row of somebody who is in it now."""
    row = row_of(user, community) if community.is_published else None
    return row if row and row.state == State.IN else None


def can_request(user: Anybody) -> bool:
    return bool(is_member(user))


def can_join(user: Anybody, community: Community, row: Membership | None) -> bool:
    """Whether the door is there for them: archived communities take nobody, private ones by invitation alone."""
    return bool(is_member(user)) and takes_people(community) and not community.is_private and not is_banned(row)


def can_accept(user: Anybody, invitation: Invitation, row: Membership | None) -> bool:
    """Whether an invitation lets them in."""
    may = bool(is_member(user)) and takes_people(invitation.community) and not is_banned(row)
    return may and not is_outdated(invitation, row)


def is_outdated(invitation: Invitation, row: Membership | None) -> bool:
    """Whoever was removed does not come back by a letter from before."""
    if row is None or row.state != State.REMOVED or row.decided_at is None:
        return False
    return bool(invitation.at < row.decided_at)


def takes_people(community: Community) -> bool:
    return community.is_published and not community.is_archived


def is_banned(row: Membership | None) -> bool:
    return row is not None and row.state == State.BANNED


def must_ask(community: Community, row: Membership | None) -> bool:
    """Whether somebody who wants to join waits for an answer. Whoever was removed does, where all others walk in."""
    return not community.is_open or (row is not None and row.state == State.REMOVED)


def can_write(membership: Membership | None, community: Community) -> bool:
    """Members (`membership_of`); those who are paused read."""
    return membership is not None and not membership.is_paused and not community.is_archived


def can_moderate(membership: Membership | None) -> bool:
    return membership is not None and membership.role in (Role.ADMIN, Role.FACILITATOR)


def can_administer(membership: Membership | None) -> bool:
    return membership is not None and membership.role == Role.ADMIN


def can_stand_in(user: Anybody, community: Community) -> bool:
    """An editor, for a community that has no administrator, until it has one."""
    return bool(is_editor(user)) and Community.objects.without_admin().filter(pk=community.pk).exists()


def can_archive(user: Anybody, membership: Membership | None) -> bool:
    """Its administrators; and editors, for a community that nobody runs any more."""
    return can_administer(membership) or bool(is_editor(user))
