"""Rows of the agenda: what everybody reads, and what a member proposes."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from tests.access.rows import MEMBERS_ROOM, RECORD, WORDS, Codes, Row, answers, page
from tests.access.sent import ANY, ONLY_READ, OWN, Sent, sends
from tests.world import World

PROPOSAL: dict[str, Codes] = {
    "own_in_review": answers(302, member=200, other_member=404),
    **dict.fromkeys(("own_draft", "draft", "published"), answers(302, member=404)),
}


def of_event(name: str, codes: dict[str, Codes]) -> Row:
    return Row(codes, lambda world, state: reverse(f"agenda:{name}", args=[world.events[state].slug]))


def of_proposal(name: str, codes: dict[str, Codes]) -> Row:
    return Row(codes, lambda world, state: reverse(f"agenda:{name}", args=[world.events[state].pk]))


ROWS: dict[str, Row] = {
    "agenda:list": page("agenda:list"),
    "agenda:feed": page("agenda:feed"),
    "agenda:all_calendar": page("agenda:all_calendar"),
    "agenda:livestreams": page("agenda:livestreams"),
    "agenda:detail": of_event("detail", RECORD),
    "agenda:calendar": of_event("calendar", WORDS),
    "agenda:propose": Row(MEMBERS_ROOM, lambda world, state: reverse("agenda:propose")),
    "agenda:proposal": of_proposal("proposal", PROPOSAL),
    "agenda:change": of_proposal("change", PROPOSAL),
    "agenda:answer": of_proposal("answer", {"own_in_review": answers(302, member=405)}),
}


def wish(world: World, state: str) -> dict[str, Any]:
    """An event that somebody proposes."""
    written = {"kind": "event", "language": "en", "title": "A meeting", "summary": "In short.", "zone": "UTC"}
    return written | {"first_day": "24/09/2099", "begins": "09:00", "ends": "10:00"}


AGENDA: dict[str, Sent] = {
    "agenda:propose": Sent(ANY, wish),
    "agenda:proposal": Sent({"own_in_review": ONLY_READ.answers[""]}),
    "agenda:change": Sent({"own_in_review": OWN[""]}, wish),
    "agenda:answer": Sent({"own_in_review": OWN[""]}, sends(text="Here it is.")),
}
