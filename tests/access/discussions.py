"""Rows of discussions: communities with three doors, in which the member writes and the community's admin moderates.

Who is blocked was banned there, the translator removed, the ambassador is invited into the private one, and the trusted
member moderates elsewhere.
"""

from __future__ import annotations

from django.urls import reverse

from tests.access.rows import Codes, Row, answers, page
from tests.world import World

INSIDE = {"member": 200, "community_admin": 200}  # of each of the three
# Whoever may know of a community is led to its door; of a private one, staff alone may know besides its members.
BY_DOOR: dict[str, Codes] = {
    "open": answers(302, other_member=302, blocked=403, **INSIDE),
    "closed": answers(302, other_member=302, blocked=403, **INSIDE),
    "private": answers(404, other_member=404, ambassador=302, staff=403, administrator=403, **INSIDE),
}
READ: dict[str, Codes] = BY_DOOR | {"open": answers(200)}
OWN: dict[str, Codes] = {door: codes | {"community_admin": 403} for door, codes in BY_DOOR.items()}
MODERATED: dict[str, Codes] = {door: codes | {"member": 403} for door, codes in BY_DOOR.items()}
DEED: dict[str, Codes] = dict.fromkeys(BY_DOOR, answers(405))


def where_one_is_paused(outside: int, paused: int, members: int, moderators: int) -> Codes:
    """In the community of tests/moderated.py, where the member is paused."""
    strangers = dict.fromkeys(("blocked", "ambassador", "translator", "staff"), outside)
    theirs = {"trusted": moderators, "community_admin": moderators}
    return answers(outside, member=paused, other_member=members, **strangers, **theirs)


WRITE = BY_DOOR | {"paused": where_one_is_paused(302, 403, 200, 200)}
HISTORY = READ | {"waiting": where_one_is_paused(404, 200, 404, 200)}
CHANGED: dict[str, Codes] = OWN | {
    "paused": where_one_is_paused(302, 200, 403, 403),
    "waiting": where_one_is_paused(302, 200, 404, 403),
    "gone": where_one_is_paused(302, 403, 404, 403),
}
TRANSLATED = BY_DOOR | {
    "paused": where_one_is_paused(302, 200, 200, 200),
    "waiting": where_one_is_paused(302, 403, 404, 403),
}
# A whole discussion that moderators hid, or removed.
HELD: dict[str, Codes] = {
    "hidden": answers(404, member=200, other_member=404, community_admin=200),
    "removed": answers(410, member=200, other_member=410, community_admin=200),
}
CLOSED: dict[str, Codes] = {"hidden": answers(302, member=403, other_member=302, blocked=403, community_admin=403)}
BY_NUMBER: dict[str, Codes] = {
    "open": answers(302),
    "closed": answers(404, member=302, other_member=404, community_admin=302),
    "private": answers(404, member=302, other_member=404, community_admin=302),
    "hidden": answers(404, member=302, other_member=404, community_admin=302),
}


def of_thread(name: str, answers: dict[str, Codes]) -> Row:
    def address(world: World, door: str) -> str:
        return reverse(f"communities:{name}", args=[world.spoken.places[door].slug, world.spoken.threads[door].address])

    return Row(answers, address)


def of_post(name: str, answers: dict[str, Codes]) -> Row:
    def address(world: World, door: str) -> str:
        said = world.spoken
        parts = [said.places[door].slug, said.threads[door].address, said.posts[door].pk]
        return reverse(f"communities:{name}", args=parts)

    return Row(answers, address)


def of_place(name: str, answers: dict[str, Codes]) -> Row:
    return Row(answers, lambda world, door: reverse(f"communities:{name}", args=[world.spoken.places[door].slug]))


ROWS: dict[str, Row] = {
    "discussions:list": page("discussions:list"),
    "discussions:feed": page("discussions:feed"),
    "discussions:detail": Row(
        BY_NUMBER, lambda world, door: reverse("discussions:detail", args=[world.spoken.threads[door].pk])
    ),
    "communities:start": of_place("start", WRITE),
    "communities:read_all": of_place("read_all", DEED),
    "communities:thread": of_thread("thread", READ | HELD),
    "communities:reply": of_thread("reply", WRITE | CLOSED),
    "communities:wish": of_thread("wish", DEED),
    "communities:answer": of_thread("answer", DEED),
    "communities:pin": of_thread("pin", DEED),
    "communities:lock": of_thread("lock", MODERATED),
    "communities:reopen": of_thread("reopen", DEED),
    "communities:retitle": of_thread("retitle", MODERATED),
    "communities:move": of_thread("move", MODERATED),
    "communities:edit_post": of_post("edit_post", CHANGED),
    "communities:post_history": of_post("post_history", HISTORY),
    "communities:translate_post": of_post("translate_post", TRANSLATED),
    "communities:remove_post_translation": of_post("remove_post_translation", DEED),
}
