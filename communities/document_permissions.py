"""Who may do what with the documents and the shelf of a community. The door knows who stands before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from communities.doors import Door
    from communities.models import Document, ShelfItem


def can_add(door: Door) -> bool:
    """Members; not while they are paused, and not where nothing is written any more."""
    return door.can_write


def can_change(door: Door, document: Document) -> bool:
    """Who added it, and whoever moderates: rename, move, a new version, remove."""
    return document.removed_at is None and can_add(door) and _is_theirs(door, document)


def can_restore(door: Door, document: Document) -> bool:
    return document.is_restorable and door.can_moderate and can_add(door)


def can_propose(door: Door, document: Document) -> bool:
    return document.removed_at is None and can_add(door)


def can_take_off(door: Door, item: ShelfItem) -> bool:
    """Who put it on the shelf, and whoever moderates."""
    return can_add(door) and _is_theirs(door, item)


def removable(door: Door, items: Iterable[ShelfItem]) -> set[int]:
    """Keys of those that may be taken off, asked for a page of them at once."""
    return {item.pk for item in items if _is_theirs(door, item)} if can_add(door) else set()


def can_arrange_folders(door: Door) -> bool:
    return door.can_moderate and can_add(door)


def _is_theirs(door: Door, row: Document | ShelfItem) -> bool:
    return row.by_id == door.user.pk or door.can_moderate
