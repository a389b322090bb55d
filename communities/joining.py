"""Coming into a community: at once, by asking, by invitation; and going again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from communities import conduct, inviting, notices, permissions
from communities.models import Community, Invitation, Membership
from communities.numbers import KIND, LIFE, RUN
from communities.places import touched
from content import caching

if TYPE_CHECKING:
    from members.models import User

Role, State = Membership.Role, Membership.State


class LastAdmin(Exception):
    """Somebody else has to run the community first."""


# ---------- Coming ----------


@transaction.atomic
def join(*, community: Community, by: User, answer: str = "", wanted: str = "") -> Membership:
    """Come in, or ask to. Who does so has just accepted the code of conduct, as its page showed it.

    `wanted`: where they were going, a path inside the community. Twice is once. Raises PermissionDenied for whoever
    finds no door there.
    """
    row = _held(community, by)
    if row.state == State.IN:
        return row
    if not permissions.can_join(by, row.community, row):
        raise PermissionDenied
    _accept_conduct(row)
    if permissions.must_ask(row.community, row):
        return _ask(row, answer, wanted)
    return _let_in(row)


@transaction.atomic
def accept_invitation(*, invitation: Invitation, by: User) -> Membership:
    """Whoever holds the letter comes in; a member invited by name must be the one. Twice is once.

    Raises PermissionDenied for somebody else, for the banned, and where the invitation no longer holds.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    row = _held(invitation.community, by)
    if row.state == State.IN and invitation.accepted_by_id == by.pk:
        return row
    is_theirs = invitation.user_id in (None, by.pk)
    if not (invitation.holds and is_theirs and permissions.can_accept(by, invitation, row)):
        raise PermissionDenied
    invitation.accepted_by, invitation.accepted_at = by, timezone.now()
    invitation.save(update_fields=["accepted_by", "accepted_at"])
    if row.state != State.IN:
        _accept_conduct(row)
        row = _let_in(row)
    if invitation.role != Role.MEMBER and row.role == Role.MEMBER:
        row.role = invitation.role
        row.save(update_fields=["role"])
        caching.bump(RUN)
    return row


@transaction.atomic
def decide(*, membership: Membership, by: User, accept: bool, reason: str = "") -> bool:
    """Answer somebody who asked. False where another administrator was faster, they took it back, or it is archived.

    Raises ValueError for a no without a reason.
    """
    rows = Membership.objects.select_for_update(of=("self",)).select_related("user", "community")
    row = rows.get(pk=membership.pk)
    if row.state != State.ASKED or row.community.is_archived:
        return False
    if not accept and not reason.strip():
        raise ValueError("Who is declined is told why.")
    row.decided_by, row.decided_at = by, timezone.now()
    if accept:
        _let_in(row)
        notices.tell_accepted(row)
    else:
        row.state, row.reason = State.DECLINED, reason
        row.save()
        notices.tell_declined(row)
    return True


def _held(community: Community, user: User) -> Membership:
    """Their row, held until the end of the transaction, and made if there is none: two clicks are one."""
    Membership.objects.get_or_create(community=community, user=user, defaults={"state": State.LEFT})
    rows = Membership.objects.select_for_update(of=("self",)).select_related("user", "community")
    return rows.get(community=community, user=user)


def _accept_conduct(row: Membership) -> None:
    row.conduct_version, row.conduct_at = conduct.version(), timezone.now()


def _ask(row: Membership, answer: str, wanted: str) -> Membership:
    """Asked again while they wait: the newer answer counts, and nobody is told twice."""
    is_new = row.state != State.ASKED
    row.state, row.answer, row.wanted = State.ASKED, answer, wanted
    row.asked_at = timezone.now() if is_new else row.asked_at
    row.decided_by, row.decided_at, row.reason = None, None, ""
    row.save()
    if is_new:
        notices.tell_asked(row)
    return row


def _let_in(row: Membership) -> Membership:
    row.state, row.role, row.joined_at, row.reason = State.IN, Role.MEMBER, timezone.now(), ""
    row.save()
    touched(row.community)
    return row


# ---------- Going ----------


@transaction.atomic
def leave(*, membership: Membership) -> None:
    """Go, or take back that one asked. Raises LastAdmin for whoever runs it alone."""
    row = _with_community_held(membership)
    if row.state not in (State.IN, State.ASKED):
        return
    _keep_an_admin(row)
    row.state, row.role = State.LEFT, Role.MEMBER
    row.save(update_fields=["state", "role"])
    caching.bump(LIFE, RUN)


@transaction.atomic
def remove(*, membership: Membership, by: User, reason: str) -> None:
    """Shut somebody out from this moment; they are told why, and may ask to come back.

    Raises ValueError without a reason, LastAdmin for the only administrator.
    """
    if not reason.strip():
        raise ValueError("Who is removed is told why.")
    row = _with_community_held(membership)
    if row.state != State.IN:
        return
    _keep_an_admin(row)
    row.state, row.role, row.reason = State.REMOVED, Role.MEMBER, reason
    row.decided_by, row.decided_at = by, timezone.now()
    row.save()
    inviting.withdraw_from(community=row.community, user=row.user)
    caching.bump(LIFE, RUN)
    notices.tell_removed(row)


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: User) -> None:
    """Hand over, or step back. Raises LastAdmin where nobody would run it any more, ValueError for no member."""
    row = _with_community_held(membership)
    if row.state != State.IN:
        raise ValueError("Only members have a role.")
    if row.role == role:
        return
    if role != Role.ADMIN:
        _keep_an_admin(row)
    row.role, row.decided_by, row.decided_at = role, by, timezone.now()
    row.save(update_fields=["role", "decided_by", "decided_at"])
    caching.bump(KIND, RUN)  # its pages name who runs it
    if row.user_id != by.pk:
        notices.tell_role(row)


def _with_community_held(membership: Membership) -> Membership:
    """The community first: of two administrators who step back at the same moment, the second is told."""
    Community.objects.select_for_update().get(pk=membership.community_id)
    rows = Membership.objects.select_for_update(of=("self",)).select_related("user", "community")
    return rows.get(pk=membership.pk)


def _keep_an_admin(row: Membership) -> None:
    others = Membership.objects.admins().filter(community=row.community_id, user__is_active=True).exclude(pk=row.pk)
    if row.role == Role.ADMIN and not others.exists():
        raise LastAdmin
