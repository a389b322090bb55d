"""What each role is answered who sends something to a discussion."""

from __future__ import annotations

from typing import Any

from tests.access import discussions
from tests.access.rows import Codes, answers
from tests.access.sent import DONE, FORM, IN, LED_ON, SHOWN, Data, Sent, sends
from tests.world import World

BY_DOOR: dict[str, Codes] = {
    door: answers(IN, member=DONE, other_member=LED_ON, blocked=403, community_admin=DONE)
    for door in ("open", "closed")
} | {"private": answers(404, member=DONE, other_member=404, ambassador=LED_ON, community_admin=DONE, staff=403)}
OWN: dict[str, Codes] = {door: codes | {"community_admin": 403} for door, codes in BY_DOOR.items()}
MODERATED: dict[str, Codes] = {door: codes | {"member": 403} for door, codes in BY_DOOR.items()}
UNFIT = BY_DOOR["open"] | {"member": 404, "community_admin": 404}
AWAY = MODERATED["open"] | {"community_admin": 404}


def where_one_is_paused(paused: int, members: int, moderators: int) -> Codes:
    return discussions.where_one_is_paused(LED_ON, paused, members, moderators) | {"visitor": IN, "unverified": IN}


# What is typed is kept, and the page says why it was not sent.
WRITTEN = BY_DOOR | {"paused": where_one_is_paused(SHOWN, DONE, DONE)}
CLOSED = {"hidden": BY_DOOR["open"] | {"member": SHOWN, "community_admin": SHOWN}}
CHANGED: dict[str, Codes] = OWN | {
    "paused": where_one_is_paused(FORM, 403, 403),
    "waiting": where_one_is_paused(FORM, 404, 403),
    "gone": where_one_is_paused(403, 404, 403),
}
TRANSLATED = BY_DOOR | {
    "paused": where_one_is_paused(FORM, FORM, DONE),  # whoever is new does not translate yet
    "waiting": where_one_is_paused(403, 404, 403),
}
WORDS = sends(text="A word.", language="en")


def answer(world: World, door: str) -> dict[str, Any]:
    """One that everybody sees, or, unfit, one that is hidden."""
    post = world.spoken.hidden if door == "unfit" else world.spoken.answers[door]
    return {"post": post.pk}  # type: ignore[union-attr]


def elsewhere(world: World, door: str) -> dict[str, Any]:
    """Where the moderator moderates, too, or away to where they do not."""
    other = world.spoken.places["closed" if door == "open" else "open"]
    if door == "away":
        other = world.groups.communities["open"]
    return {"place": f"community-{other.pk}"}


def said(codes: dict[str, Codes], data: Data = lambda world, door: {}) -> Sent:
    return Sent(codes, data)


SAYING: dict[str, Sent] = {
    "communities:start": said(WRITTEN, sends(kind="question", title="Who?", text="A word.", language="en")),
    "communities:read_all": said(BY_DOOR),
    "communities:reply": said(WRITTEN | CLOSED, WORDS),
    "communities:wish": said(BY_DOOR, sends(wish="follow")),
    "communities:answer": said(BY_DOOR | {"unfit": UNFIT}, answer),  # the member asked, the admin moderates
    "communities:pin": said(MODERATED),
    "communities:lock": said(MODERATED, sends(reason="It was answered.")),
    "communities:reopen": said(MODERATED),
    "communities:retitle": said(MODERATED, sends(title="Better said", kind="news")),
    "communities:move": said(MODERATED | {"away": AWAY}, elsewhere),
    "communities:edit_post": said(CHANGED, WORDS),
    "communities:translate_post": said(TRANSLATED, sends(text="Un mot.", language="fr")),
    # The member wrote it, the admin moderates.
    "communities:remove_post_translation": said(BY_DOOR, sends(language="fr", reason="It says the opposite.")),
}
