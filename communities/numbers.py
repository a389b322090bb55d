"""How many people and discussions a community has, remembered until something happens there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count

from communities.models import Community, Membership
from content import caching
from discussions.models import Thread
from moderation.models import Case

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from members.models import User

KIND = "community"  # what a community says of itself, and whether it is active
LIFE = "community_life"  # who is in it, what was written: moves on far more often


@dataclass(frozen=True)
class Numbers:
    members: int
    discussions: int


def numbers_of(pks: Sequence[int]) -> dict[int, Numbers]:
    """Of many communities, in two queries."""
    inside = Membership.objects.current().filter(community__in=pks).order_by().values_list("community")
    members = dict(inside.annotate(number=Count("pk")))
    kind = ContentType.objects.get_for_model(Community)
    shown = Thread.objects.filter(content_type=kind, object_id__in=pks, state="shown").order_by()
    threads = dict(shown.values_list("object_id").annotate(number=Count("pk")))
    return {pk: Numbers(members.get(pk, 0), threads.get(pk, 0)) for pk in pks}


def numbers(community: Community) -> Numbers:
    return caching.remember(f"community-numbers:{community.pk}", lambda: numbers_of([community.pk])[community.pk], LIFE)


def members(community: Community, user: User | AnonymousUser) -> int:
    return numbers(community).members


def discussions(community: Community, user: User | AnonymousUser) -> int:
    return numbers(community).discussions


def waiting(community: Community, user: User | AnonymousUser) -> int:
    """What waits for its moderators. Asked anew: it is theirs to see at once."""
    return Case.objects.in_scope(community).waiting().count()
