"""How many people and discussions a community has, remembered until something happens there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, QuerySet, Subquery
from django.db.models.functions import Coalesce

from communities.models import Community, Document, Membership, ShelfItem
from content import caching, registry
from discussions.models import Thread
from moderation.models import Case

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from members.models import User

KIND = "community"  # what a community says of itself, and whether it is active
LIFE = "community_life"  # who is in it, what was written: moves on far more often
RUN = "community_run"  # who runs one: asked on every page of somebody signed in


@dataclass(frozen=True)
class Numbers:
    members: int
    discussions: int


@dataclass(frozen=True)
class Inside(Numbers):
    """What the tabs of one community say."""

    documents: int
    shelf: int


def numbers_of(pks: Sequence[int]) -> dict[int, Numbers]:
    """Of many communities, in two queries."""
    inside = Membership.objects.current().filter(community__in=pks).order_by().values_list("community")
    members = dict(inside.annotate(number=Count("pk")))
    kind = ContentType.objects.get_for_model(Community)
    shown = Thread.objects.filter(content_type=kind, object_id__in=pks, state="shown").order_by()
    threads = dict(shown.values_list("object_id").annotate(number=Count("pk")))
    return {pk: Numbers(members.get(pk, 0), threads.get(pk, 0)) for pk in pks}


def numbers(community: Community) -> Inside:
    """Asked for each tab, looked up once for a page. What stands on its shelf follows the records it recommends."""
    known: Inside | None = community.__dict__.get("_numbers")
    if known is None:
        kinds = (LIFE, *(kind.key for kind in registry.all_types()))
        known = caching.remember(f"community-numbers:{community.pk}", lambda: _count(community), *kinds)
        community.__dict__["_numbers"] = known
    return known


def _count(community: Community) -> Inside:
    """In one query."""
    kind = ContentType.objects.get_for_model(Community)
    counted = (
        _number(Membership.objects.current().of(community), "community"),
        _number(Thread.objects.filter(content_type=kind, object_id=community.pk, state="shown"), "object_id"),
        _number(Document.objects.filter(community=community, removed_at=None), "community"),
        _number(ShelfItem.objects.filter(community=community).shown(), "community"),
    )
    return Inside(*Community.objects.filter(pk=community.pk).values_list(*counted).get())


def _number(rows: QuerySet, column: str) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values(column).annotate(number=Count("pk")).values("number")), 0)


def members(community: Community, user: User | AnonymousUser) -> int:
    return numbers(community).members


def discussions(community: Community, user: User | AnonymousUser) -> int:
    return numbers(community).discussions


def documents(community: Community, user: User | AnonymousUser) -> int:
    return numbers(community).documents


def shelf(community: Community, user: User | AnonymousUser) -> int:
    return numbers(community).shelf


def waiting(community: Community, user: User | AnonymousUser) -> int:
    """What waits for its moderators. Asked anew: it is theirs to see at once."""
    return Case.objects.in_scope(community).waiting().count()
