"""A community as plain data, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from content import addresses
from content.translations import words

if TYPE_CHECKING:
    from communities.models import Community


def as_row(community: Community, *, base: str = "") -> dict[str, Any]:
    """What a list says of it; needs no more than `with_card_data` fetches."""
    name = words(community, "name")
    return {
        "id": community.pk,
        "title": name.text,
        "title_language": name.language,
        "purpose": words(community, "purpose").text,
        "url": base + community.get_absolute_url(),
        "permanent_url": base + addresses.permanent(community),
        "access": community.access,
        "activity": community.activity,
        "languages": community.languages,
        "topics": [topic.slug for topic in community.topics.all()],
        "countries": [country.iso2 for country in community.countries.all()],
        "regions": [region.slug for region in community.regions.all()],
        "last_activity_at": community.last_activity_at,
    }
