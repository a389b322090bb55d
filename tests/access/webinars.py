"""Rows of webinars and series: what everybody reads, what organisers change, what stands behind a private community.

`community_admin` organises what was announced; the member is in the private community and proposed two of their own.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from tests.access.communities import OPEN, PRIVATE
from tests.access.rows import EVERYBODY, MEMBERS_ROOM, NOBODY, RECORD, WORDS, Codes, Row, answers, page
from tests.access.sent import DONE, FORM, IN, LED_ON, ONLY_READ, Sent, sends

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


# ---------- What is sent ----------


def by_organisers(done: int = DONE, **states: Codes) -> dict[str, Codes]:
    """Of those that are ahead; what differs by state is given."""
    theirs = answers(IN, member=403, community_admin=done, staff=done)
    return {
        "published": theirs,
        "private": answers(IN, member=403, other_member=404, community_admin=done, staff=done),
        "past": theirs,
        "cancelled": theirs,
        "own_draft": answers(IN, member=done, other_member=404, staff=done),
        "in_review": answers(IN, member=404, staff=done),
        "withdrawn": answers(IN, member=404, staff=403),
    } | states


SAID_SO = answers(IN, member=403, community_admin=FORM, staff=FORM)  # past and cancelled ones stay as they are


def new_time(world: World, state: str) -> dict[str, Any]:
    day = timezone.now() + timedelta(days=61)
    return {"day": f"{day:%d/%m/%Y}", "clock": "16:00", "zone": "Africa/Nairobi", "minutes": "60"}


def another(world: World, state: str) -> dict[str, Any]:
    return {"name": world.profiles["everyone"].get_absolute_url()}


def proposal(world: World, state: str) -> dict[str, Any]:
    return new_time(world, state) | {"language": "en", "title": "Cash", "summary": "Why.", "spoken": ["en"]}


def captions(world: World, state: str) -> dict[str, Any]:
    spoken = b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello.\n"
    return {"kind": "transcript", "language": "fr", "upload": SimpleUploadedFile("words.vtt", spoken)}


BEHIND_IN = answers(IN, member=405)

# Nobody is let in by looking: the way there is told, and nothing is written.
ENTERS = by_organisers(LED_ON)


def person(world: World, state: str) -> dict[str, Any]:
    return {"name": "Rosa", "email": "new@world.example", "country": "KE", "sector": "ngo", "consent": "on"}


SENDING: dict[str, Sent] = {
    "webinars:edit_people": Sent(dict.fromkeys(EDIT, BEHIND_IN)),
    "webinars:register": Sent(
        {
            "published": answers(DONE),
            "private": answers(404, member=LED_ON, other_member=404, community_admin=DONE, staff=404),
            "past": answers(FORM),
            "cancelled": answers(FORM),
            "own_draft": NOBODY,
            "withdrawn": NOBODY,
        },
        person,
    ),
    "webinars:own": Sent({"guest": answers(DONE), "left": NOBODY, "guessed": NOBODY}, sends(cancel="1")),
    "webinars:questions": Sent(
        {
            "published": answers(FORM, member=DONE),
            "past": answers(FORM),
            "private": answers(404, member=DONE, other_member=404, community_admin=DONE),
        },
        sends(text="What holds governments back?", language="en"),
    ),
    "webinars:question_step": Sent(
        {
            "published": answers(IN, member=DONE),
            "past": answers(IN, member=LED_ON),
            "private": answers(IN, member=DONE, other_member=404, community_admin=DONE, staff=404),
        }
    ),
    "webinars:own_questions": Sent(
        {"guest": answers(DONE), "member": answers(DONE), "left": NOBODY, "guessed": NOBODY},
        sends(text="What holds governments back?", language="en"),
    ),
    "webinars:own_question_step": Sent(
        {"guest": answers(DONE), "member": answers(DONE), "left": NOBODY, "guessed": NOBODY}
    ),
    "webinars:edit_questions": Sent(dict.fromkeys(EDIT, BEHIND_IN)),
    "webinars:edit_question": Sent(
        {state: by_organisers()[state] for state in ASKED_IN},
        sends(name="Farah Aziz", text="Often.", language="en"),
    ),
    "webinars:answer_step": Sent({state: by_organisers()[state] for state in ASKED_IN}, sends(live="1")),
    "webinars:room": Sent({state: ENTERS[state] for state in STEP}),
    "webinars:edit_facts": Sent(by_organisers(), sends(spoken=["en", "es"])),
    "webinars:edit_time": Sent(by_organisers(past=SAID_SO, cancelled=SAID_SO), new_time),
    "webinars:edit_panel": Sent(by_organisers(), sends(name="Farah Aziz", role="moderator")),
    "webinars:edit_organisers": Sent(by_organisers(), another),
    "webinars:edit_texts": Sent(by_organisers(), sends(title="Un titre")),
    "webinars:edit_cancel": Sent(by_organisers(past=SAID_SO, cancelled=SAID_SO), sends(reason="Ill.")),
    "webinars:edit_recordings": Sent(by_organisers(), sends(language="fr", link="https://video.example/2")),
    "webinars:edit_materials": Sent(by_organisers(), captions),
    "webinars:recording_step": Sent({state: by_organisers()[state] for state in STEP}),
    "webinars:material_step": Sent({state: by_organisers()[state] for state in STEP}),
    "webinars:panel_step": Sent(
        {state: codes for state, codes in by_organisers().items() if state in STEP}, sends(remove="1")
    ),
    # The last organiser stays.
    "webinars:organiser_step": Sent({state: codes for state, codes in by_organisers(LED_ON).items() if state in STEP}),
    "webinars:send": Sent(
        {
            "own_draft": answers(IN, member=DONE, other_member=404),
            "own_in_review": answers(IN, member=DONE, other_member=404),
            "published": answers(IN, member=404, community_admin=403, staff=404),
            "private": answers(IN, member=404, community_admin=403, staff=404),
        }
    ),
    "webinars:mine": ONLY_READ,
    "webinars:proposal": Sent(dict.fromkeys(OWN, BEHIND_IN)),
    "webinars:answer": Sent(
        {
            "own_draft": answers(IN, member=403, other_member=404),
            "own_in_review": answers(IN, member=DONE, other_member=404),
            "published": answers(IN, member=404, community_admin=403, staff=404),
            "private": answers(IN, member=404, community_admin=403, staff=404),
        },
        sends(text="The second date suits us."),
    ),
    "webinars:new": Sent(
        dict.fromkeys(("open", "request"), answers(IN, member=403, community_admin=DONE, staff=403))
        | {
            "private": answers(IN, member=403, other_member=404, ambassador=403, community_admin=DONE, staff=403),
            "archived": answers(IN, member=403),
            "in_review": answers(IN, member=404),
        },
        proposal,
    ),
    "time_zone": Sent({"": answers(LED_ON, member=DONE)}, sends(zone="Africa/Nairobi")),
}
