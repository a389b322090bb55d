"""The tabs that every community has. Documents and shelf sign up theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from communities import numbers, tabs
from communities.tabs import Tab

if TYPE_CHECKING:
    from communities.doors import Door


def _may_meet_members(door: Door) -> bool:
    """Who is here is told to members alone; whoever can join is led to it, and nobody else is shown the way."""
    return door.is_inside and (door.way_in not in ("", "archived") or door.can_administer)


def sign_up() -> None:
    tabs.register(
        Tab("discussions", _("Discussions"), 10, "communities:detail", numbers.discussions, lambda door: door.is_inside)
    )
    tabs.register(Tab("members", _("Members"), 40, "communities:members", numbers.members, _may_meet_members))
    tabs.register(Tab("about", _("About"), 50, "communities:about", lambda community, user: None, lambda door: True))
