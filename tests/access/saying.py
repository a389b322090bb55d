"""What each role is answered who sends something to a discussion."""

from __future__ import annotations

from typing import Any

from tests.access.rows import Codes, answers
from tests.access.sent import DONE, IN, LED_ON, Data, Sent, sends
from tests.world import World

BY_DOOR: dict[str, Codes] = {
    door: answers(IN, member=DONE, other_member=LED_ON, blocked=403, community_admin=DONE)
    for door in ("open", "closed")
} | {"private": answers(404, member=DONE, other_member=404, ambassador=LED_ON, community_admin=DONE, staff=403)}
OWN: dict[str, Codes] = {door: codes | {"community_admin": 403} for door, codes in BY_DOOR.items()}
MODERATED: dict[str, Codes] = {door: codes | {"member": 403} for door, codes in BY_DOOR.items()}
WORDS = sends(text="A word.", language="en")


def answer(world: World, door: str) -> dict[str, Any]:
    return {"post": world.spoken.answers[door].pk}


def elsewhere(world: World, door: str) -> dict[str, Any]:
    other = next(place for name, place in world.spoken.places.items() if name != door)
    return {"place": f"community-{other.pk}"}


def said(codes: dict[str, Codes], data: Data = lambda world, door: {}) -> Sent:
    return Sent(codes, data)


SAYING: dict[str, Sent] = {
    "communities:start": said(BY_DOOR, sends(kind="question", title="Who?", text="A word.", language="en")),
    "communities:read_all": said(BY_DOOR),
    "communities:reply": said(BY_DOOR, WORDS),
    "communities:wish": said(BY_DOOR, sends(wish="follow")),
    "communities:answer": said(BY_DOOR, answer),  # the member asked, the admin moderates
    "communities:pin": said(MODERATED),
    "communities:lock": said(MODERATED, sends(reason="It was answered.")),
    "communities:reopen": said(MODERATED),
    "communities:retitle": said(MODERATED, sends(title="Better said", kind="news")),
    "communities:move": said(MODERATED, elsewhere),
    "communities:edit_post": said(OWN, WORDS),
    "communities:translate_post": said(BY_DOOR, sends(text="Un mot.", language="fr")),
    # The member wrote it, the admin moderates.
    "communities:remove_post_translation": said(BY_DOOR, sends(language="fr")),
}
