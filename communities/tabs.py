"""The tabs of a community: discussions, documents and what comes later sign up in `apps.py ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from communities.doors import Door
    from communities.models import Community
    from members.models import User


@dataclass(frozen=True)
class Tab:
    key: str
    label: _StrPromise
    position: int
    url_name: str  # of its page, with the slug of the community
    count: Callable[[Community, User], int | None]
    for_whom: Callable[[Door], bool]


_tabs: dict[str, Tab] = {}


def register(tab: Tab) -> None:
    """Raises ValueError when the key is taken."""
    if tab.key in _tabs:
        raise ValueError(f"The tab {tab.key} is registered already.")
    _tabs[tab.key] = tab


def all_tabs() -> list[Tab]:
    return sorted(_tabs.values(), key=lambda tab: tab.position)
