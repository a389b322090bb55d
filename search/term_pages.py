"""What a term, a country, a region or a goal gathers: newest records of every type, and how many there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from content import registry
from content.cards import kept_cards
from search import services
from search.query import Query
from search.selection import Selection

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from taxonomy.models import Topic

NEWEST = 5


@dataclass(frozen=True)
class Shelf:
    """The newest records of one type that carry a value, and the address of them all."""

    content_type: registry.ContentType
    count: int
    cards: tuple[SafeString, ...]
    url: str


def shelves(facet: str, value: str, *, size: int = NEWEST) -> list[Shelf]:
    """One shelf for each type that has something; its count is the count of the list it leads to."""
    found = []
    for content_type in registry.all_types():
        query = Query(
            kind=content_type.key,
            filters={facet: (value,)},
            sort="newest",
            size=size,
            language=get_language() or "en",
        )
        results = services.search(query)
        pks = [hit.pk for hit in results.hits]
        cards = kept_cards(content_type.key, pks)
        if results.count:
            found.append(
                Shelf(
                    content_type,
                    results.count,
                    tuple(cards[pk] for pk in pks if pk in cards),
                    Selection(filters={facet: (value,)}).address(content_type.list_url),
                )
            )
    return found


def counts(facet: str) -> dict[str, int]:
    """How many records of all types carry each value of a facet."""
    return dict(services.facet_values(Query(language=get_language() or "en"), facet))


@dataclass(frozen=True)
class Branch:
    """A topic of the first level and all that stands under it, each with its count."""

    topic: Topic
    count: int
    below: tuple[tuple[Topic, int], ...]


def branches(topics: Iterable[Topic], numbers: dict[str, int]) -> list[Branch]:
    """A tree in reading order as branches of the first level."""
    found: list[tuple[Topic, list[tuple[Topic, int]]]] = []
    for topic in topics:
        if topic.depth == 1:
            found.append((topic, []))
        else:
            found[-1][1].append((topic, numbers.get(topic.slug, 0)))
    return [Branch(topic, numbers.get(topic.slug, 0), tuple(below)) for topic, below in found]
