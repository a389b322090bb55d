"""A community in a feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content import addresses
from content.feeds import FeedEntry
from content.translations import words

if TYPE_CHECKING:
    from communities.models import Community


def entry(community: Community, base: str) -> FeedEntry:
    name = words(community, "name")
    return FeedEntry(
        id=base + addresses.permanent(community),
        url=base + community.get_absolute_url(),
        title=name.text,
        language=name.language,
        updated=community.updated_at,
        published=community.published_at,
        summary=words(community, "purpose", name.language).text,
    )
