"""The frame that a place puts around its discussions: a community its head and tabs, a post of the blog itself.

Views of the place know who may enter and hand over a hall; `discussions.pages` draws inside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import Model

    from members.models import User


@dataclass(frozen=True)
class Hall:
    place: Model
    user: User | AnonymousUser
    frame: str  # template that pages of discussions extend; it has a block `hall`
    can_write: bool  # now, here, by this reader
    can_moderate: bool
    context: Mapping[str, Any] = field(default_factory=dict)  # what the frame needs
