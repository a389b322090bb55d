"""Who is in a community, as one reader may see them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Case, Q, Value, When

from communities.models import Membership
from people.models import Profile
from people.querysets import apart_from

if TYPE_CHECKING:
    from communities.doors import Door
    from communities.querysets import MembershipQuerySet

Role = Membership.Role
FIRST = Case(When(role=Role.ADMIN, then=Value(0)), When(role=Role.FACILITATOR, then=Value(1)), default=Value(2))


@dataclass(frozen=True)
class Person:
    row: Membership
    name: str
    url: str  # of their profile, where this reader may open it
    is_reader: bool = False


def members_for(door: Door) -> MembershipQuerySet:
    """Whoever runs it first, then the newest. Those who chose to stand in no list are counted, not named, unless they
    run it; two who keep apart do not see each other. Its administrators see everybody."""
    rows = Membership.objects.current().filter(community=door.community, user__is_active=True)
    rows = rows.select_related("user").order_by(FIRST, "-joined_at", "-pk")
    if door.can_administer:
        return rows
    runs = Q(role__in=(Role.ADMIN, Role.FACILITATOR))
    unlisted = Profile.objects.filter(listing=Profile.Listing.NOBODY).values("user")
    shown = rows.filter(runs | ~Q(user__in=unlisted) | Q(user=door.user.pk))
    return shown.exclude(apart_from(door.user)) if door.user.is_authenticated else shown


def people_of(rows: Iterable[Membership], door: Door) -> list[Person]:
    """With links to the profiles that this reader may open: one query whatever the number."""
    rows = list(rows)
    visible = Profile.objects.visible_to(door.user).filter(user__in=[row.user_id for row in rows])
    urls = {one.user_id: one.get_absolute_url() for one in visible}
    return [
        Person(row, str(row.user), urls.get(row.user_id, ""), is_reader=row.user_id == door.user.pk) for row in rows
    ]


def shown(door: Door) -> dict[str, Any]:
    """Who runs it, by name. Visitors read the names of those whom everybody finds, members all of them."""
    rows = Membership.objects.running().filter(community=door.community, user__is_active=True).select_related("user")
    if door.user.is_authenticated:
        rows = rows.exclude(apart_from(door.user))
    people = people_of(rows, door)
    return {"runners": [one for one in people if one.url or door.membership or door.can_administer]}
