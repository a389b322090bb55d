"""Pages of the members' directory as visitors and members get them, nothing kept: each counts and renders anew."""

from __future__ import annotations

from functools import partial
from itertools import product

from django.conf import settings

from bench.clock import percentile, seconds
from bench.pages import forget, signed_in
from bench.wsgi import Visitor
from people.directory import INSIDE, KIND
from search import engines

PATH = "/en/connect/members/"
WORDS = ("", "q=m", "q=fatou", "q=j+s")
FILTERS = ("", "country=BR", "country=KE&country=UG&lang=en", "topic=social-assistance", "lang=en", "type=government")
MORE = ("sort=newest", "experience=KE", "page=20", "page=80", "lang=fr&sort=newest&page=5")


def measure(*, quick: bool) -> dict[str, float]:
    visitor = Visitor()
    settings.PAGE_CACHE_SECONDS = 0
    addresses = [f"{PATH}?{'&'.join(filter(None, pair))}" for pair in product(WORDS, FILTERS)]
    addresses += [f"{PATH}?{question}" for question in MORE]
    jobs = [
        partial(visitor.get, address, **headers)
        for address in addresses
        for headers in ({}, {"HTTP_COOKIE": signed_in()})
    ]
    for job in jobs:  # the files of the index come into memory
        job()
    taken = []
    for _ in range(1 if quick else 4):
        for job in jobs:
            forget()
            taken.append(seconds(job))
    return {
        "p50": percentile(taken, 0.5),
        "p95": percentile(taken, 0.95),
        "pages": len(jobs),
        "members": engines.reader(INSIDE)[1].size(),
        "public": engines.reader(KIND)[1].size(),
    }
