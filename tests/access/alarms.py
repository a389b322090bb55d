"""Everything that looks at the house for what is not as it should be, in probes, and which of them runs which code.

A check that is taken out is looked for by the probes that run what it was part of: no other can tell the difference.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice

import pytest
from django.core.cache import cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.db import transaction
from django.test import Client

from content.services import about
from content.sitemaps import RECORDS
from notifications import following
from notifications.models import Announcement, Notice
from publications import correcting, uploading
from tests.access import TABLE, canaries
from tests.access.holding import harm_done
from tests.access.probes import PARTS, routes, seen_outside, surprises, surprises_by_sending
from tests.access.removing import Site
from tests.access.rows import PAGE
from tests.private import rest_of_details
from tests.services import empty
from tests.world import LONG_AGO, World, mark
from tests.world import clients as readers

ROLES = ("visitor", "member", "other_member", "blocked", "staff")
VIEWS = {name: pattern.callback.__module__ for name, pattern in routes()}  # the module of each address's view
Probe = Callable[[], Iterable[str]]


def probes(world: World, clients: dict[str, Client], undisturbed: dict[str, bytes]) -> dict[str, Probe]:
    found: dict[str, Probe] = {}
    for name, row in TABLE.items():
        if row.answers is not PAGE:
            found[f"{name} read"] = partial(surprises, row, world, clients, roles=ROLES, methods=("get",))
        found[f"{name} sent by another"] = partial(harm_done, name, world, clients)
        found[f"{name} sent"] = partial(surprises_by_sending, name, world, clients, roles=ROLES)
    found["drafts"] = partial(sent_without_waiting, world)
    found["followers"] = partial(told_too_early, world)
    for role in ("member", "other_member", "blocked", "staff"):
        found[f"words as {role}"] = partial(private_words, role, world, clients[role])
        found[f"links as {role}"] = partial(closed_doors, world, clients[role])
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


def closed_doors(world: World, client: Client) -> Iterator[str]:
    """Links on the pages of somebody's own that lead them to a refusal."""
    tried: set[str] = set()
    for address in canaries.own_pages(world):
        for link in canaries.links(address, canaries.shown(client, address).partition("<main")[2]):
            if link not in tried and (status := client.get(link).status_code) in (403, 404):
                yield f"{address} leads to {link}, which answers {status}"
            tried.add(link)


def told_too_early(world: World) -> Iterator[str]:
    """A follower who hears of a record that is not public."""
    hidden, follower = world.publications["draft"], world.people["other_member"]
    with transaction.atomic():
        following.follow(user=follower, what=world.countries[0])
        Announcement.objects.create(due_at=LONG_AGO, **about(hidden))
        following.tell_due()
        told = Notice.objects.filter(user=follower, occasion__startswith="new:").exists()
        transaction.set_rollback(True)
    if told:
        yield "followers are told of what is not public"


def changed(address: str, as_it_was: bytes) -> Iterator[str]:
    if seen_outside([address])[address] != as_it_was:
        yield f"{address} shows something else"


def outside(world: World) -> list[str]:
    """One page of each kind: what shows many records, and the doors of the hidden ones."""
    lists = ["/en/", "/en/search/", "/en/search/?q=cash", "/en/connect/members/"]
    lists += ["/en/discover/publications/", "/en/discover/stakeholders/"]
    feeds = ["/en/discover/publications/feed/", "/en/discover/stakeholders/feed/", "/en/search/?format=json"]
    maps = ["/sitemap.xml", f"/sitemap-publication-{100_000 // RECORDS}.xml", "/sitemap-organisation-0.xml"]
    terms = ["/en/discover/topics/", "/en/discover/topics/cash-transfers/", "/en/discover/countries/kenya/"]
    values = [f"/en/discover/publications/values/{facet}/" for facet in ("tag", "series", "country", "org")]
    shown = (world.publications["published"], world.organisations["published"], world.profiles["everyone"])
    records = [one.get_absolute_url() for one in shown]
    words = [mark("draft", part) for part in (*PARTS, "name")]
    rest = ["/en/styleguide/", "/en/no/cash/transfers/", *(f"/en/search/?q={word}" for word in words)]
    return [*lists, *feeds, *maps, *terms, *values, *records, *rest]


class Watch:
    """Runs probes: in the house as it is, listening for what each runs, and with one check taken out."""

    def __init__(self, world: World, undisturbed: dict[str, bytes], sites: Iterable[Site]) -> None:
        self.probes = probes(world, readers(world), undisturbed)
        self.places = {site.place: site for site in sites}
        self._heard: dict[str, set[str]] = {}

    def heard(self, name: str) -> set[str]:
        """The places that a probe runs. It must find nothing: an alarm that rings anyhow says nothing of a check."""
        if name not in self._heard:
            running: set[str] = set()
            with pytest.MonkeyPatch.context() as patch:
                for place, site in self.places.items():
                    site.listen(patch, partial(running.add, place))
                problems = self.run(name)
            assert not problems, "\n".join(problems)
            self._heard[name] = running
        return self._heard[name]

    def run(self, name: str) -> list[str]:
        forget()  # what is kept runs no code
        cache.set("worker-heartbeat", "beats")
        return list(islice(self.probes[name](), 1))

    def alarm(self, site: Site) -> str:
        """The first thing that is not as it should be without a check, looked for where it was asked before."""
        return next((said for name in self._near(site) if (said := self._without(site, name))), "")

    def _without(self, site: Site, name: str) -> str:
        if site.place not in self.heard(name):
            return ""
        with pytest.MonkeyPatch.context() as patch:
            site.remove(patch)
            return self.ring([name])

    def ring(self, names: Iterable[str]) -> str:
        """The first thing that is not as it should be now."""
        try:
            return next((problem for name in names for problem in self.run(name)), "")
        except Exception as error:  # a page that breaks opens no door, and is noticed
            return repr(error)

    def _near(self, site: Site) -> list[str]:
        """Addresses whose view's module knows it, or is of its app, then the rest by what they cost."""
        called = site.name.rpartition(".")[2]

        def far(name: str) -> int:
            address = name.partition(" ")[0]
            if module := VIEWS.get(address):
                knows = module in site.name or hasattr(sys.modules[module], called)
                return 0 if knows else 1 if module.startswith(f"{site.app}.") else 4
            return 3 if " " in name else 2

        return sorted(self.probes, key=far)


def forget() -> None:
    for one in caches.all():
        if not isinstance(one, DatabaseCache):
            empty(one)
