"""Each permission check is needed: one after another is taken out of the code, and the access table must notice.

`make check` takes one of each kind out of each app; `make mutate-access` takes out every one (docs/access.md).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from haystack import connections

from content import caching
from content import querysets as entries
from content.sitemaps import RECORDS
from files import readers
from publications import uploading
from search import services
from tests.access import TABLE, canaries
from tests.access.probes import PARTS, routes, seen_outside, surprises, surprises_by_sending
from tests.access.removing import Site, sites
from tests.access.rows import PAGE
from tests.services import empty
from tests.world import World, mark

pytestmark = pytest.mark.django_db
ROLES = ("visitor", "member", "other_member", "blocked", "staff")

# A second lock behind another, which alone lets nobody in. Each with the first lock.
SECOND_LOCKS = {
    "publications.files.count_download": "counts; whoever may not read the file never comes here",
    "search.listing.Listing.records": "asks for rows that the index gave; the index holds published records only",
    "portal.desk.find": "asked by editors only, who see everything: keeps unpublished records from being named",
    "portal.desk.by_number": "asked by editors only",
    "search.middleware._newest": "asks kept_cards for cards, which leaves out what is hidden",
    "publications.cards._rows": "reads what kept_cards found to be public",
    "stakeholders.cards.read": "reads what kept_cards found to be public",
    "people.contact_views._page_of": "chooses a link or a bare name; the page behind the link asks again",
    "people.contact_views.message_list": "one's own list: tests/people/test_conversations.py looks into it",
    "people.files.may_read": "no photo in the table: tests/people/test_visibility.py asks for one",
    "people.lists.MemberListing.members": "asks for rows that the index gave; its shelf holds whom the reader finds",
    "people.own_views._organisations": "asks for rows that the index gave; the index holds published records only",
    "people.querysets.ProfileQuerySet.with_shown_data": "no profile of the world names a hidden organisation",
    "people.search_indexes.ProfileIndex.documents": "no profile of the world names a hidden organisation",
    "content.cards.kept_cards": "asks for rows that the index gave; the index holds published records only",
    "content.deciding._hold": "the page asks can_decide first",
    "members.roles.set_roles": "asked by pages of administrators alone: tests/members/test_roles.py",
    "content.querysets.CaseQuerySet.mine": "which of the cases an editor sees anyway are shown first",
    "content.querysets.CaseQuerySet.free_for": "which of the cases an editor sees anyway is opened next",
    "portal.review_views._done": "names a case to an editor, who sees all; undoing asks can_decide",
    "publications.contributions.of owner=user[1]": "visible_to stands before it",
    "publications.contributions.shown_by owner=user[1]": "published records, on the page of somebody's profile",
    "publications.exchange_views.cite Http404[0]": "there is no such format",
    "publications.views.text Http404[1]": "no text could be read from its files",
    "people.views.facet Http404[0]": "there is no such filter",
    "notifications.outbox_views.letter_html Http404[1]": "the letter has no HTML",
    "notifications.hook_views.mail Http404[0]": "no provider is set; tests/notifications/test_hooks.py sets one",
    "notifications.notices.mark_all_read": "one's own notices, by the member who asks",
    "files.views.preview Http404[0]": "the file has no preview",
    "portal.trail_views.restore Http404[0]": "which fields can be brought back: tests/portal/test_trail.py",
    "portal.review_views.case PermissionDenied[0]": "the service that decides asks can_decide again",
    "publications.contributions.asked_of opened_by=user[0]": "only among what followed_by finds to be theirs",
    "members.permissions.is_member": "pages stand behind login_required; a closed account has no session",
    "people.contact_views.write PermissionDenied[0]": "nobody signs in unconfirmed; the service asks again",
    "members.privacy_views.privacy user=request.user[0]": "how far an export is; the file itself asks whose it is",
    **dict.fromkeys(
        (
            *("members.permissions.can_translate", "members.permissions.is_translator"),
            "members.permissions.can_write_as_ambassador",
        ),
        "no page asks it yet: tests/members/test_roles.py",
    ),
}


@pytest.fixture(scope="module")
def undisturbed(world) -> dict[str, bytes]:
    """What a visitor sees of the house as it is."""
    with transaction.atomic():
        seen = seen_outside(outside(world))
        transaction.set_rollback(True)
    empty(cache)
    return seen


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


VIEWS = {name: pattern.callback.__module__.partition(".")[0] for name, pattern in routes()}


def alarm(world: World, clients: dict[str, Client], undisturbed: dict[str, bytes], app: str) -> str:
    """The first thing that is not as it should be, looked for where the check stood before everywhere else."""
    try:
        return next(alarms(world, clients, undisturbed, app), "")
    except Exception as error:  # a page that breaks opens no door, and is noticed
        return repr(error)


def alarms(world: World, clients: dict[str, Client], undisturbed: dict[str, bytes], app: str) -> Iterator[str]:
    for name in sorted(TABLE, key=lambda one: VIEWS[one] != app):
        if TABLE[name].answers is not PAGE:
            yield from surprises(TABLE[name], world, clients, roles=ROLES, methods=("get",))
        yield from surprises_by_sending(name, world, clients, roles=ROLES)
    yield from sent_without_waiting(world)
    for role in ("other_member", "blocked", "staff"):
        pages = {address: canaries.shown(clients[role], address) for address in canaries.own_pages(world)}
        yield from canaries.met(pages, canaries.forbidden(role, world))
    seen = seen_outside(list(undisturbed))
    yield from (f"{address} shows something else" for address in seen if seen[address] != undisturbed[address])


def sent_without_waiting(world: World) -> Iterator[str]:
    """A member's publication that is public at once."""
    with transaction.atomic():
        sent = uploading.send_draft(draft=world.private.draft, by=world.people["member"])
        transaction.set_rollback(True)
    if sent.is_published or sent.provenance != "member":
        yield f"published at once, as {sent.provenance}"


def bounded(found: list[Site]) -> list[Site]:
    """Of each kind, one in each of two apps: two minutes of a processor. `make mutate-access` takes out all."""
    firsts: dict[str, dict[str, Site]] = {}
    for site in found:
        apps = firsts.setdefault(site.kind, {})
        if site.app in apps or len(apps) < 2:
            apps.setdefault(site.app, site)
    return [site for apps in firsts.values() for site in apps.values()]


SITES = sites()
GUARDED = [site for site in SITES if not {site.name, f"{site.name} {site.check}"} & set(SECOND_LOCKS)]
TAKEN_OUT = GUARDED if os.environ.get("ACCESS_MUTATIONS") == "all" else bounded(GUARDED)


def test_the_unchanged_house_raises_no_alarm(world, clients, undisturbed):
    assert list(alarms(world, clients, undisturbed, "")) == []


def test_a_second_lock_that_is_gone_is_forgotten():
    assert set(SECOND_LOCKS) <= {name for site in SITES for name in (site.name, f"{site.name} {site.check}")}


@pytest.mark.parametrize("site", TAKEN_OUT, ids=str)
def test_the_removal_of_one_check_is_noticed(site, world, clients, undisturbed, monkeypatch, tmp_path):
    site.remove(monkeypatch)
    if "search_indexes" in site.name:
        monkeypatch.setattr(connections["default"], "options", {"PATH": str(tmp_path / "index")})
        services.rebuild_index()
    assert alarm(world, clients, undisturbed, site.app)


def test_a_rule_that_shows_everything_to_everybody_is_noticed(world, clients, undisturbed, monkeypatch):
    monkeypatch.setattr(entries, "_shown_to", lambda user: entries.Q(pk__isnull=False))
    assert alarm(world, clients, undisturbed, "publications")


@pytest.mark.parametrize("number", range(len(readers._readers)))
def test_an_app_that_lets_everybody_read_its_files_is_noticed(number, world, clients, undisturbed, monkeypatch):
    easy = list(readers._readers)
    easy[number] = replace(easy[number], may_read=lambda user, stored: True)
    monkeypatch.setattr(readers, "_readers", easy)
    assert alarm(world, clients, undisturbed, "files")


def test_a_cache_that_keeps_pages_of_people_who_signed_in_is_noticed(world, clients, undisturbed, monkeypatch):
    monkeypatch.setattr(caching, "is_keepable", lambda request: True)
    assert alarm(world, clients, undisturbed, "publications")
