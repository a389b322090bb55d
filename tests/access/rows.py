"""How a row of the access table is written: an address, the states of its record, and what each role is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from files.models import StoredFile
from tests.world import World

Codes = dict[str, int]
# Who is not named gets the answer of the next in line.
LIKE = {
    "unverified": "visitor",
    "member": "visitor",
    "other_member": "member",
    "blocked": "other_member",
    "trusted": "other_member",
    "ambassador": "other_member",
    "translator": "other_member",
    "community_admin": "other_member",
    "staff": "other_member",
    "administrator": "staff",
}


def answers(visitor: int, **others: int) -> Codes:
    """The answer of each role: the visitor's, and of whom it differs for. `member` owns the records called own_…"""
    codes = {"visitor": visitor} | others
    for role, like in LIKE.items():
        codes.setdefault(role, codes[like])
    return codes


# Neither the member nor the other one, who write to each other.
THIRD = (
    "blocked",
    "trusted",
    "ambassador",
    "translator",
    "community_admin",
    "staff",
    "administrator",
)  # no party to it
NOBODY, EVERYBODY = answers(404), answers(200)
RECORD: dict[str, Codes] = {
    "published": EVERYBODY,
    "draft": answers(404, staff=200),
    "in_review": answers(404, staff=200),
    "own_draft": answers(404, member=200, other_member=404, staff=200),
    "own_in_review": answers(404, member=200, other_member=404, staff=200),
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


def page(name: str, *args: object) -> Row:
    return Row(PAGE, lambda world, state: reverse(name, args=args))


def of_publication(name: str, answers: dict[str, Codes], *more: str) -> Row:
    return Row(answers, lambda world, state: reverse(name, args=[world.publications[state].slug, *more]))


OF_MEMBERS = answers(404, member=200, other_member=404, translator=200, trusted=200, ambassador=200)
FILES: dict[str, Codes] = WORDS | {
    "prepared": answers(404, member=200, other_member=404),  # of a draft: not even for staff
    "photo_for_members": answers(404, member=200),
    "photo_for_nobody": NOBODY,
    "photo_of_own": answers(404, member=200, other_member=404),
    # Of documents of communities (tests/groups.py): members', and of an open one everybody's.
    "group_open": EVERYBODY,
    "group_request": OF_MEMBERS,
    "group_private": OF_MEMBERS | {"translator": 404},  # invited
    "group_removed": answers(404, trusted=200, ambassador=200),  # whoever moderates may restore it
    "said_in_the_open": EVERYBODY,
    "said_in_private": answers(404, member=200, other_member=404, community_admin=200),
    "of_webinar": EVERYBODY,
    "of_private_webinar": answers(404, member=200, other_member=404, community_admin=200, staff=200),
    # Of profiles that show it to everybody who may see the profile.
    "photo_of_listed": answers(404, member=200),
    "photo_of_unlisted": NOBODY,
    "photo_of_blocker": EVERYBODY | {"blocked": 404},
}


def of_file(name: str, *parts: str) -> Row:
    def address(world: World, state: str) -> str:
        return reverse(name, args=[getattr(file_of(world, state), part) for part in parts])

    return Row(FILES, address)


def file_of(world: World, state: str) -> StoredFile:
    if state.startswith("group_"):
        group = state.removeprefix("group_")
        kept = world.groups.removed["private"] if group == "removed" else world.groups.documents[group]
        return kept.versions.get().file
    profiles = {"photo_for_members": "half", "photo_for_nobody": "shy", "photo_of_own": "own"}
    profiles |= {"photo_of_listed": "members", "photo_of_unlisted": "nobody", "photo_of_blocker": "blocker"}
    if state in profiles:
        return world.profiles[profiles[state]].photo
    webinars = {"of_webinar": "past", "of_private_webinar": "private"}
    if state in webinars:
        return world.webinars[webinars[state]].materials.get(kind="slides").file
    said = {"said_in_the_open": "open", "said_in_private": "private"}
    if state in said:
        return world.spoken.files[said[state]]
    return world.private.draft.file if state == "prepared" else world.publications[state].current_documents[0].file
