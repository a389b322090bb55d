"""Everything that looks at the house for what is not as it should be, in probes, and which of them runs which code.

A check that is taken out is looked for by the probes that run what it was part of: no other can tell the difference.
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from itertools import islice

import pytest
import time_machine
from django.core.cache import cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.models import Membership
from content.services import about
from content.sitemaps import RECORDS
from discussions import notices, reading
from notifications import following
from notifications.models import Announcement, Letter, Notice
from publications import correcting, uploading
from tests import factories
from tests import world as worlds
from tests.access import TABLE, canaries
from tests.access.holding import harm_done
from tests.access.probes import PARTS, TOKEN, routes, seen_outside, surprises, surprises_by_sending
from tests.access.removing import Site
from tests.access.rows import PAGE
from tests.private import rest_of_details
from tests.services import empty
from tests.world import LONG_AGO, World, mark
from tests.world import clients as readers

ROLES = ("visitor", "member", "other_member", "blocked", "staff")
VIEWS = {name: pattern.callback.__module__ for name, pattern in routes()}  # the module of each address's view
SHARED = ("communities:", "discussions:", "moderation:")  # where each reader is something else
WITHIN = ("member", "other_member", "community_admin")
KEY = re.compile(rb'name="key" value="\w+"')  # of a form that is sent once
Probe = Callable[[], Iterable[str]]


def probes(
    world: World, clients: dict[str, Client], undisturbed: dict[str, bytes], within: dict[str, list[bytes]]
) -> dict[str, Probe]:
    found: dict[str, Probe] = {}
    for name, row in TABLE.items():
        roles = worlds.ROLES if name.startswith(SHARED) else ROLES
        if row.answers is not PAGE:
            found[f"{name} read"] = partial(surprises, row, world, clients, roles=roles, methods=("get",))
        found[f"{name} sent by another"] = partial(harm_done, name, world, clients)
        found[f"{name} sent"] = partial(surprises_by_sending, name, world, clients, roles=roles)
    found["drafts"] = partial(sent_without_waiting, world)
    found["followers"] = partial(told_too_early, world)
    for role in ("member", "other_member", "blocked", "staff"):
        found[f"words as {role}"] = partial(private_words, role, world, clients[role])
        found[f"links as {role}"] = partial(closed_doors, world, clients[role])
    found["joining"] = partial(let_in, world, clients)
    found["letters"] = partial(told_behind_the_door, world)
    for address, seen in within.items():
        found[f"{address} within"] = partial(changed_within, address, seen, clients)
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
    with still():
        now = seen_outside([address])[address]
    if now != as_it_was:
        yield f"{address} shows something else"


def let_in(world: World, clients: dict[str, Client]) -> Iterator[str]:
    """Who comes in at once where one has to ask: whoever was removed, everywhere, and everybody where it is closed."""
    for access, role in (("open", "translator"), ("request", "translator"), ("request", "other_member")):
        community = world.communities[access]
        address = reverse("communities:join", args=[community.slug])
        with transaction.atomic():
            clients[role].post(address, {"conduct": "on", "answer": "Pensions."})
            mine = Membership.objects.filter(community=community, user=world.people[role], state="in")
            came_in = mine.exists()
            transaction.set_rollback(True)
        if came_in:
            yield f"{role} comes into {community.slug} without being asked"


def told_behind_the_door(world: World) -> Iterator[str]:
    """Who hears of what is said in a private community: at the moment of writing, and when the letter leaves."""
    thread, insiders = world.spoken.threads["private"], [world.people[role] for role in ("member", "community_admin")]
    with transaction.atomic():
        before = set(Letter.objects.values_list("pk", flat=True))
        post = factories.post(thread, "What do you say?")
        for role in ("translator", "blocked", "trusted"):
            reading.wish(by=world.people[role], thread=thread, wish="follow")
        notices.tell(post)
        told = Notice.objects.filter(occasion=f"post:{post.pk}").exclude(user__in=insiders)
        letters = Letter.objects.exclude(pk__in=before).exclude(user__in=insiders)
        strangers = told.exists() or letters.exists()
        pairs = {(post.pk, person.pk) for person in world.people.values()}
        may_hear = {user for _pk, user in notices.told_to(pairs)}
        transaction.set_rollback(True)
    if strangers:
        yield "strangers are told of a private post"
    if may_hear - {person.pk for person in insiders}:
        yield "strangers would get a letter that waits"


def changed_within(address: str, seen: list[bytes], clients: dict[str, Client]) -> Iterator[str]:
    for role, now, before in zip(WITHIN, seen_within(address, clients), seen, strict=True):
        if now != before:
            yield f"{address} shows {role} something else"


def seen_within(address: str, clients: dict[str, Client]) -> list[bytes]:
    """A page as each of some readers sees it, who leave no trace."""
    found = []
    forget()
    for role in WITHIN:
        with transaction.atomic(), still():
            clients[role].cookies.pop("messages", None)  # of what was sent in another probe
            response = clients[role].get(address)
            body = b"".join(response) if response.streaming else response.content
            transaction.set_rollback(True)
        found.append(f"{response.status_code}\n".encode() + KEY.sub(b"", TOKEN.sub(b"", body)))
    return found


@functools.cache
def _moment() -> datetime:
    """Of the first look."""
    return timezone.now()


def still() -> time_machine.travel:
    """All looks are taken at the same time: pages say how long ago things were."""
    return time_machine.travel(_moment(), tick=False)


def within(world: World) -> list[str]:
    """Pages on which each reader finds something else."""
    rooms = ("communities:mine", "discussions:list", "communities:list", "moderation:queue", "moderation:log")
    rooms += ("moderation:standing", "notifications:notices", "publications:mine")
    places = [*world.groups.communities.values(), world.communities["open"], world.communities["private"]]
    names = ("detail", "about", "documents", "shelf", "members")
    found = [reverse(f"communities:{name}", args=[place.slug]) for place in places for name in names]
    threads = [world.spoken.threads[state].get_absolute_url() for state in ("open", "private", "hidden", "paused")]
    quoted = f"{threads[0]}reply/?quote={world.spoken.hidden.pk}"  # type: ignore[union-attr]
    cases = [reverse("moderation:case", args=[case.pk]) for case in world.moderated.cases.values()]
    own = [reverse("moderation:decision", args=[case.pk]) for case in world.moderated.cases.values()]
    shelves = [reverse("communities:shelve") + f"?record=p{world.publications['published'].pk}"]
    record = [world.publications["published"].get_absolute_url()]
    return [*map(reverse, rooms), *found, *threads, quoted, *cases, *own, *shelves, *record]


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
    spoken = [world.spoken.threads["open"], world.groups.documents["open"], world.communities["open"]]
    records += [one.get_absolute_url() for one in (*spoken, world.groups.communities["open"])]
    maps += ["/sitemap-community-0.xml", "/sitemap-discussion-0.xml"]
    lists += ["/en/connect/communities/", "/en/connect/discussions/", "/en/connect/communities/feed/"]
    lists += ["/en/connect/discussions/feed/", "/en/connect/communities/open-community/documents/"]
    rest = ["/en/styleguide/", "/en/no/cash/transfers/", *(f"/en/search/?q={word}" for word in words)]
    return [*lists, *feeds, *maps, *terms, *values, *records, *rest]


class Watch:
    """Runs probes: in the house as it is, listening for what each runs, and with one check taken out."""

    def __init__(
        self, world: World, undisturbed: dict[str, bytes], within: dict[str, list[bytes]], sites: Iterable[Site]
    ) -> None:
        self.probes = probes(world, readers(world), undisturbed, within)
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
        with transaction.atomic():  # whoever reads leaves marks, which the next probe would meet
            problems = list(islice(self.probes[name](), 1))
            transaction.set_rollback(True)
        return problems

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
    cache.set("worker-heartbeat", "beats")
