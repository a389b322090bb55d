"""Letters that ask somebody in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from communities import notices, permissions
from communities.models import Community, Invitation

if TYPE_CHECKING:
    from datetime import datetime

    from members.models import User

A_DAY = 50  # letters a community may send
AGAIN = timedelta(days=1)  # one that went out less than this ago is not sent again
FORGOTTEN = timedelta(days=60)  # after it ran out or was withdrawn, an address is deleted


class TooMany(ValueError):
    """The community has sent all that one may send in a day."""


class Closed(ValueError):
    """Nobody is invited where nobody may come in."""


@transaction.atomic
def invite(*, community: Community, by: User, address: str, language: str, note: str = "") -> Invitation:
    """Send a letter to an address, whoever reads there. Whom it reached already it reaches again after a day only.

    Raises TooMany and Closed.
    """
    community = Community.objects.select_for_update().get(pk=community.pk)  # one at a time, so that fifty are fifty
    known = Invitation.objects.open().filter(community=community, address__iexact=address).first()
    if known and known.holds and not _is_due(known):
        return known
    _refuse_too_many(community)
    invitation = known or Invitation(community=community, address=address)
    invitation.by, invitation.language, invitation.note = by, language, note
    _send(invitation)
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, by: User) -> bool:
    """Whether a letter goes out: pressed twice, it is one. Raises TooMany and Closed."""
    Community.objects.select_for_update().get(pk=invitation.community_id)
    held = Invitation.objects.select_for_update().open().filter(pk=invitation.pk).first()
    if held is None or not _is_due(held):
        return False
    _refuse_too_many(held.community)
    held.by = by
    _send(held)
    return True


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation) -> None:
    """Its link leads nowhere from now on, and a letter that has not left does not leave."""
    open_one = Invitation.objects.open().filter(pk=invitation.pk)
    if open_one.update(withdrawn_at=timezone.now()):
        notices.take_back_invitation(invitation)


def withdraw_from(*, community: Community, user: User) -> None:
    """Whoever is shut out is not asked in by name any more."""
    for invitation in Invitation.objects.open().filter(community=community, user=user):
        withdraw_invitation(invitation=invitation)


def send_first(*, invitation: Invitation, due_at: datetime | None = None) -> None:
    """Of an invitation that was written before its community was there."""
    _send(invitation, due_at)


def forget_old() -> None:
    """Addresses of people who never came, and what was written to them."""
    before = timezone.now() - FORGOTTEN
    Invitation.objects.open().filter(expires_at__lt=before).delete()
    Invitation.objects.filter(withdrawn_at__lt=before).delete()
    Invitation.objects.filter(accepted_at__lt=before, user=None).delete()


def _is_due(invitation: Invitation) -> bool:
    return invitation.at < timezone.now() - AGAIN


def _refuse_too_many(community: Community) -> None:
    sent = Invitation.objects.filter(community=community, at__gt=timezone.now() - timedelta(days=1))
    if not permissions.takes_people(community):
        raise Closed
    if sent.count() >= A_DAY:
        raise TooMany


def _send(invitation: Invitation, due_at: datetime | None = None) -> None:
    invitation.at = timezone.now()
    invitation.expires_at = invitation.at + Invitation.HOLDS
    invitation.save()
    notices.send_invitation(invitation, due_at)
