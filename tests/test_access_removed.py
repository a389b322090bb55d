"""Each permission check is needed: one after another is taken out of the code, and the access table must notice.

`make check` takes one of each kind out of each of two apps; `make mutate-access` takes out every one (docs/access.md).
"""

from __future__ import annotations

import os
from dataclasses import replace

import pytest
from django.core.cache import cache
from django.db import transaction
from haystack import connections

from content import caching
from content import querysets as entries
from files import readers
from search import services
from tests.access import TABLE, alarms
from tests.access.alarms import Watch
from tests.access.probes import seen_outside
from tests.access.removing import Site, sites
from tests.services import empty
from tests.world import clients as readers_of

pytestmark = pytest.mark.django_db

# A second lock behind another, which alone lets nobody in. Each with the first lock.
SECOND_LOCKS = {
    "publications.files.count_download": "counts; whoever may not read the file never comes here",
    "search.listing.Listing.records": "asks for rows that the index gave; the index holds published records only",
    "portal.desk.find": "asked by editors only, who see everything: keeps unpublished records from being named",
    "portal.desk.by_number": "asked by editors only",
    "search.middleware._newest": "asks kept_cards for cards, which leaves out what is hidden",
    "publications.cards._rows": "reads what kept_cards found to be public",
    "stakeholders.cards.read": "reads what kept_cards found to be public",
    "webinars.cards.read": "reads what kept_cards found to be public",
    "webinars.edit_forms.series_for": "a private series is offered in its own community, which its members alone edit",
    "webinars.edit_forms.facts_of": "fills an organiser's form: tests/webinars/test_announced.py",
    "webinars.edit_views.texts Http404[0]": "there is no such language",
    "webinars.models.registered.Registration.is_in": "leads on either way; test_registering.py says where",
    "people.contact_views._page_of": "chooses a link or a bare name; the page behind the link asks again",
    "people.lists.MemberListing.members": "asks for rows that the index gave; its shelf holds whom the reader finds",
    "people.own_views._organisations": "asks for rows that the index gave; the index holds published records only",
    "publications.choosing.near_organisations": "asks for rows that the index gave; it holds published records only",
    "content.cards.kept_cards": "asks for rows that the index gave; the index holds published records only",
    "content.deciding._hold": "the page asks can_decide first",
    "members.roles.set_roles": "asked by pages of administrators alone: tests/members/test_roles.py",
    "content.querysets.CaseQuerySet.mine": "which of the cases an editor sees anyway are shown first",
    "portal.review_views._done": "names a case to an editor, who sees all; undoing asks can_decide",
    "publications.exchange_views.cite Http404[0]": "there is no such format",
    "publications.views.text Http404[1]": "no text could be read from its files",
    "people.views.facet Http404[0]": "there is no such filter",
    "notifications.outbox_views.letter_html Http404[1]": "the letter has no HTML",
    "files.views.preview Http404[0]": "the file has no preview",
    "moderation.appeals.appeal PermissionDenied[0]": "the page asks told_to first: tests/moderation/test_appeals.py",
    "moderation.deciding.take_up PermissionDenied[0]": "the page asks can_moderate: tests/moderation/test_deciding.py",
    "moderation.desk.Desk.open_case": "the page behind the link asks again",
    "moderation.own_views.standing": "one's own lines of the log: tests/moderation/test_trust.py reads them",
    "portal.review_views.case PermissionDenied[0]": "the service that decides asks can_decide again",
    "publications.contributions.asked_of opened_by=user[0]": "only among what followed_by finds to be theirs",
    "communities.contributions.requests_of owner=user[0]": "one's own list: tests/communities/test_requests.py",
    "communities.document_services.kept_file loads[0]": "tests/communities/test_document_views.py forges a ticket",
    "portal.desk.Desk.__init__ Http404[0]": "the record was deleted: there is nothing to show",
    "members.permissions.is_member": "pages stand behind login_required; a closed account has no session",
    "people.contact_views.write PermissionDenied[0]": "nobody signs in unconfirmed; the service asks again",
    "people.contact_views.message PermissionDenied[1]": "nobody signs in unconfirmed; the service asks again",
    "members.privacy_views.erase login_required": "reauthentication_required leads visitors to the door too",
    **dict.fromkeys(
        (
            *("members.permissions.can_translate", "members.permissions.is_translator"),
            "members.permissions.can_write_as_ambassador",
        ),
        "no page asks it yet: tests/members/test_roles.py",
    ),
}


def bounded(found: list[Site]) -> list[Site]:
    """Of each kind, one in each of two apps. `make mutate-access` takes out all."""
    firsts: dict[str, dict[str, Site]] = {}
    for site in found:
        apps = firsts.setdefault(site.kind, {})
        if site.app in apps or len(apps) < 2:
            apps.setdefault(site.app, site)
    return [site for apps in firsts.values() for site in apps.values()]


SITES = sites()
SECOND = [site for site in SITES if {site.name, f"{site.name} {site.check}"} & set(SECOND_LOCKS)]
GUARDED = [site for site in SITES if site not in SECOND]
ALL = os.environ.get("ACCESS_MUTATIONS") == "all"
TAKEN_OUT = GUARDED if ALL else bounded(GUARDED)


@pytest.fixture(scope="module")
def undisturbed(world) -> dict[str, bytes]:
    """What a visitor sees of the house as it is."""
    with transaction.atomic():
        with alarms.still():
            seen = seen_outside(alarms.outside(world))
        transaction.set_rollback(True)
    empty(cache)
    return seen


@pytest.fixture(scope="module")
def within(world) -> dict[str, list[bytes]]:
    """What some members see of it: a long look, for the whole run alone."""
    if not ALL:
        return {}
    with transaction.atomic():
        clients = readers_of(world)
        seen = {address: alarms.seen_within(address, clients) for address in alarms.within(world)}
        transaction.set_rollback(True)
    empty(cache)
    return seen


@pytest.fixture(scope="module")
def watch(world, undisturbed, within) -> Watch:
    return Watch(world, undisturbed, within, [*TAKEN_OUT, *SECOND])


def test_the_unchanged_house_raises_no_alarm(watch):
    """Of rows, tests/test_access.py says so; of each that notices something, the test that it notices it."""
    names = [name for name in watch.probes if ALL or name.partition(" ")[0] not in TABLE]
    assert [problem for name in names for problem in watch.run(name)] == []


def test_a_second_lock_that_is_gone_is_forgotten():
    assert set(SECOND_LOCKS) <= {name for site in SITES for name in (site.name, f"{site.name} {site.check}")}


@pytest.mark.parametrize("site", TAKEN_OUT, ids=str)
def test_the_removal_of_one_check_is_noticed(site, watch, monkeypatch, tmp_path):
    if "search_indexes" in site.name:  # asked while the index is written
        site.remove(monkeypatch)
        monkeypatch.setattr(connections["default"], "options", {"PATH": str(tmp_path / "index")})
        services.rebuild_index()
        found = watch.ring(name for name in watch.probes if " " not in name)
    else:
        found = watch.alarm(site)
    print(found)
    assert found


@pytest.mark.parametrize("site", SECOND if ALL else [], ids=str)
def test_a_second_lock_alone_holds_nobody_out(site, watch):
    """One that does is noticed, and no second lock."""
    assert watch.alarm(site) == ""


def test_a_rule_that_shows_everything_to_everybody_is_noticed(watch, monkeypatch):
    monkeypatch.setattr(entries, "_shown_to", lambda user: entries.Q(pk__isnull=False))
    assert watch.ring(["publications:detail read"])


@pytest.mark.parametrize("number", range(len(readers._readers)))
def test_an_app_that_lets_everybody_read_its_files_is_noticed(number, watch, monkeypatch):
    easy = list(readers._readers)
    easy[number] = replace(easy[number], may_read=lambda user, stored: True)
    monkeypatch.setattr(readers, "_readers", easy)
    assert watch.ring(["files:download read"])


def test_a_cache_that_keeps_pages_of_people_who_signed_in_is_noticed(watch, monkeypatch):
    monkeypatch.setattr(caching, "is_keepable", lambda request: True)
    assert watch.ring(["publications:detail read"])
