"""What each role is answered who sends something to a community: its doors, its rooms, its documents."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.access import communities as groups
from tests.access import community_documents as documents
from tests.access.rows import Codes, answers
from tests.access.sent import ANY, DONE, FORM, IN, LED_ON, ONLY_READ, OWN, Sent, sends
from tests.world import World


def only_read(reading: dict[str, Codes]) -> Sent:
    return Sent(dict.fromkeys(reading, answers(405)))


def written_by_members(inside: int, **others: int) -> dict[str, Codes]:
    """What members of a community do; everybody else is led to join, where they may know of it."""
    led = answers(IN, member=LED_ON)
    closed = documents.of_members(documents.NOT_THERE, inside, 404, **others | {"translator": LED_ON})
    paused = documents.of_members(led, inside, 403, **others | {"member": 403})
    open_ones = dict.fromkeys(("open", "request"), documents.of_members(led, inside, 403, **others))
    return open_ones | {"private": closed, "paused": paused}


THEIRS = written_by_members(DONE, translator=403)


def new_document(world: World, state: str) -> dict[str, Any]:
    return new_version(world, state) | {"title": "Figures", "language": "en"}


def new_version(world: World, state: str) -> dict[str, Any]:
    return {"upload": SimpleUploadedFile("figures.csv", b"year,people\n2020,12\n"), "seen": "1"}


def wish(world: World, state: str) -> dict[str, Any]:
    """A community that somebody asks for."""
    written = {"language": "en", "name": "Cash", "purpose": "Why.", "audience": "Who.", "plan": "What."}
    return written | {
        "languages": ["en"],
        "access": "open",
        "facilitator": world.profiles["everyone"].handle,
        "conduct": "on",
    }


def of_admins(**more: int) -> Codes:
    return answers(IN, **({"member": 403, "community_admin": DONE, "staff": 403} | more))


HIDDEN_ROOM = of_admins(other_member=404, ambassador=403)
ADMINS_ROOM: dict[str, Codes] = dict.fromkeys(("open", "request"), of_admins()) | {
    "archived": of_admins(community_admin=403),
    "private": HIDDEN_ROOM,
    "in_review": answers(IN, member=404),
    "own_in_review": answers(IN, member=404),
}
ENDS: dict[str, Codes] = dict.fromkeys(("open", "request"), of_admins(staff=DONE)) | {
    "archived": of_admins(community_admin=LED_ON, staff=LED_ON),
    "private": of_admins(other_member=404, ambassador=403, staff=DONE),
    "in_review": answers(IN, member=404, staff=403),
}
JOINED: dict[str, Codes] = dict.fromkeys(
    ("open", "request"),
    answers(IN, member=LED_ON, other_member=DONE, blocked=403, community_admin=LED_ON, staff=DONE),
) | {
    "private": answers(IN, member=LED_ON, other_member=404, ambassador=LED_ON, community_admin=LED_ON, staff=403),
    "archived": answers(IN, member=LED_ON, other_member=403, community_admin=LED_ON, staff=403),
    "in_review": answers(IN, member=404, staff=403),
    "withdrawn": answers(IN, member=404, community_admin=403, staff=403),
}
LAST = 409  # nobody else runs it
GONE_OUT: dict[str, Codes] = dict.fromkeys(
    groups.OPEN, answers(IN, member=DONE, other_member=403, community_admin=LAST)
) | {"private": answers(IN, member=DONE, other_member=404, ambassador=403, community_admin=LAST, staff=403)}


GATHERING: dict[str, Sent] = {
    "communities:new": Sent(ANY, wish),
    "communities:mine": ONLY_READ,
    "communities:request": Sent({state: answers(IN, member=405) for state in groups.OWN}),
    "communities:request_answer": Sent(
        {"own_in_review": OWN[""], "private": answers(IN, member=404, community_admin=403, staff=404)},
        sends(text="Here it is."),
    ),
    "communities:change": Sent(
        {
            "own_in_review": OWN[""],
            "in_review": answers(IN, member=404, staff=403, administrator=404),
            "left": answers(IN, member=404),
            "private": answers(IN, member=404, community_admin=403, staff=404),
        },
        wish,
    ),
    "communities:join": Sent(JOINED, sends(answer="Pensions.", conduct="on")),
    "communities:leave": Sent(GONE_OUT),
    "communities:member": Sent(
        {state: ADMINS_ROOM[state] for state in ("open", "request", "private")} | {"archived": of_admins()},
        sends(step="role", role="facilitator"),
    ),
    "communities:invite": Sent(
        ADMINS_ROOM | {"archived": of_admins(community_admin=FORM)}, sends(address="a@b.example", language="en")
    ),
    "communities:invitation": Sent(
        dict.fromkeys(
            ("open", "request", "private"),
            answers(IN, member=LED_ON, other_member=DONE, blocked=403, community_admin=LED_ON, staff=DONE),
        )
        | {"by_name": answers(IN, member=404, ambassador=DONE, translator=404)},
        sends(conduct="on"),
    ),
    "communities:invitation_step": Sent(
        {state: ADMINS_ROOM[state] for state in ("open", "request", "private")}
        | {"archived": of_admins(community_admin=404)},
        sends(step="withdraw"),
    ),
    "communities:edit": Sent(ADMINS_ROOM, sends(access="open", languages=["en"], organisations="")),
    "communities:texts": Sent(ADMINS_ROOM, sends(name="Argent", purpose="Pourquoi.")),
    "communities:quiet": Sent(ADMINS_ROOM),
    "communities:archive": Sent(
        ENDS | {"archived": of_admins(community_admin=LED_ON, staff=LED_ON)}, sends(reason="Over.")
    ),
    "communities:unarchive": Sent(
        dict.fromkeys(("open", "request"), of_admins(community_admin=LED_ON, staff=LED_ON))
        | {
            "archived": of_admins(staff=DONE),
            "private": of_admins(other_member=404, ambassador=403, community_admin=LED_ON, staff=LED_ON),
        }
    ),
    "communities:documents": only_read(documents.READING),
    "communities:document": only_read(documents.ONE),
    "communities:document_add": Sent(written_by_members(DONE), new_document),
    "communities:document_version": Sent(THEIRS, new_version),
    "communities:document_change": Sent(THEIRS, sends(title="Another title", language="en")),
    "communities:document_remove": Sent(THEIRS, sends(reason="A mistake.")),
    "communities:document_restore": Sent(written_by_members(403, trusted=DONE, ambassador=DONE)),
    "communities:document_propose": Sent(written_by_members(DONE)),
    "communities:folder": Sent(written_by_members(403, trusted=DONE, ambassador=DONE), sends(name="Another name")),
    "communities:shelf": only_read(documents.READING),
    "communities:shelf_remove": Sent(THEIRS),
    "communities:shelve": Sent(
        # The private community is offered to those who are in it, and looks like none to all others.
        {"published": answers(IN, member=DONE, other_member=FORM, trusted=DONE, ambassador=DONE)}
        | dict.fromkeys(("draft", "own_draft", "withdrawn"), answers(IN, member=404)),
        sends(community="private-community", note="Read it."),
    ),
}
