"""An organisation in a feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content import addresses
from content.feeds import FeedEntry
from content.translations import words

if TYPE_CHECKING:
    from stakeholders.models import Organisation


def entry(organisation: Organisation, base: str) -> FeedEntry:
    name = words(organisation, "name")
    return FeedEntry(
        id=base + addresses.permanent(organisation),
        url=base + organisation.get_absolute_url(),
        title=name.text,
        language=name.language,
        updated=organisation.updated_at,
        published=organisation.published_at,
        summary=words(organisation, "description", name.language).text,
    )
