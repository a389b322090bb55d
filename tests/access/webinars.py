"""Rows of webinars and series: what everybody reads, what organisers change, what stands behind a private community.

`community_admin` organises what was announced; the member is in the private community and proposed two of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from tests.access.communities import OPEN, PRIVATE
from tests.access.rows import EVERYBODY, MEMBERS_ROOM, NOBODY, RECORD, WORDS, Codes, Row, answers, page

if TYPE_CHECKING:
    from tests.world import World

BEHIND = answers(404, member=200, other_member=404, community_admin=200, staff=200)  # the private community
DETAIL: dict[str, Codes] = RECORD | {"private": BEHIND, "past": EVERYBODY, "cancelled": EVERYBODY}
CALENDAR: dict[str, Codes] = WORDS | {"private": BEHIND, "cancelled": EVERYBODY}
SERIES: dict[str, Codes] = {"published": EVERYBODY, "private": BEHIND}
ORGANISERS = answers(302, member=403, community_admin=200, staff=200)
EDIT: dict[str, Codes] = {
    "published": ORGANISERS,
    "private": answers(302, member=403, other_member=404, community_admin=200, staff=200),
    "past": ORGANISERS,
    "cancelled": ORGANISERS,
    "own_draft": answers(302, member=200, other_member=404, staff=200),
    "in_review": answers(302, member=404, staff=200),
    "withdrawn": answers(302, member=404, staff=403),
}
STEP: dict[str, Codes] = {state: EDIT[state] for state in ("published", "private", "own_draft")}
TRANSCRIPT: dict[str, Codes] = {
    **dict.fromkeys(("published", "past"), EVERYBODY),
    "private": BEHIND,
    "own_draft": answers(404, member=200, other_member=404, staff=200),
    "cancelled": NOBODY,
}
BEHIND_DOOR = answers(302, member=405)
OWN: dict[str, Codes] = {
    "own_draft": answers(302, member=200, other_member=404),
    "own_in_review": answers(302, member=200, other_member=404),
    "published": answers(302, member=404, community_admin=200, staff=404),
    "private": answers(302, member=404, community_admin=200, staff=404),
}
INSIDE = answers(404, member=200, other_member=404, community_admin=200)  # members of the private community alone
REGISTER: dict[str, Codes] = dict.fromkeys(("published", "past", "cancelled"), EVERYBODY) | {
    "private": answers(404, member=302, other_member=404, community_admin=200, staff=404),  # the member did already
    "own_draft": NOBODY,
    "withdrawn": NOBODY,
}
REGISTERED: dict[str, Codes] = {"published": EVERYBODY, "private": INSIDE, "own_draft": NOBODY}
# Whoever holds the link, and nobody by guessing; of somebody who left the private community it opens nothing.
LINK: dict[str, Codes] = {"guest": EVERYBODY, "member": EVERYBODY, "left": NOBODY, "guessed": NOBODY}
JOIN = LINK | dict.fromkeys(("guest", "member"), answers(302))
ASKED_IN = ("published", "private", "past")
QUESTIONS: dict[str, Codes] = {"published": EVERYBODY, "past": EVERYBODY, "private": INSIDE, "own_draft": NOBODY}
COMMUNITY: dict[str, Codes] = dict.fromkeys(OPEN, EVERYBODY) | {"private": PRIVATE, "in_review": NOBODY}
NEW: dict[str, Codes] = dict.fromkeys(("open", "request"), answers(302, member=403, community_admin=200, staff=403)) | {
    "private": answers(302, member=403, other_member=404, ambassador=403, community_admin=200, staff=403),
    "archived": answers(302, member=403),
    "in_review": answers(302, member=404),
}


def of(name: str, codes: dict[str, Codes], *more: object) -> Row:
    return Row(codes, lambda world, state: reverse(f"webinars:{name}", args=[world.webinars[state].slug, *more]))


def of_panel(world: World, state: str) -> str:
    webinar = world.webinars[state]
    return reverse("webinars:panel_step", args=[webinar.slug, webinar.panellists.get().pk])


def of_organiser(world: World, state: str) -> str:
    webinar = world.webinars[state]
    return reverse("webinars:organiser_step", args=[webinar.slug, webinar.organisers.get().pk])


def of_recording(world: World, state: str) -> str:
    webinar = world.webinars[state]
    return reverse("webinars:recording_step", args=[webinar.slug, webinar.recordings.get().pk])


def of_stream(world: World, state: str) -> str:
    webinar = world.webinars[state]
    return reverse("webinars:stream_step", args=[webinar.slug, webinar.streams.get().pk])


def of_material(world: World, state: str) -> str:
    webinar = world.webinars[state]
    return reverse("webinars:material_step", args=[webinar.slug, webinar.materials.get(kind="slides").pk])


def of_question(name: str, codes: dict[str, Codes]) -> Row:
    def address(world: World, state: str) -> str:
        webinar = world.webinars[state]
        return reverse(f"webinars:{name}", args=[webinar.slug, webinar.questions.get().pk])

    return Row(codes, address)


def own_question(world: World, state: str) -> str:
    row = world.registered["guest" if state == "guessed" else state]
    key = "x" * 32 if state == "guessed" else row.key
    return reverse("webinars:own_question_step", args=[row.webinar.slug, key, row.webinar.questions.get().pk])


def of_proposal(name: str, codes: dict[str, Codes]) -> Row:
    return Row(codes, lambda world, state: reverse(f"webinars:{name}", args=[world.webinars[state].pk]))


def of_series(name: str, codes: dict[str, Codes] = SERIES) -> Row:
    return Row(codes, lambda world, state: reverse(f"webinars:{name}", args=[world.webinars[state].series.slug]))


def of_link(name: str, codes: dict[str, Codes]) -> Row:
    def address(world: World, state: str) -> str:
        row = world.registered["guest" if state == "guessed" else state]
        return reverse(f"webinars:{name}", args=[row.webinar.slug, "x" * 32 if state == "guessed" else row.key])

    return Row(codes, address)


ROWS: dict[str, Row] = {
    "webinars:list": page("webinars:list"),
    "webinars:feed": page("webinars:feed"),
    "webinars:all_calendar": page("webinars:all_calendar"),
    "webinars:facet": page("webinars:facet", "country"),
    "webinars:detail": of("detail", DETAIL),
    "webinars:calendar": of("calendar", CALENDAR),
    "webinars:all_series": page("webinars:all_series"),
    "webinars:series": of_series("series"),
    "webinars:series_calendar": of_series("series_calendar"),
    "webinars:edit_facts": of("edit_facts", EDIT),
    "webinars:edit_time": of("edit_time", EDIT),
    "webinars:edit_panel": of("edit_panel", EDIT),
    "webinars:edit_organisers": of("edit_organisers", EDIT),
    "webinars:edit_texts": of("edit_texts", EDIT, "fr"),
    "webinars:edit_cancel": of("edit_cancel", EDIT),
    "webinars:panel_step": Row(dict.fromkeys(STEP, BEHIND_DOOR), of_panel),
    "webinars:organiser_step": Row(dict.fromkeys(STEP, BEHIND_DOOR), of_organiser),
    "webinars:edit_people": of("edit_people", EDIT),
    "webinars:register": of("register", REGISTER),
    "webinars:registered": of("registered", REGISTERED),
    "webinars:own": of_link("own", LINK),
    "webinars:own_calendar": of_link("own_calendar", LINK),
    "webinars:join": of_link("join", JOIN),
    "webinars:questions": of("questions", QUESTIONS),
    "webinars:question_step": of_question("question_step", dict.fromkeys(ASKED_IN, BEHIND_DOOR)),
    "webinars:own_questions": of_link("own_questions", LINK),
    "webinars:own_question_step": Row(dict.fromkeys(LINK, answers(405)), own_question),
    "webinars:edit_questions": of("edit_questions", EDIT),
    "webinars:edit_question": of_question("edit_question", {state: EDIT[state] for state in ASKED_IN}),
    "webinars:answer_step": of_question("answer_step", dict.fromkeys(ASKED_IN, BEHIND_DOOR)),
    "webinars:room": of("room", dict.fromkeys(STEP, BEHIND_DOOR)),
    "webinars:transcript": of("transcript", TRANSCRIPT, "pt"),
    "webinars:edit_streams": of("edit_streams", EDIT),
    "webinars:stream_step": Row(dict.fromkeys(STEP, BEHIND_DOOR), of_stream),
    "webinars:edit_recordings": of("edit_recordings", EDIT),
    "webinars:edit_materials": of("edit_materials", EDIT),
    "webinars:recording_step": Row(dict.fromkeys(STEP, BEHIND_DOOR), of_recording),
    "webinars:material_step": Row(dict.fromkeys(STEP, BEHIND_DOOR), of_material),
    "webinars:mine": Row(MEMBERS_ROOM, lambda world, state: reverse("webinars:mine")),
    "webinars:proposal": of_proposal("proposal", OWN),
    "webinars:send": of_proposal("send", dict.fromkeys(OWN, BEHIND_DOOR)),
    "webinars:answer": of_proposal("answer", dict.fromkeys(OWN, BEHIND_DOOR)),
    "webinars:community": Row(
        COMMUNITY, lambda world, state: reverse("webinars:community", args=[world.communities[state].slug])
    ),
    "webinars:new": Row(NEW, lambda world, state: reverse("webinars:new", args=[world.communities[state].slug])),
}
