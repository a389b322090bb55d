"""A webinar as plain data, for programs. Times are in UTC; the link of the meeting is nobody's but the registrants'."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse

from content import addresses
from content.translations import languages_of, words

if TYPE_CHECKING:
    from webinars.models import Webinar


def as_row(webinar: Webinar, *, base: str = "") -> dict[str, Any]:
    """What a list says of it; needs no more than `with_card_data` fetches."""
    title = words(webinar, "title")
    return {
        "id": webinar.pk,
        "title": title.text,
        "title_language": title.language,
        "summary": words(webinar, "summary").text,
        "url": base + webinar.get_absolute_url(),
        "permanent_url": base + addresses.permanent(webinar),
        "calendar_url": base + reverse("webinars:calendar", args=[webinar.slug]),
        "starts_at": webinar.starts_at,
        "ends_at": webinar.ends_at,
        "time_zone": webinar.zone,
        "state": webinar.state,
        "languages": webinar.spoken,
        "interpreted_languages": webinar.interpreted,
        "series": words(webinar.series, "title").text if webinar.series else None,
        "organisations": [words(one, "name").text for one in webinar.organisations.all()],
        "countries": [country.iso2 for country in webinar.countries.all()],
        "topics": [topic.slug for topic in webinar.topics.all()],
    }


def as_data(webinar: Webinar, *, base: str = "") -> dict[str, Any]:
    """All that its page says; needs `with_detail_data`, and its terms."""
    return as_row(webinar, base=base) | {
        "titles": {code: getattr(webinar, f"title_{code}") for code in languages_of(webinar, "title")},
        "about": words(webinar, "about").text,
        "regions": [region.slug for region in webinar.regions.all()],
        "panel": [
            {"name": str(one), "role": one.role, "affiliation": one.affiliation} for one in webinar.panellists.all()
        ],
        "capacity": webinar.capacity,
        "cancelled_reason": webinar.cancelled_reason or None,
        "published_at": webinar.published_at,
        "updated_at": webinar.updated_at,
    }
