"""Pages of a community and of a discussion of ten thousand posts, as visitors, members and moderators get them."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.db.models import QuerySet

from bench import places
from bench.clock import cpu_side_by_side
from bench.pages import count_queries, forget, signed_in
from bench.wsgi import HELLO, Visitor
from communities.numbers import LIFE
from content import caching
from discussions import services as discussions
from discussions.models import PAGE_SIZE, Reading
from portal.populate.communities import LONG


def measure(*, quick: bool) -> dict[str, float]:
    visitor = Visitor()
    settings.PAGE_CACHE_SECONDS = 0
    member = {"HTTP_COOKIE": signed_in(places.member())}
    thread = places.long_thread()
    community, middle = places.path_of(thread.record), f"{places.path_of(thread)}?page={LONG // PAGE_SIZE // 2}"
    jobs = {"hello": partial(visitor.get, HELLO)}
    for name, address in (("community", community), ("thread", middle)):
        jobs |= {name: partial(visitor.get, address), f"{name}_member": partial(visitor.get, address, **member)}
    assert all(job().status == 200 for job in jobs.values())
    return cpu_side_by_side(jobs, rounds=8 if quick else 40) | _queries(visitor)


def _queries(visitor: Visitor) -> dict[str, float]:
    """The most that any of these pages asks the database."""
    thread = places.long_thread()
    addresses = [places.path_of(thread.record), places.path_of(places.closed())]
    addresses += [f"{places.path_of(thread)}?page={page}" for page in (1, LONG // PAGE_SIZE // 2, LONG // PAGE_SIZE)]
    readers = {"visitor": None, "member": places.member(), "moderator": places.moderator()}
    found: dict[str, float] = {}
    for name, reader in readers.items():
        headers = {"HTTP_COOKIE": signed_in(reader)} if reader else {}
        before = partial(_forget, Reading.objects.filter(user=reader, thread=thread))
        found[f"{name}_queries"] = max(count_queries(visitor, one, before=before, **headers) for one in addresses)
    return found


def _forget(readings: QuerySet) -> None:
    """As after somebody wrote there: numbers are counted and rows rendered anew; the reader has seen nothing of it."""
    caching.bump(LIFE, discussions.KIND, discussions.NUMBER)
    forget()
    readings.update(read_to=0)
