"""An event as plain data, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from content import addresses
from content.translations import languages_of, words

if TYPE_CHECKING:
    from agenda.models import Event


def as_row(event: Event, *, base: str = "") -> dict[str, Any]:
    """What a list says of it; needs no more than `with_card_data` fetches."""
    title = words(event, "title")
    return {
        "id": event.pk,
        "title": title.text,
        "title_language": title.language,
        "summary": words(event, "summary").text,
        "url": base + event.get_absolute_url(),
        "permanent_url": base + addresses.permanent(event),
        "kind": event.kind,
        "starts_at": event.starts_at,
        "ends_at": event.ends_at,
        "zone": event.zone,
        "whole_days": event.whole_days,
        "is_over": event.is_over,
        "place": event.place or None,
        "languages": event.languages,
        "organisations": [words(one, "name").text for one in event.organisations.all()],
        "topics": [topic.slug for topic in event.topics.all()],
        "countries": [country.iso2 for country in event.countries.all()],
    }


def as_data(event: Event, *, base: str = "") -> dict[str, Any]:
    """All that its page says; needs `with_detail_data`."""
    return as_row(event, base=base) | {
        "original_language": event.original_language,
        "titles": {code: getattr(event, f"title_{code}") for code in languages_of(event, "title")},
        "texts": {code: getattr(event, f"body_{code}") for code in languages_of(event, "body")},  # Markdown
        "others": event.others or None,
        "link": event.link or None,
        "streams": [{"language": one.language, "url": one.url} for one in event.streams.all()],
        "programme": [
            {
                "starts_at": one.starts_at,
                "ends_at": one.ends_at,
                "title": words(one, "title").text,
                "people": one.people,
            }
            for one in event.sessions.all()
        ],
        "regions": [region.slug for region in event.regions.all()],
        "tags": [tag.name for tag in event.tags.all()],
        "updated_at": event.updated_at,
    }
