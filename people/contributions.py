"""What a member gave, counted on their profile. Content types stand above: they sign up in `apps.py ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from members.models import User


@dataclass(frozen=True)
class Contribution:
    """Public records of one content type under which a member agreed to be named."""

    key: str  # part of the address of the list
    label: _StrPromise
    kind: str  # in content.registry, for the cards
    records: Callable[[User], QuerySet]  # newest first


_contributions: dict[str, Contribution] = {}


def register(contribution: Contribution) -> None:
    _contributions[contribution.key] = contribution


def every() -> list[Contribution]:
    return list(_contributions.values())


def get(key: str) -> Contribution:
    """Raises KeyError for a key nobody signed up."""
    return _contributions[key]
