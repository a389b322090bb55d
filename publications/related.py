"""What to read next: what editors linked first, then what shares most terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from content import caching
from content.cards import kept_cards
from search import services

if TYPE_CHECKING:
    from publications.models import Publication

MOST = 4


def related_cards(publication: Publication, linked: Sequence[int]) -> list[SafeString]:
    """Cards of up to four publications, those that editors linked first. Needs its detail data."""
    terms = {
        "topic": [topic.slug for topic in publication.topics.all()],
        "country": [country.iso2 for country in publication.countries.all()],
        "series": [publication.series.slug] if publication.series else [],
        "tag": [tag.slug for tag in publication.tags.all()],
    }
    alike = services.alike(kind="publication", pk=publication.pk, terms=terms, size=2 * MOST)
    pks = list(dict.fromkeys([*linked[:MOST], *alike]))[:MOST]
    cards = kept_cards("publication", pks)
    return [cards[pk] for pk in pks if pk in cards]


def related_shelf(publication: Publication, linked: Sequence[int]) -> SafeString:
    """The cards as one piece, kept until any publication changes: they are the dearest part of a record's page."""
    stamp = "-".join(caching.generations("publication", "organisation", *caching.ALWAYS).values())
    name = f"related:{publication.pk}:{publication.updated_at.timestamp()}:{get_language()}:{stamp}"
    shelf = caches["cards"].get(name)
    if shelf is None:
        shelf = render_to_string("publications/_related.html", {"cards": related_cards(publication, linked)})
        caches["cards"].set(name, shelf)
    return mark_safe(shelf)  # noqa: S308  (our own rendering)
