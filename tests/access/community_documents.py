"""Rows of documents and shelves of communities: by who may join, and by what somebody is there (tests/groups.py)."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from tests.access.rows import EVERYBODY, Codes, Row, answers
from tests.groups import ACCESS
from tests.world import World

Key = Callable[[World, str], object]
IN_IT = ("member", "translator", "trusted", "ambassador")
LED = answers(302)  # visitors to sign in, members to join
INVITED = {"translator": 302}  # into the private one, and led to the invitation
NOT_THERE = answers(404, staff=403)  # private: editors know of it, since they decide requests


def of_members(outside: Codes, inside: int, banned: int, **others: int) -> Codes:
    """What is answered to those outside, to its members, and to who was banned."""
    here = dict.fromkeys(IN_IT, inside)
    return outside | here | {"blocked": banned} | others


READING: dict[str, Codes] = {
    "open": EVERYBODY,
    "request": of_members(LED, 200, 403),
    "private": of_members(NOT_THERE, 200, 404, **INVITED),
}


def doing(inside: int, **others: int) -> dict[str, Codes]:
    """What members do. To an open community everybody else is led to join as well."""
    return {
        "open": of_members(LED, inside, 403, **others),
        "request": of_members(LED, inside, 403, **others),
        "private": of_members(NOT_THERE, inside, 404, **others | INVITED),
        "paused": of_members(LED, inside, 403, **others | {"member": 403}),
    }


ANY_MEMBER = doing(200)
THEIRS = doing(200, translator=403)  # who added it, and the facilitator
MODERATORS = doing(403, trusted=200, ambassador=200)
DEED: dict[str, Codes] = dict.fromkeys((*ACCESS, "paused"), answers(405))
ONE: dict[str, Codes] = READING | {
    "removed_open": answers(404) | dict.fromkeys(IN_IT, 410),
    "removed_private": of_members(NOT_THERE, 410, 404, **INVITED),
}


def of(name: str, answered: dict[str, Codes], key: Key | None = None) -> Row:
    def address(world: World, state: str) -> str:
        access = state.removeprefix("removed_")
        more = [key(world, state)] if key else []
        return reverse(f"communities:{name}", args=[world.groups.communities[access].slug, *more])

    return Row(answered, address)


def document(world: World, state: str) -> int:
    kept = world.groups.removed if state.startswith("removed_") else world.groups.documents
    return kept[state.removeprefix("removed_")].pk


def figures(world: World, state: str) -> int:
    return world.groups.figures[state].pk


def removed(world: World, state: str) -> int:
    return world.groups.removed[state].pk


def folder(world: World, state: str) -> int:
    return world.groups.folders[state].pk


def shelved(world: World, state: str) -> int:
    return world.groups.shelved[state].pk


SHELVED: dict[str, Codes] = {"published": answers(302, member=200)} | dict.fromkeys(
    ("draft", "own_draft", "withdrawn"), answers(302, member=404)
)
ROWS: dict[str, Row] = {
    "communities:documents": of("documents", READING),
    "communities:document": of("document", ONE, document),
    "communities:document_add": of("document_add", ANY_MEMBER),
    "communities:document_version": of("document_version", THEIRS, document),
    "communities:document_change": of("document_change", THEIRS, document),
    "communities:document_remove": of("document_remove", THEIRS, document),
    "communities:document_restore": of("document_restore", DEED, removed),
    "communities:document_propose": of("document_propose", DEED, figures),
    "communities:folder": of("folder", MODERATORS, folder),
    "communities:shelf": of("shelf", READING),
    "communities:shelf_remove": of("shelf_remove", THEIRS, shelved),
    "communities:shelve": Row(
        SHELVED, lambda world, state: f"{reverse('communities:shelve')}?record=p{world.publications[state].pk}"
    ),
}
