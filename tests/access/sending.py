"""What each role is answered who sends something. An address that is not here answers 405, to everybody.

Each row says what to send so that the deed would be done: only then does a refusal prove anything. `IN` is the door:
who is not signed in, or has not shown lately who they are, is led there and nothing is done.
"""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from notifications import unsubscribing
from notifications.forms import PreferenceForm
from notifications.models import Preference
from people.visibility import FIELDS
from tests import factories
from tests.access import moderation, surveys
from tests.access.agenda import AGENDA
from tests.access.attending import SENDING as ATTENDING
from tests.access.blog import WRITING
from tests.access.gathering import GATHERING
from tests.access.rows import THIRD, Codes, answers
from tests.access.saying import SAYING
from tests.access.sent import ANY, DONE, FORM, IN, LED_ON, ONLY_READ, OWN, SHOWN, Sent, sends
from tests.access.staff_rooms import case_of
from tests.access.summaries import SENDING as SUMMARIES
from tests.access.webinars_sent import SENDING as WEBINARS
from tests.private import rest_of_details
from tests.world import HIDDEN, World

SECOND = "second@world.example"
NO_PROFILE_YET = dict.fromkeys(THIRD, DONE)  # one is made
STAFF = {"": answers(IN, member=403, staff=DONE)}
MODERATORS = answers(IN, member=404, trusted=DONE, community_admin=DONE)
TO_SOMEBODY: dict[str, Codes] = dict.fromkeys(("everyone", "members", "shy", "half"), answers(IN, member=DONE)) | {
    "nobody": answers(IN, member=404),
    "own": answers(IN, member=404),
    "blocker": answers(IN, member=DONE, blocked=404),
}
OWN_RECORD: dict[str, Codes] = dict.fromkeys(("own_draft", "own_in_review"), OWN[""])
STAFFS_RECORD = answers(IN, member=404, staff=DONE, administrator=404)
# Pages of allauth, with nothing typed.
MEMBERS_FORM = Sent({"": answers(IN, member=FORM)})
MEMBERS_WAY = Sent({"": answers(IN, member=LED_ON)})
DOOR = Sent({"": answers(FORM, unverified=LED_ON, member=LED_ON)})
ASKS_AGAIN = Sent({"": answers(IN)})
NOT_BEGUN = Sent({"": answers(LED_ON)})
MOVED = Sent({"": answers(301)})


def profile(world: World, state: str) -> dict[str, Any]:
    visible = {f"visible_{field}": "public" for field in FIELDS}
    return {"name": "Another Name", "listing": "everyone", "contact": "members"} | visible


def details(world: World, state: str) -> dict[str, Any]:
    return rest_of_details(world) | {"title": "What a stranger made of it"}


def decision(world: World, state: str) -> dict[str, Any]:
    return {"step": "publish", "turn": case_of(world, state).turn, "note": "Fine."}


def references(world: World, state: str) -> dict[str, Any]:
    file = SimpleUploadedFile("references.ris", b"TY  - RPRT\nTI  - Pensions\nER  - \n")
    return {"file": file, "licence": factories.licence().pk, "language": "en", "status": "draft"}


def preferences(world: World, state: str) -> dict[str, Any]:
    form = PreferenceForm(user=world.people["administrator"], preference=Preference(user=world.people["administrator"]))
    return {name: form.initial.get(name, "") for name in form.fields} | {"language": "fr"}


def undo(world: World, state: str) -> dict[str, Any]:
    token = unsubscribing.undo_token(world.people["other_member"], {"followed": "never"})
    return {"token": token if state == "signed" else signing.dumps(signing.loads(token, salt="notifications.undo"))}


SENDING: dict[str, Sent] = {
    "surveys:answer": Sent(surveys.ANSWER, surveys.answered),
    "surveys:table": Sent(surveys.TABLE_SENT),
    # People
    "people:write": Sent(TO_SOMEBODY, sends(subject="Hello", text="A word.")),
    "people:block": Sent(TO_SOMEBODY),
    "people:report": Sent(TO_SOMEBODY, sends(reason="spam", text="Look.")),
    "people:welcome": Sent(ANY, sends(time_zone="UTC")),
    "people:edit": Sent(ANY, profile),
    "people:find_organisation": MEMBERS_FORM,
    "people:affiliate": Sent(
        {"published": ANY[""]} | dict.fromkeys(HIDDEN, answers(IN, member=404)), sends(role="Analyst")
    ),
    "people:photo": Sent({"": answers(IN, member=DONE, other_member=LED_ON) | NO_PROFILE_YET}, sends(remove="yes")),
    "people:messages": ONLY_READ,
    "people:message": Sent(
        {
            "": OWN[""],
            "answered": answers(IN, member=DONE, other_member=DONE) | dict.fromkeys(THIRD, 404),
            "to_blocked": answers(IN, member=FORM, other_member=404, blocked=FORM),
        },
        sends(text="An answer."),
    ),
    "people:leave_organisation": Sent(OWN),
    "people:unblock": Sent(OWN),
    "people:reports": ONLY_READ,
    "people:report_detail": Sent(
        {
            "": STAFF[""],
            "closing": answers(IN, member=403, staff=FORM, administrator=DONE),
            "closing_staff": answers(IN, member=403, staff=FORM),
        },
        lambda world, state: {"outcome": "closed" if state else "fine", "note": "Nothing."},
    ),
    # What members keep, choose and send away
    "me": ONLY_READ,
    "members:privacy": ONLY_READ,
    "members:consent": Sent(ANY, sends(given="yes")),
    "members:export": Sent({"": answers(IN, member=LED_ON, other_member=DONE)}),  # the member's is ready
    "members:download": ONLY_READ,
    "members:erase": ASKS_AGAIN,
    "notifications:preferences": Sent(ANY, preferences),
    "notifications:pause": Sent(ANY),
    "notifications:resume": Sent(ANY),
    "notifications:notices": ONLY_READ,
    "notifications:read": Sent(ANY),
    "notifications:follow": Sent(ANY),
    "notifications:unfollow": Sent(ANY),
    "notifications:address": Sent({"": answers(IN, member=SHOWN, other_member=FORM)}),
    "notifications:trust": Sent(OWN | {"forged": answers(IN, member=404)}),
    "notifications:stop": Sent({"": answers(SHOWN), "discussion": answers(SHOWN), "forged": answers(404)}),
    "notifications:undo": Sent({"signed": answers(SHOWN), "forged": answers(404)}, undo),
    "mail_hook": Sent({"": answers(404)}),
    # Sharing
    "publications:upload": Sent(ANY, sends(way="blank")),
    "publications:draft_file": Sent(OWN, sends(leave_out="yes")),
    "publications:draft_details": Sent(OWN, details),
    "publications:draft_check": Sent(OWN | {"alike": answers(IN, member=LED_ON, other_member=404)}),
    "publications:draft_discard": Sent(OWN),
    "publications:draft_same": Sent(OWN | {"hidden": answers(IN, member=404)}),
    "publications:draft_other": Sent(OWN | {"hidden": answers(IN, member=404)}),
    "publications:mine": ONLY_READ,
    "publications:contribution": Sent(
        dict.fromkeys(("own_draft", "own_in_review", "published", "in_review"), ONLY_READ.answers[""])
    ),
    "publications:answer": Sent(
        {
            "own_draft": answers(IN, member=403, other_member=404),
            "own_in_review": OWN[""],
            # Staff own it, but the conversation is about the member's correction.
            "published": answers(IN, member=DONE, other_member=404, staff=403, administrator=404),
        },
        sends(text="Here it is."),
    ),
    "publications:change": Sent(
        OWN_RECORD
        | {
            # A correction of the member's waits: nobody begins another meanwhile.
            "published": answers(IN, member=LED_ON, other_member=404, staff=LED_ON, administrator=404),
            "in_review": STAFFS_RECORD,
            "withdrawn": answers(IN, member=404, staff=403, administrator=404),
        }
    ),
    "publications:withdraw": Sent(
        OWN_RECORD
        | {
            "published": answers(IN, member=403, other_member=404, staff=DONE, administrator=404),
            "in_review": STAFFS_RECORD,
            "withdrawn": answers(IN, member=404, staff=403, administrator=404),
        },
        sends(reason="A mistake."),
    ),
    # The team
    "notifications:outbox": ONLY_READ,
    "notifications:suspended": ONLY_READ,
    "notifications:letter": ONLY_READ,
    "notifications:letter_html": ONLY_READ,
    "notifications:send_again": Sent(
        {
            "announcement": STAFF[""],
            "account": answers(IN, member=403, administrator=DONE),
            "closed": answers(IN, member=403),
            "absent": answers(IN, member=403, staff=404),
        }
    ),
    "notifications:lift": Sent(STAFF),
    "review": ONLY_READ,
    "review_case": Sent({"": STAFF[""], "staff": answers(IN, member=403, administrator=DONE)}, decision),
    "trail": ONLY_READ,
    "trail_restore": Sent(
        {"": STAFF[""], "address": answers(IN, member=403, staff=404)},
        lambda world, state: {"field": "slug" if state else "abstract_en"},
    ),
    "imports:list": Sent(STAFF, references),
    "imports:detail": ONLY_READ,
    "imports:write": Sent(STAFF),
    "imports:forget": Sent(STAFF),
    "admin:index": Sent({"": answers(LED_ON, staff=FORM)}),
    # Moderators
    "moderation:queue": ONLY_READ,
    "moderation:log": ONLY_READ,
    "moderation:standing": ONLY_READ,
    "moderation:case": Sent(
        {
            "first": MODERATORS,
            "own": MODERATORS | {"community_admin": 404},
            "removed": answers(IN, member=404, trusted=409, community_admin=409),  # decided already
            "appeal": MODERATORS | {"trusted": 404, "administrator": DONE},
        },
        moderation.decision,
    ),
    "moderation:sanction": Sent(
        {
            "first": MODERATORS,
            "own": MODERATORS | {"trusted": 403, "community_admin": 404},
            "appeal": MODERATORS | {"trusted": 404, "administrator": 403},
        },
        sends(what="ban-0", reason="Threats."),
    ),
    "moderation:lift": Sent({"": MODERATORS}, sends(reason="Enough.")),
    "moderation:take_up": Sent(
        {"shown": MODERATORS, "own": MODERATORS | {"community_admin": 403}}, moderation.taking_up
    ),
    "moderation:report": Sent(
        {"shown": answers(IN, member=403, other_member=DONE)}
        | dict.fromkeys(("waiting", "removed"), answers(IN, member=404)),
        sends(reason="spam"),
    ),
    "moderation:decision": Sent(
        {
            "removed": answers(IN, member=FORM, other_member=404),  # appealed already
            "sanction": OWN[""],
            "appeal": answers(IN, member=FORM, other_member=404),
            "own": answers(IN, member=404),
        },
        sends(words="It is not so."),
    ),
    # Doors
    "account_login": DOOR,
    "account_signup": DOOR,
    "account_request_login_code": DOOR,
    "account_reset_password": Sent({"": answers(FORM)}),
    "account_logout": NOT_BEGUN,
    "account_email": Sent({"": answers(IN, other_member=LED_ON)}, sends(action_remove="", email=SECOND)),
    "account_remove_email": ONLY_READ,
    "account_change_password": MEMBERS_FORM,
    "account_set_password": MEMBERS_WAY,
    "account_reauthenticate": MEMBERS_FORM,
    "account_request_reauthentication_code": MEMBERS_FORM,
    "account_confirm_reauthentication_code": ASKS_AGAIN,
    "account_email_verification_sent": Sent({"": answers(IN, unverified=FORM, member=LED_ON)}),
    "account_complete_password_reset": NOT_BEGUN,
    "account_confirm_password_reset_code": ASKS_AGAIN,
    "account_confirm_login_code": MEMBERS_WAY,
    "mfa_login_webauthn": Sent({"": answers(IN, unverified=LED_ON, member=LED_ON)}),
    "mfa_authenticate": MEMBERS_WAY,
    "mfa_download_recovery_codes": Sent({"": answers(IN, member=404)}),
    "mfa_deactivate_totp": Sent({"": answers(IN, member=404)}),
    "usersessions_list": MEMBERS_WAY,
    "socialaccount_connections": MEMBERS_FORM,
    "socialaccount_signup": ASKS_AGAIN,
}
SENDING |= SAYING | GATHERING | WRITING | AGENDA | WEBINARS | SUMMARIES | ATTENDING
SENDING |= dict.fromkeys(("mfa_index", "mfa_list_webauthn", "mfa_view_recovery_codes"), ONLY_READ)
SENDING |= {
    f"mfa_{step}": ASKS_AGAIN
    for step in (
        *("edit_webauthn", "remove_webauthn", "add_webauthn", "activate_totp", "generate_recovery_codes"),
        *("reauthenticate", "reauthenticate_webauthn"),
    )
}
SENDING |= {f"/social/{old}/": MOVED for old in ("login/cancelled", "login/error", "signup", "connections")}
