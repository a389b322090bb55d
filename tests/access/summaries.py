"""Rows of what panellists do by their link, of the draft of a summary and of the editors' board of webinars."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from tests.access.rows import EVERYBODY, NOBODY, Codes, Row, answers
from tests.access.sent import DONE, IN, LED_ON, ONLY_READ, Sent, sends
from tests.access.staff_rooms import ROOM
from tests.access.webinars import ASKED_IN, EDIT, of
from tests.access.webinars_sent import by_organisers

if TYPE_CHECKING:
    from tests.world import World

GONE = answers(410)
# Whoever holds the link of a panellist, with or without account; what works no longer says so and nothing else.
PANEL: dict[str, Codes] = dict.fromkeys(ASKED_IN, EVERYBODY) | dict.fromkeys(("revoked", "expired"), GONE)
PANEL |= dict.fromkeys(("guessed", "other"), NOBODY)
DRAFT = PANEL | dict.fromkeys(("published", "private"), NOBODY)  # nothing is drafted


def of_panel_link(name: str, codes: dict[str, Codes], *more: object, asked: bool = False) -> Row:
    """`guessed`: a key that is nobody's; `other`: one that opens another webinar."""

    def address(world: World, state: str) -> str:
        link = world.panel_links["past" if state in ("guessed", "other") else state]
        webinar = world.webinars["published" if state == "other" else link.panellist.webinar.slug.split("-")[-1]]
        key = "x" * 32 if state == "guessed" else link.key
        question = [webinar.questions.get().pk] if asked else []
        return reverse(f"webinars:{name}", args=[webinar.slug, key, *question, *more])

    return Row(codes, address)


def link_of_panellist(world: World, state: str) -> str:
    webinar = world.webinars[state]
    return reverse("webinars:panel_link", args=[webinar.slug, webinar.panellists.all()[0].pk])


ROWS: dict[str, Row] = {
    "webinars:panel": of_panel_link("panel", PANEL),
    "webinars:panel_question": of_panel_link("panel_question", PANEL, asked=True),
    "webinars:panel_summary": of_panel_link("panel_summary", DRAFT, "es"),
    "webinars:panel_link": Row({state: EDIT[state] for state in ASKED_IN}, link_of_panellist),
    "webinars:edit_summary": of("edit_summary", EDIT),
    "webinars:board": Row(ROOM, lambda world, state: reverse("webinars:board")),
}

# Editors draft alone; there is one of what is past already, and none of what is not over.
EDITORS = answers(IN, member=403, staff=LED_ON)
DRAFTED: dict[str, Codes] = dict.fromkeys(("published", "past", "cancelled"), EDITORS) | {
    "private": answers(IN, member=403, other_member=404, community_admin=403, staff=LED_ON),
    "own_draft": answers(IN, member=403, other_member=404, staff=LED_ON),
    "in_review": answers(IN, member=404, staff=LED_ON),
    "withdrawn": answers(IN, member=404, staff=403),
}

SENDING: dict[str, Sent] = {
    "webinars:panel": Sent(dict.fromkeys(PANEL, answers(405))),
    "webinars:panel_question": Sent(
        dict.fromkeys(ASKED_IN, answers(DONE)) | {"revoked": GONE, "expired": GONE, "guessed": NOBODY, "other": NOBODY},
        sends(text="Often.", language="en"),
    ),
    "webinars:panel_summary": Sent(
        {"past": answers(DONE), "revoked": GONE, "expired": GONE, "guessed": NOBODY, "other": NOBODY},
        sends(paragraph="1", text="It was forty households."),
    ),
    "webinars:panel_link": Sent(
        {state: by_organisers()[state] for state in ASKED_IN}, sends(address="rosa@world.example", spoken="en")
    ),
    "webinars:edit_summary": Sent(DRAFTED),
    "webinars:board": ONLY_READ,
}
