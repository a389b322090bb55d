"""What a member gave, counted on their profile. Content types stand above: they sign up in `apps.py ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet
    from django.utils.functional import _StrPromise

    from content.translations import Words
    from members.models import User


@dataclass(frozen=True)
class Contribution:
    """Public records of one content type under which a member agreed to be named."""

    key: str  # part of the address of the list
    label: _StrPromise
    kind: str  # in content.registry, for the cards
    records: Callable[[User], QuerySet]  # newest first


@dataclass(frozen=True)
class Own:
    """One row of what a member sent in, on their own page."""

    title: Words
    url: str
    state: str
    tone: str
    kicker: str
    sent_at: datetime | None


@dataclass(frozen=True)
class OwnShelf:
    """What a member sent in of a type that stands below the library, with where each of it stands."""

    key: str
    label: _StrPromise
    rows: Callable[[User], list[Own]]  # newest first


_contributions: dict[str, Contribution] = {}
_own: list[OwnShelf] = []


def register(contribution: Contribution) -> None:
    _contributions[contribution.key] = contribution


def every() -> list[Contribution]:
    return list(_contributions.values())


def get(key: str) -> Contribution:
    """Raises KeyError for a key nobody signed up."""
    return _contributions[key]


def register_own(shelf: OwnShelf) -> None:
    _own.append(shelf)


def own_of(user: User) -> list[tuple[OwnShelf, list[Own]]]:
    """Shelves that hold something of theirs."""
    return [(shelf, rows) for shelf in _own if (rows := shelf.rows(user))]
