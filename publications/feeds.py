"""A publication in a feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from content import addresses
from content.feeds import Enclosure, FeedEntry
from content.translations import words
from publications.citations import organisation_names
from publications.serialise import current_files

if TYPE_CHECKING:
    from publications.models import Publication


def entry(publication: Publication, base: str) -> FeedEntry:
    title = words(publication, "title")
    return FeedEntry(
        id=base + addresses.permanent(publication),
        url=base + publication.get_absolute_url(),
        title=title.text,
        language=title.language,
        updated=publication.updated_at,
        published=publication.published_at,
        authors=tuple(organisation_names(publication, title.language)),
        summary=words(publication, "abstract", title.language).text,
        categories=((publication.type.slug, words(publication.type, "label").text),),
        enclosures=tuple(
            Enclosure(base + stored.get_absolute_url(), stored.media_type, stored.size, stored.language)
            for stored in current_files(publication)
        ),
    )
