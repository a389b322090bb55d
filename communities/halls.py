"""The hall of a community: what stands around each of its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discussions.hall import Hall

if TYPE_CHECKING:
    from communities.doors import Door


def hall_of(door: Door, tab: str = "discussions") -> Hall:
    return Hall(
        place=door.community,
        user=door.user,
        frame="communities/_frame.html",
        can_write=door.can_write,
        can_moderate=door.can_moderate,
        context={"door": door, "community": door.community, "tab": tab},
    )
