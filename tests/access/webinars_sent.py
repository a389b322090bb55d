"""What is sent to the addresses of webinars, and what comes of it for each reader."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.access.rows import NOBODY, Codes, answers
from tests.access.sent import DONE, FORM, IN, LED_ON, ONLY_READ, Sent, sends
from tests.access.webinars import ASKED_IN, EDIT, OWN, STEP

if TYPE_CHECKING:
    from tests.world import World


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
    "webinars:edit_streams": Sent(by_organisers(), sends(language="fr", link="https://webtv.example/fr")),
    "webinars:stream_step": Sent({state: by_organisers()[state] for state in STEP}),
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
