"""The hall of a community: what stands around each of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from django.urls import reverse

from communities import tabs
from discussions.hall import Hall

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from communities.doors import Door


@dataclass(frozen=True)
class Link:
    label: _StrPromise
    url: str
    is_current: bool
    count: int | None


def hall_of(door: Door, tab: str = "discussions") -> Hall:
    return Hall(
        place=door.community,
        user=door.user,
        frame="communities/_frame.html",
        can_write=door.can_write,
        can_moderate=door.can_moderate,
        context={**frame_of(door, tab), "beside": "communities/_beside.html"},
    )


def frame_of(door: Door, tab: str) -> dict[str, object]:
    """What the frame needs, for pages that are no discussions. Counts are asked when the tabs are drawn."""
    return {
        "door": door,
        "community": door.community,
        "tab": tab,
        "frame": "communities/_frame.html",
        "tabs": partial(links_of, door, tab),
    }


def links_of(door: Door, tab: str) -> list[Link]:
    shown = [one for one in tabs.all_tabs() if one.for_whom(door)]
    return [
        Link(
            one.label,
            reverse(one.url_name, args=[door.community.slug]),
            one.key == tab,
            one.count(door.community, door.user),
        )
        for one in shown
    ]
