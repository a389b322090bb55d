"""What is answered to whoever sends something about documents and shelves of communities."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access.community_documents import NOT_THERE, of_members
from tests.access.rows import Codes, answers
from tests.access.sent import DONE, FORM, IN, LED_ON, Sent, sends
from tests.world import World


def written(inside: int, **others: int) -> dict[str, Codes]:
    """What members of a community do; everybody else is led to join, where they may know of it."""
    led = of_members(answers(IN, member=LED_ON), inside, 403, **others)
    return dict.fromkeys(("open", "request"), led) | {"private": of_members(NOT_THERE, inside, 404, **others)}


THEIRS = written(DONE, translator=403)
MODERATORS = written(403, trusted=DONE, ambassador=DONE)


def new_document(world: World, state: str) -> dict[str, Any]:
    return new_version(world, state) | {"title": "Figures", "language": "en"}


def new_version(world: World, state: str) -> dict[str, Any]:
    return {"upload": SimpleUploadedFile("figures.csv", b"year,people\n2020,12\n"), "seen": "1"}


# The private community is offered to those who are in it, and looks like none to all others.
SHELVED = answers(IN, member=DONE, other_member=FORM, translator=DONE, trusted=DONE, ambassador=DONE)
ROWS: dict[str, Sent] = {
    "communities:document_add": Sent(written(DONE), new_document),
    "communities:document_version": Sent(THEIRS, new_version),
    "communities:document_change": Sent(THEIRS, sends(title="Another title", language="en")),
    "communities:document_remove": Sent(THEIRS, sends(reason="A mistake.")),
    "communities:document_restore": Sent(MODERATORS),
    "communities:document_propose": Sent({"private": written(DONE)["private"]}),
    "communities:folder": Sent(MODERATORS, sends(name="Another name")),
    "communities:shelf_remove": Sent(THEIRS),
    "communities:shelve": Sent(
        {"published": SHELVED} | dict.fromkeys(("draft", "own_draft", "withdrawn"), answers(IN, member=404)),
        sends(community="private-community", note="Read it."),
    ),
}
