"""A mix of what readers ask: words in three languages, filters, both, none. The same for every engine and scale."""

from __future__ import annotations

from itertools import product

from search.query import Query

WORDS = (
    "cash transfers",
    "women",
    "transferts monétaires",
    "pensiones",
    "social protection evaluation",
    "protection sociale",
    "niñez",
    "",
)
FILTERS: tuple[dict[str, tuple[str, ...]], ...] = (
    {},
    {"country": ("BR",)},
    {"country": ("KE", "UG"), "lang": ("en",)},
    {"type": ("report",), "lang": ("fr",)},
    {"region": ("sub-saharan-africa",)},
)


def questions(facets: tuple[str, ...]) -> list[Query]:
    return [
        Query(text=text, kind="publication", filters=filters, facets=facets, sort="best" if text else "newest")
        for text, filters in product(WORDS, FILTERS)
    ]
