"""Pages of a webinar, of a series of five hundred and of a registration, as visitors and members get them."""

from __future__ import annotations

from functools import partial

from django.conf import settings

from bench.clock import cpu_side_by_side
from bench.pages import count_queries, signed_in
from bench.wsgi import HELLO, Visitor
from portal.populate.webinars import FULL, LONG_SERIES

WEBINAR = f"/en/learn/webinars/{FULL}/"
PAGES = {
    "webinar": WEBINAR,
    "series": f"/en/learn/series/{LONG_SERIES}/",
    "registration": f"{WEBINAR}register/",
    "webinars": "/en/learn/webinars/",
}


def measure(*, quick: bool) -> dict[str, float]:
    visitor = Visitor()
    settings.PAGE_CACHE_SECONDS = 0
    member = {"HTTP_COOKIE": signed_in()}
    jobs = {"hello": partial(visitor.get, HELLO)}
    for name, address in PAGES.items():
        jobs |= {name: partial(visitor.get, address), f"{name}_member": partial(visitor.get, address, **member)}
    assert {name: job().status for name, job in jobs.items()} == dict.fromkeys(jobs, 200)
    numbers = cpu_side_by_side(jobs, rounds=8 if quick else 40)
    numbers["visitor_queries"] = max(count_queries(visitor, one) for one in PAGES.values())
    signed_in_queries = {name: count_queries(visitor, one, **member) for name, one in PAGES.items()}
    numbers["own_queries"] = signed_in_queries.pop("webinar")
    numbers["member_queries"] = max(signed_in_queries.values())
    return numbers
