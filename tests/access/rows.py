"""How a row of the access table is written: an address, the states of its record, and what each role is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from tests.world import World

Codes = dict[str, int]
# Who is not named gets the answer of the next in line.
LIKE = {
    "unverified": "visitor",
    "member": "visitor",
    "other_member": "member",
    "blocked": "other_member",
    "trusted": "other_member",
    "staff": "other_member",
    "administrator": "staff",
}


def answers(visitor: int, **others: int) -> Codes:
    """The answer of each role: the visitor's, and of whom it differs for. `member` owns the records called own_…"""
    codes = {"visitor": visitor} | others
    for role, like in LIKE.items():
        codes.setdefault(role, codes[like])
    return codes


NOBODY, EVERYBODY = answers(404), answers(200)
RECORD: dict[str, Codes] = {
    "published": EVERYBODY,
    "draft": answers(404, staff=200),
    "in_review": answers(404, staff=200),
    "own_draft": answers(404, member=200, other_member=404, staff=200),
    "withdrawn": answers(410),
    "declined": answers(404, staff=410),  # was never public
}
HIDDEN_FROM_ALL_BUT_STAFF = answers(404, staff=200)
WORDS: dict[str, Codes] = RECORD | dict.fromkeys(("withdrawn", "declined"), HIDDEN_FROM_ALL_BUT_STAFF)
PUBLIC_ONLY: dict[str, Codes] = dict.fromkeys(RECORD, NOBODY) | {"published": EVERYBODY}
SHORT: dict[str, Codes] = dict.fromkeys(RECORD, NOBODY) | dict.fromkeys(("published", "withdrawn"), answers(302))
PAGE: dict[str, Codes] = {"": EVERYBODY}
MEMBERS_ROOM: dict[str, Codes] = {"": answers(302, member=200)}  # others are asked to sign in
STAFF_ROOM: dict[str, Codes] = {"": answers(302, staff=200)}


@dataclass(frozen=True)
class Row:
    """The address of each state's record, and what each role is answered there."""

    answers: dict[str, Codes]
    address: Callable[[World, str], str]
    post: tuple[int, ...] = (405,)  # what anybody is answered who sends something, where there is something
    methods: tuple[str, ...] = ("get", "head")


def page(name: str, *args: object) -> Row:
    return Row(PAGE, lambda world, state: reverse(name, args=args))


def of_publication(name: str, answers: dict[str, Codes], *more: str) -> Row:
    return Row(answers, lambda world, state: reverse(name, args=[world.publications[state].slug, *more]))


def of_file(name: str, *parts: str) -> Row:
    def address(world: World, state: str) -> str:
        stored = world.publications[state].current_documents[0].file
        return reverse(name, args=[getattr(stored, part) for part in parts])

    return Row(WORDS, address)
