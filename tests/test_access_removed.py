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
from tests.access import alarms
from tests.access.alarms import Probe, Walk, alarm
from tests.access.probes import seen_outside
from tests.access.removing import Site, sites
from tests.services import empty

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
            *("members.permissions.can_run_communities", "members.permissions.is_community_admin"),
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
GUARDED = [site for site in SITES if not {site.name, f"{site.name} {site.check}"} & set(SECOND_LOCKS)]
TAKEN_OUT = GUARDED if os.environ.get("ACCESS_MUTATIONS") == "all" else bounded(GUARDED)


@pytest.fixture(scope="module")
def undisturbed(world) -> dict[str, bytes]:
    """What a visitor sees of the house as it is."""
    with transaction.atomic():
        seen = seen_outside(alarms.outside(world))
        transaction.set_rollback(True)
    empty(cache)
    return seen


@pytest.fixture(scope="module")
def walked(world, undisturbed) -> Walk:
    return alarms.walk(world, undisturbed, TAKEN_OUT)


@pytest.fixture
def looking(world, clients, undisturbed) -> dict[str, Probe]:
    return alarms.probes(world, clients, undisturbed)


def test_the_unchanged_house_raises_no_alarm(walked):
    assert not walked.problems, "\n".join(walked.problems)


def test_a_second_lock_that_is_gone_is_forgotten():
    assert set(SECOND_LOCKS) <= {name for site in SITES for name in (site.name, f"{site.name} {site.check}")}


@pytest.mark.parametrize("site", TAKEN_OUT, ids=str)
def test_the_removal_of_one_check_is_noticed(site, walked, looking, monkeypatch, tmp_path):
    site.remove(monkeypatch)
    if "search_indexes" in site.name:
        monkeypatch.setattr(connections["default"], "options", {"PATH": str(tmp_path / "index")})
        services.rebuild_index()
    found = alarm(looking, walked.first_for(site, looking))
    print(found)
    assert found


def test_a_rule_that_shows_everything_to_everybody_is_noticed(looking, monkeypatch):
    monkeypatch.setattr(entries, "_shown_to", lambda user: entries.Q(pk__isnull=False))
    assert alarm(looking, looking)


@pytest.mark.parametrize("number", range(len(readers._readers)))
def test_an_app_that_lets_everybody_read_its_files_is_noticed(number, looking, monkeypatch):
    easy = list(readers._readers)
    easy[number] = replace(easy[number], may_read=lambda user, stored: True)
    monkeypatch.setattr(readers, "_readers", easy)
    assert alarm(looking, ["files:download read", "files:preview read"])


def test_a_cache_that_keeps_pages_of_people_who_signed_in_is_noticed(looking, monkeypatch):
    monkeypatch.setattr(caching, "is_keepable", lambda request: True)
    assert alarm(looking, looking)
