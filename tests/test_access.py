"""Who gets what answer: every address × role × state of the record × method. An address without a row fails."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.core.cache import cache
from django.urls import NoReverseMatch, get_resolver, reverse

from communities.models import Community
from tests.access import TABLE, alarms
from tests.access.holding import harm_done
from tests.access.probes import (
    PARTS,
    done_by_other_methods,
    found_by_asking,
    leaks,
    routes,
    seen_outside,
    surfaces,
    surprises,
    surprises_by_sending,
)
from tests.access.sending import SENDING
from tests.services import empty
from tests.world import HIDDEN, LANGUAGES, mark
from webinars.models import Series, Webinar

pytestmark = pytest.mark.django_db


def test_every_address_has_a_row_and_every_row_an_address():
    names = [name for name, _pattern in routes()]
    assert sorted(set(names)) == sorted(TABLE)
    ours = [name for name in names if ":" in name]
    assert len(ours) == len(set(ours)), "two of one name would share a row"
    assert set(SENDING) <= set(TABLE)


@pytest.mark.parametrize("name", TABLE)
def test_each_role_reads_what_the_table_says_and_reading_changes_nothing(name, world, clients):
    assert list(surprises(TABLE[name], world, clients)) == []


@pytest.mark.parametrize("name", TABLE)
def test_an_address_answers_alike_in_every_language(name, world, clients):
    row, visitor = TABLE[name], {"visitor": clients["visitor"]}
    for code in LANGUAGES[1:]:
        other = replace(row, address=lambda *of, code=code: row.address(*of).replace("/en/", f"/{code}/", 1))
        assert list(surprises(other, world, visitor, roles=("visitor",), methods=("get",))) == []


@pytest.mark.parametrize("name", TABLE)
def test_what_each_role_sends_is_done_or_refused_as_the_table_says(name, world, clients):
    assert list(surprises_by_sending(name, world, clients)) == []


@pytest.mark.parametrize("name", SENDING)
def test_what_others_may_do_leaves_what_a_member_has(name, world, clients):
    assert list(harm_done(name, world, clients)) == []


@pytest.mark.parametrize("name", TABLE)
def test_no_other_method_does_anything(name, world, clients):
    assert done_by_other_methods(name, world, clients) == []


def test_the_staff_room_is_closed_to_everybody_else(world, clients):
    """Every address of the admin that needs no argument, and the change form of every model."""
    names = {
        name for name in get_resolver("portal.urls").namespace_dict["admin"][1].reverse_dict if isinstance(name, str)
    }
    names -= {"login", "logout"}
    closed = []
    for name in sorted(names):
        for args in ((), (1,), (1, 1), ("publications",)):
            try:
                closed.append(reverse(f"admin:{name}", args=args))
            except NoReverseMatch:
                continue
    assert len(closed) > 10
    for address in closed:
        if address.endswith("jsi18n/"):  # words for scripts
            continue
        for role in ("visitor", "member", "other_member"):
            response = clients[role].get(address)
            assert (response.status_code, "/login/" in response.get("Location", "")) == (302, True), (address, role)


def test_a_guessed_address_does_not_tell_hidden_from_absent(world, clients):
    """The page for a draft and for nothing at all are the same but for the words of the address itself."""
    hidden = clients["visitor"].get(world.publications["draft"].get_absolute_url())
    absent = clients["visitor"].get("/en/discover/publications/publication-in-drift/")
    assert hidden.status_code == absent.status_code == 404
    assert hidden.content.replace(b"draft", b"drift") == absent.content


@pytest.mark.parametrize("role", ["visitor", "other_member"])
def test_no_word_of_a_hidden_record_reaches_an_outsider(role, world, clients):
    everywhere = surfaces(world)
    for address in everywhere:  # what staff see must not stay in a cache
        clients["administrator"].get(address)
    assert leaks(clients[role], world, everywhere) == []


@pytest.mark.parametrize("role", ["visitor", "other_member"])
def test_no_question_betrays_a_hidden_record(role, world, clients):
    assert found_by_asking(clients[role], world) == []


def test_an_outsider_sees_the_portal_as_if_nothing_were_hidden(world):
    """Numbers betray too: every page is the same, to the letter, once the hidden records are gone."""
    doors = {row.address(world, state) for row in TABLE.values() for state in HIDDEN if state in row.answers}
    shown = [
        address
        for address in surfaces(world)
        if address not in doors and "withdrawn" not in address and "/admin/" not in address
    ]
    with alarms.still():
        before = seen_outside(shown)
        for state in HIDDEN:
            for records in (world.publications, world.organisations):
                type(records[state]).objects.filter(pk=records[state].pk).delete()
        Community.objects.exclude(status__in=("published", "withdrawn")).delete()
        for model in (Webinar, Series):
            model.objects.filter(community__access="private").delete()
        Community.objects.filter(access="private").delete()
        empty(cache)
        after = seen_outside(shown)
    changed = {
        address: [
            new
            for old, new in zip(before[address].split(b"\n"), after[address].split(b"\n"), strict=False)
            if old != new
        ][:1]
        for address in shown
        if before[address] != after[address]
    }
    assert changed == {}


def test_a_withdrawn_record_shows_its_title_and_reason_and_nothing_else(world, clients):
    response = clients["visitor"].get(world.publications["withdrawn"].get_absolute_url())
    text = response.content.decode()
    assert mark("withdrawn", "title") in text
    assert "an error in table 2" in text
    assert not [part for part in PARTS if part != "title" and mark("withdrawn", part) in text]


def test_the_words_of_a_published_record_are_found_where_they_should_be(world, clients):
    """The canary sings: the same marks of a published record do show."""
    visitor, everywhere = clients["visitor"], surfaces(world)
    shown = "".join(
        b"".join(response).decode(errors="replace") if response.streaming else response.content.decode(errors="replace")
        for response in map(visitor.get, everywhere)
    )
    assert not [part for part in PARTS if mark("published", part) not in shown]
