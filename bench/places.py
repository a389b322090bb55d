"""The community that is measured, the same at every scale: the first that populate made, with its long discussion."""

from __future__ import annotations

from django.utils.translation import override

from communities.models import Community, Membership
from discussions.models import Thread
from members.models import User
from moderation import trust
from portal.populate.communities import LONG


def long_thread() -> Thread:
    return Thread.objects.filter(last_number__gte=LONG).order_by("pk")[0]


def member() -> User:
    """Somebody who is no longer new there, and runs nothing."""
    rows = (
        Membership.objects.of(_place())
        .current()
        .filter(role="member", user__standing__accepted__gte=trust.TRUSTED_POSTS)
    )
    return rows.select_related("user").order_by("pk")[0].user


def moderator() -> User:
    return Membership.objects.of(_place()).running().select_related("user")[0].user


def closed() -> Community:
    """One whose front everybody sees and whose inside its members."""
    return Community.objects.listed().filter(access="request").order_by("pk")[0]


def path_of(row: Community | Thread) -> str:
    with override("en"):
        return row.get_absolute_url()


def _place() -> Community:
    place: Community = long_thread().record
    return place
