"""An organisation as plain data, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from content import addresses
from content.translations import words

if TYPE_CHECKING:
    from stakeholders.models import Organisation


def as_row(organisation: Organisation, *, base: str = "") -> dict[str, Any]:
    """What a list says of it; needs no more than `with_card_data` fetches."""
    name = words(organisation, "name")
    return {
        "id": organisation.pk,
        "title": name.text,
        "title_language": name.language,
        "acronym": words(organisation, "acronym").text or None,
        "url": base + organisation.get_absolute_url(),
        "permanent_url": base + addresses.permanent(organisation),
        "type": organisation.type,
        "country": organisation.country.iso2 if organisation.country else None,
        "regional_focus": [region.slug for region in organisation.focus.all()],
        "website": organisation.website or None,
        "ror": organisation.ror or None,
    }
