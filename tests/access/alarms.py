"""Everything that looks at the house for what is not as it should be, in probes, and which of them runs which code.

A check that is taken out is looked for by the probes that run what it was part of: no other can tell the difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

import pytest
from django.core.cache import cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.db import transaction
from django.test import Client

from content.sitemaps import RECORDS
from publications import correcting, uploading
from tests.access import TABLE, canaries
from tests.access.probes import PARTS, routes, seen_outside, surprises, surprises_by_sending
from tests.access.removing import Site
from tests.access.rows import PAGE
from tests.private import rest_of_details
from tests.services import empty
from tests.world import World, mark
from tests.world import clients as readers

ROLES = ("visitor", "member", "other_member", "blocked", "staff")
VIEWS = {name: pattern.callback.__module__.partition(".")[0] for name, pattern in routes()}
Probe = Callable[[], Iterable[str]]


def probes(world: World, clients: dict[str, Client], undisturbed: dict[str, bytes]) -> dict[str, Probe]:
    found: dict[str, Probe] = {}
    for name, row in TABLE.items():
        if row.answers is not PAGE:
            found[f"{name} read"] = partial(surprises, row, world, clients, roles=ROLES, methods=("get",))
        found[f"{name} sent"] = partial(surprises_by_sending, name, world, clients, roles=ROLES)
    found["drafts"] = partial(sent_without_waiting, world)
    for role in ("other_member", "blocked", "staff"):
        found[f"words as {role}"] = partial(private_words, role, world, clients[role])
    return found | {address: partial(changed, address, as_it_was) for address, as_it_was in undisturbed.items()}


def sent_without_waiting(world: World) -> Iterator[str]:
    """A member's publication, and their correction of another, that are public at once."""
    member = world.people["member"]
    with transaction.atomic():
        sent = uploading.send_draft(draft=world.private.draft, by=member)
        correction = correcting.revise(publication=world.media["link"], by=member)
        correction.data |= rest_of_details(world) | {"title": ["Corrected"], "note": ["A word was wrong."]}
        correction.save()
        corrected = uploading.send_draft(draft=correction, by=member)
        transaction.set_rollback(True)
    if sent.is_published or sent.provenance != "member":
        yield f"published at once, as {sent.provenance}"
    if corrected.title_en == "Corrected":
        yield "corrected at once"


def private_words(role: str, world: World, client: Client) -> Iterator[str]:
    words = canaries.forbidden(role, world)
    for address in canaries.own_pages(world):
        yield from canaries.met({address: canaries.shown(client, address)}, words)


def changed(address: str, as_it_was: bytes) -> Iterator[str]:
    if seen_outside([address])[address] != as_it_was:
        yield f"{address} shows something else"


def outside(world: World) -> list[str]:
    """One page of each kind: what shows many records, and the doors of the hidden ones."""
    lists = ["/en/", "/en/search/", "/en/search/?q=cash", "/en/discover/publications/", "/en/discover/stakeholders/"]
    feeds = ["/en/discover/publications/feed/", "/en/discover/stakeholders/feed/", "/en/search/?format=json"]
    maps = ["/sitemap.xml", f"/sitemap-publication-{100_000 // RECORDS}.xml", "/sitemap-organisation-0.xml"]
    terms = ["/en/discover/topics/", "/en/discover/topics/cash-transfers/", "/en/discover/countries/kenya/"]
    values = [f"/en/discover/publications/values/{facet}/" for facet in ("tag", "series", "country", "org")]
    records = [world.publications["published"].get_absolute_url(), world.organisations["published"].get_absolute_url()]
    rest = ["/en/styleguide/", "/en/no/cash/transfers/", *(f"/en/search/?q={mark('draft', part)}" for part in PARTS)]
    return [*lists, *feeds, *maps, *terms, *values, *records, *rest]


@dataclass
class Walk:
    """What the probes find in the house as it is."""

    problems: list[str] = field(default_factory=list)
    running: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # by place: the probes that run it

    def first_for(self, site: Site, names: Iterable[str]) -> list[str]:
        """The probes that run a place, those of its app first; all, where it runs before there is anything to ask."""
        running = self.running.get(site.place) or names
        return sorted(running, key=lambda name: VIEWS.get(name.partition(" ")[0]) != site.app)


def walk(world: World, undisturbed: dict[str, bytes], sites: Iterable[Site]) -> Walk:
    found, heard = Walk(), set[str]()
    with transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        for place, site in {site.place: site for site in sites}.items():
            site.listen(patch, partial(heard.add, place))
        for name, probe in probes(world, readers(world), undisturbed).items():
            forget()  # what is kept runs no code
            cache.set("worker-heartbeat", "beats")
            heard.clear()
            found.problems += probe()
            for place in heard:
                found.running[place].append(name)
        transaction.set_rollback(True)
    forget()
    return found


def forget() -> None:
    for one in caches.all():
        if not isinstance(one, DatabaseCache):
            empty(one)


def alarm(looking: dict[str, Probe], names: Iterable[str]) -> str:
    """The first thing that is not as it should be."""
    try:
        return next((problem for name in names for problem in looking[name]()), "")
    except Exception as error:  # a page that breaks opens no door, and is noticed
        return repr(error)
