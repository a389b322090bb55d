"""Facet search through our own service, one reader asking after the other."""

from __future__ import annotations

from bench.clock import percentile, seconds
from bench.questions import questions
from publications.lists import PUBLICATIONS
from search import services


def measure(*, quick: bool) -> dict[str, float]:
    asked = questions(PUBLICATIONS.facets)
    for query in asked:  # the files of the index come into memory
        services.search(query)
    taken = []
    for _ in range(2 if quick else 8):
        getattr(services, "forget", bool)()  # an answer remembered is no search
        taken += [seconds(lambda query=query: services.search(query)) for query in asked]
    return {"p50": percentile(taken, 0.5), "p95": percentile(taken, 0.95)}
