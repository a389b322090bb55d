"""What communities hold about a person: which ones they asked for, are and were in, and who asked them in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from communities.models import Community, Invitation, Membership
from communities.numbers import KIND, LIFE
from communities.services import hand_to_editors
from content import caching
from content.privacy import entries
from members import erasure
from members.erasure import Holding, Row

if TYPE_CHECKING:
    from members.models import User


def _memberships(user: User) -> Iterator[Row]:
    for row in Membership.objects.filter(user=user).select_related("community").order_by("pk").iterator():
        yield {
            "community": str(row.community),
            "state": row.state,
            "role": row.role,
            "answer": row.answer,
            "wanted": row.wanted,
            "asked_at": row.asked_at,
            "joined_at": row.joined_at,
            "conduct_version": row.conduct_version,
            "conduct_at": row.conduct_at,
            "decided_at": row.decided_at,
            "reason": row.reason,
        }


def _leave_all(user: User) -> None:
    """Communities they ran alone go to the editors."""
    ran = Membership.objects.admins().filter(user=user).values("community")
    communities = list(Community.objects.filter(pk__in=ran, status=Community.Status.PUBLISHED))
    Membership.objects.filter(user=user).delete()
    left = Community.objects.without_admin().filter(pk__in=[one.pk for one in communities])
    hand_to_editors(left)
    caching.bump(KIND, LIFE)


def _invitations_of(user: User) -> QuerySet[Invitation]:
    """To them by name, to an address of theirs, or accepted by them."""
    addresses = EmailAddress.objects.filter(user=user).annotate(low=Lower("email")).values_list("low", flat=True)
    theirs = {*addresses, user.email.lower()}
    rows = Invitation.objects.alias(low=Lower("address"))
    return rows.filter(Q(user=user) | Q(accepted_by=user) | Q(low__in=theirs))


def _invitations(user: User) -> Iterator[Row]:
    received = _invitations_of(user).select_related("community")
    for way, rows in (("received", received), ("sent", Invitation.objects.filter(by=user).select_related("community"))):
        for row in rows.order_by("pk").iterator():
            yield {
                "way": way,
                "community": str(row.community),
                "address": row.address,
                "language": row.language,
                "note": row.note,
                "at": row.at,
                "expires_at": row.expires_at,
                "accepted_at": row.accepted_at,
                "withdrawn_at": row.withdrawn_at,
            }


def _forget_invitations(user: User) -> None:
    _invitations_of(user).delete()
    Invitation.objects.filter(by=user).update(note="", by=None)


def _archived_by_nobody(user: User) -> None:
    Community.objects.filter(archived_by=user).update(archived_by=None)


def sign_up() -> None:
    erasure.register(
        entries(
            "communities",
            _("Communities you asked for"),
            Community,
            remove=lambda record: record.delete(),
            erase_rest=_archived_by_nobody,
        )
    )
    erasure.register(
        Holding("invitations", _("Invitations to communities"), (Invitation,), _invitations, _forget_invitations)
    )
    # Signed up last and erased first: who runs a community is known as long as its rows are there.
    erasure.register(Holding("memberships", _("Communities you are in"), (Membership,), _memberships, _leave_all))
