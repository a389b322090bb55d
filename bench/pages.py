"""Processor time and queries of pages, with the portal's own middleware, in this process."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.core.cache import cache, caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.clock import Job, cpu_side_by_side
from bench.searching import forget_counts
from bench.wsgi import HELLO, LIST, Visitor
from members.models import User
from publications.models import Publication
from search import services
from search.query import Query


def measure(*, quick: bool) -> dict[str, float]:
    visitor = Visitor()
    ask = visitor.get
    kept_for = settings.PAGE_CACHE_SECONDS
    settings.PAGE_CACHE_SECONDS = 0
    rounds = 8 if quick else 40
    jobs = {"cold": partial(ask, LIST), "warm": partial(ask, LIST), "hello": partial(ask, HELLO)}
    jobs["signed_in"] = partial(ask, LIST, HTTP_COOKIE=signed_in())
    numbers = cpu_side_by_side(jobs, rounds=rounds, before={"cold": forget})
    numbers |= queries(visitor)
    settings.PAGE_CACHE_SECONDS = kept_for
    return numbers | kept(visitor, rounds)


def signed_in(member: User | None = None) -> str:
    """The cookie of a member's session; of one who is in nothing, unless said otherwise."""
    if member is None:
        member, _ = User.objects.get_or_create(email="bench@bench.example", defaults={"display_name": "Bench"})
    client = Client()
    client.force_login(member)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def forget() -> None:
    """Nothing rendered is left, and no answer of the search engine."""
    caches["cards"].clear()
    forget_counts()


def kept(visitor: Visitor, rounds: int) -> dict[str, float]:
    """A page that is kept, and one that the browser has already."""
    cache.clear()
    visitor.get(LIST)
    tag = visitor.get(LIST).headers["etag"]
    jobs = {"kept": partial(visitor.get, LIST), "unchanged": partial(visitor.get, LIST, HTTP_IF_NONE_MATCH=tag)}
    assert jobs["unchanged"]().status == 304
    return cpu_side_by_side(jobs, rounds=rounds)


def queries(visitor: Visitor) -> dict[str, float]:
    """The most that a list and a detail page ask the database, and whether that grows with what they show."""
    lonely = f"{LIST}?{_facet_of_one()}"
    lists = [count_queries(visitor, LIST), count_queries(visitor, lonely)]
    records = Publication.objects.published().order_by("pk").values_list("slug", flat=True)
    details = [count_queries(visitor, f"{LIST}{slug}/") for slug in (*records[:3], *records.reverse()[:3])]
    return {
        "list_queries": max(lists),
        "list_queries_grow": lists[0] - lists[1],
        "detail_queries": max(details),
        "detail_queries_grow": max(details) - min(details),
    }


def _facet_of_one() -> str:
    """A filter that leaves one publication."""
    for facet in ("org", "tag", "topic", "country"):
        counts = services.facet_values(Query(kind="publication"), facet)
        for value, count in counts:
            if count == 1:
                return f"{facet}={value}"
    raise RuntimeError("No value of a facet leaves one record.")


def count_queries(visitor: Visitor, address: str, *, before: Job | None = None, **headers: str) -> int:
    """Of a page with nothing kept, for a reader whose visit is counted already."""
    visitor.get(address, **headers)
    (before or forget)()
    with CaptureQueriesContext(connection) as captured:
        answer = visitor.get(address, **headers)
    assert answer.status == 200, address
    return len(captured)
