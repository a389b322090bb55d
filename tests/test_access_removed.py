"""Each permission check is needed: one after another is taken out of the code, and the access table must notice.

Or one small test of its app does (tests/access/held.py), or another check stands before it (second_locks.py).
`make check` takes one of each kind out of each of two apps; `make mutate-access` takes out every one (docs/access.md).
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

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
from tests.access.held import HELD_BY
from tests.access.probes import seen_outside
from tests.access.removing import Site, sites
from tests.access.second_locks import SECOND_LOCKS
from tests.services import empty
from tests.world import clients as readers_of

pytestmark = pytest.mark.django_db


def bounded(found: list[Site]) -> list[Site]:
    """Of each kind, one in each of two apps. `make mutate-access` takes out all."""
    firsts: dict[str, dict[str, Site]] = {}
    for site in found:
        apps = firsts.setdefault(site.kind, {})
        if site.app in apps or len(apps) < 2:
            apps.setdefault(site.app, site)
    return [site for apps in firsts.values() for site in apps.values()]


SITES = sites()
SECOND = [site for site in SITES if {site.name, site.called} & set(SECOND_LOCKS)]
GUARDED = [site for site in SITES if site not in SECOND and site.called not in HELD_BY]
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
    assert set(SECOND_LOCKS) <= {name for site in SITES for name in (site.name, site.called)}


def test_so_is_a_check_that_a_test_held():
    """Whether each of them still fails without it, `make mutate-access` asks (tests/without.py)."""
    assert set(HELD_BY) <= {site.called for site in SITES}
    assert not set(HELD_BY) & {site.called for site in SECOND}


def test_tests_that_hold_a_check_are_there():
    def is_there(test: str) -> bool:
        file, _, name = test.partition("::")
        return f"def {name.rpartition('::')[2]}(" in Path(file).read_text()

    assert [test for test in HELD_BY.values() if not is_there(test)] == []


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
