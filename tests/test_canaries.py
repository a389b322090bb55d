"""Words in every private field and file, looked for by crawlers that must not find them, and by those who must."""

from __future__ import annotations

import pickle
import zlib

import pytest
from django.core.cache import caches
from django.core.cache.backends.filebased import FileBasedCache
from django.core.cache.backends.locmem import LocMemCache

from content import registry
from notifications import rendering
from notifications.models import Letter
from people import conversations
from publications import uploading
from search import services
from search.query import Query
from tests import groups, private
from tests.access import canaries
from tests.world import HIDDEN, World, mark

pytestmark = pytest.mark.django_db
OUTSIDERS = ("visitor", "unverified", "blocked", "other_member")
EVERY_WORD = (*private.MEMBERS_OWN, *private.ONLY_ME, *private.FOR_MEMBERS, *private.BETWEEN_TWO, *private.STAFFS_OWN)


@pytest.mark.parametrize("role", [*OUTSIDERS, "staff"])
def test_a_crawler_meets_no_word_that_is_not_for_it(role, world, clients):
    begin = canaries.beginnings(world)
    for address in canaries.beginnings(world)[:60]:  # what those who may read it see must not stay in a cache
        clients["member"].get(address)
    pages = canaries.walk(clients[role], begin)
    assert len(pages) > 150
    assert canaries.met(pages, canaries.forbidden(role, world)) == []


@pytest.mark.parametrize("role", ["visitor", "blocked"])
def test_no_question_finds_a_private_word(role, world, clients):
    for address in canaries.asked_for(world):
        assert clients[role].get(f"{address}&format=json").json()["count"] == 0, address


def test_the_member_meets_their_own_words(world, clients):
    """The canary sings."""
    pages = canaries.walk(clients["member"], canaries.beginnings(world), most=300)
    text = "".join(pages.values())
    expected = [*private.MEMBERS_OWN, *private.BETWEEN_TWO, *private.FOR_MEMBERS]
    not_on_pages = {*canaries.NEVER_SHOWN, private.word("member", "letter")}
    assert [one for one in expected if one not in text and one not in not_on_pages] == []


def test_members_of_a_community_meet_what_stands_inside(world, clients):
    pages = "".join(canaries.shown(clients["trusted"], address) for address in groups.pages(world))
    assert [part for part in groups.PARTS if groups.word("private", part) not in pages] == []


def test_staff_meet_the_words_that_are_for_them(world, clients):
    pages = canaries.walk(clients["staff"], canaries.beginnings(world), most=600)
    text = "".join(pages.values())
    assert [one for one in (*private.STAFFS_OWN, *canaries.READ_BY_STAFF) if one not in text] == []


def kept_in(cache) -> list[str]:
    """Everything a cache holds, opened."""
    if isinstance(cache, FileBasedCache):
        values = []
        for name in cache._list_cache_files():
            with open(name, "rb") as file:
                pickle.load(file)  # when it runs out
                values.append(pickle.loads(zlib.decompress(file.read())))
    elif isinstance(cache, LocMemCache):
        values = [pickle.loads(value) for value in cache._cache.values()]
    else:
        client = cache._cache.get_client(None)
        values = [client.get(key) for key in client.scan_iter(f"{cache.key_prefix}:*")]
    return [text_of(value) for value in values]


def text_of(value: object) -> str:
    """With what was compressed opened, as pages are kept."""
    if isinstance(value, bytes):
        opened = zlib.decompress(value, 31) if value[:2] == b"\x1f\x8b" else value
        return opened.decode(errors="replace").lower()
    if isinstance(value, dict):
        return " ".join(map(text_of, value.values()))
    if isinstance(value, (list, tuple)):
        return " ".join(map(text_of, value))
    return text_of(vars(value)) if hasattr(value, "__dict__") else str(value).lower()


def test_no_cache_keeps_a_private_word(world, clients):
    for role in ("administrator", "staff", "member", "visitor"):
        for address in canaries.beginnings(world):
            clients[role].get(address)
    kept = [text for name in ("default", "cards") for text in kept_in(caches[name])]
    words = [*EVERY_WORD, *(mark(state, "abstract") for state in HIDDEN)]
    assert any(mark("published", "abstract") in text for text in kept)  # the canary sings
    assert [one for one in words for text in kept if one in text] == []


def test_the_index_holds_no_private_word(world):
    found = [one for one in EVERY_WORD for kind in ("", *_kinds()) if services.search(Query(text=one, kind=kind)).hits]
    assert found == []


def _kinds() -> list[str]:
    return [one.key for one in registry.all_types()]


def test_no_letter_to_somebody_else_holds_a_private_word(world: World):
    """After the member has written, reported and sent something in."""
    member, other = world.people["member"], world.people["other_member"]
    uploading.send_draft(draft=world.private.draft, by=member)
    conversations.report(by=member, about=other, message=world.private.message, reason="rude", text="Look.")
    conversations.send_message(by=member, to=other, subject="Hello", text="A word.")
    letters = [one for one in Letter.objects.exclude(user=member) if one.context]
    assert letters
    for letter in letters:
        words = rendering.words_of(letter)
        text = str(words).lower()
        found = [one for one in canaries.forbidden("staff", world) if one in text and one != letter.address]
        assert found == [], letter.occasion
