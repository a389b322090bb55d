"""The tabs that every community has. Documents and shelf sign up theirs."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from communities import numbers, tabs
from communities.tabs import Tab


def sign_up() -> None:
    tabs.register(
        Tab("discussions", _("Discussions"), 10, "communities:detail", numbers.discussions, lambda door: door.is_inside)
    )
    # Who is here is told to members alone; others are led to join.
    tabs.register(Tab("members", _("Members"), 40, "communities:members", numbers.members, lambda door: door.is_inside))
    tabs.register(Tab("about", _("About"), 50, "communities:about", lambda community, user: None, lambda door: True))
