"""Facet search through our own service, one reader asking after the other."""

from __future__ import annotations

from bench.clock import percentile, seconds
from bench.questions import questions
from publications.lists import PUBLICATIONS
from search import engines, services
from search.indexes import shelves


def measure(*, quick: bool) -> dict[str, float]:
    asked = questions(PUBLICATIONS.facets)
    for query in asked:  # the files of the index come into memory
        services.search(query)
    taken = []
    for _ in range(2 if quick else 8):
        forget_counts()  # an answer remembered is no search
        taken += [seconds(lambda query=query: services.search(query)) for query in asked]
    return {"questions": len(asked), "p50": percentile(taken, 0.5), "p95": percentile(taken, 0.95)}


def forget_counts() -> None:
    """Have the engine count anew, as after a change of the index."""
    for shelf in shelves():
        engines.reader(shelf)[1]._view._kept.clear()
