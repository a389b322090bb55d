"""Rows of letters and what people choose to get."""

from __future__ import annotations

from django.urls import reverse

from notifications import unsubscribing
from tests.access.rows import EVERYBODY, MEMBERS_ROOM, Codes, Row, answers
from tests.world import World

MEMBERS_DEED: dict[str, Codes] = {"": answers(302, member=405)}  # by POST alone
ANYBODYS_DEED: dict[str, Codes] = {"": answers(405)}


def room(name: str, answers: dict[str, Codes] = MEMBERS_ROOM, post: tuple[int, ...] = (405,)) -> Row:
    return Row(answers, lambda world, state: reverse(name), post)


def of_country(name: str, answers: dict[str, Codes]) -> Row:
    return Row(answers, lambda world, state: reverse(name, args=["country", world.countries[0].pk]), post=(302,))


def stop(world: World, state: str) -> str:
    return unsubscribing.path(world.people["other_member"], "followed", "en")


ROWS: dict[str, Row] = {
    "notifications:preferences": room("notifications:preferences", post=(200, 302)),
    "notifications:pause": room("notifications:pause", MEMBERS_DEED, post=(302,)),
    "notifications:resume": room("notifications:resume", MEMBERS_DEED, post=(302,)),
    "notifications:notices": room("notifications:notices", post=(302, 405)),
    "notifications:read": room("notifications:read", MEMBERS_DEED, post=(302,)),
    "notifications:follow": of_country("notifications:follow", MEMBERS_ROOM),
    "notifications:unfollow": of_country("notifications:unfollow", MEMBERS_DEED),
    "notifications:stop": Row({"": EVERYBODY}, stop, post=(200,)),
    "notifications:undo": room("notifications:undo", ANYBODYS_DEED, post=(404,)),
}
