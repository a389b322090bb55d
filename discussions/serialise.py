"""A discussion as plain data and in a feed, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from content import addresses
from content.feeds import FeedEntry
from discussions import places

if TYPE_CHECKING:
    from discussions.models import Thread


def as_row(thread: Thread, *, base: str = "") -> dict[str, Any]:
    place = places.of_thread(thread)
    return {
        "id": thread.pk,
        "title": thread.title,
        "title_language": thread.language,
        "url": base + thread.get_absolute_url(),
        "permanent_url": base + addresses.permanent(thread),
        "kind": thread.kind,
        "place": {"name": place.name_of(thread.record), "url": base + place.path_of(thread.record)},
        "replies": thread.reply_count,
        "is_answered": thread.answer_id is not None,
        "created_at": thread.created_at,
        "last_at": thread.last_at,
    }


def entry(thread: Thread, base: str) -> FeedEntry:
    """Its posts are not in it: what is hidden later would stay in readers' programs."""
    return FeedEntry(
        id=base + addresses.permanent(thread),
        url=base + thread.get_absolute_url(),
        title=thread.title,
        language=thread.language,
        updated=thread.last_at,
        published=thread.created_at,
        categories=((thread.kind, str(thread.get_kind_display())),),
    )
