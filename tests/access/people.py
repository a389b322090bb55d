"""Rows of members: profiles, directory, contact."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from people.models import Block, Message, Report
from stakeholders.models import Affiliation
from tests.access.rows import EVERYBODY, MEMBERS_ROOM, THIRD, Codes, Row, answers, page
from tests.world import HIDDEN, World

# Staff are members here: what is not for members is not for them.
PROFILE: dict[str, Codes] = {
    "everyone": EVERYBODY,
    "members": answers(404, member=200),
    "nobody": answers(404),
    "own": answers(404, member=200, other_member=404),
    "blocker": EVERYBODY | {"blocked": 404},
    "shy": EVERYBODY,
    "half": EVERYBODY,
}
TO_SOMEBODY: dict[str, Codes] = {
    "everyone": answers(302, member=200),
    "members": answers(302, member=200),
    "nobody": answers(302, member=404),
    "own": answers(302, member=404),
    "blocker": answers(302, member=200, blocked=404),
    "shy": answers(302, member=200),
    "half": answers(302, member=200),
}
ORGANISATION: dict[str, Codes] = {"published": answers(302, member=200)} | dict.fromkeys(
    HIDDEN, answers(302, member=404)
)
DEED: dict[str, Codes] = {"": answers(302, member=405)}
STAFF_ONLY: dict[str, Codes] = {"": answers(302, member=403, staff=200)}


def of_profile(name: str, answers: dict[str, Codes], *more: str) -> Row:
    return Row(answers, lambda world, state: reverse(name, args=[world.profiles[state].handle, *more]))


def of(name: str, answers: dict[str, Codes], key: Callable[[World], object]) -> Row:
    return Row(answers, lambda world, state: reverse(name, args=[key(world)]))


def room(name: str) -> Row:
    return Row(MEMBERS_ROOM, lambda world, state: reverse(name))


def blocked(world: World) -> int:
    return Block.objects.get(blocker=world.people["member"], blocked=world.people["blocked"]).pk


def conversation(world: World, state: str) -> Message:
    """Of the member with somebody whom everyone finds, with the other member, with whom they blocked."""
    return {"answered": world.private.message, "to_blocked": world.private.to_blocked}.get(state, world.message)


def affiliation(world: World) -> int:
    return Affiliation.objects.filter(user=world.people["member"]).latest("pk").pk


def report_of(world: World, state: str) -> Report:
    """About a member, and about an editor: whose account nobody closes on this page."""
    if state != "closing_staff":
        return world.report
    about = {"reporter": world.people["member"], "reported": world.people["staff"]}
    return Report.objects.get_or_create(**about, defaults={"reason": "rude", "text": "Look."})[0]


ROWS: dict[str, Row] = {
    "people:list": page("people:list"),
    "people:facet": page("people:facet", "country"),
    "people:detail": of_profile("people:detail", PROFILE),
    "people:contributed": of_profile("people:contributed", PROFILE, "publications"),
    "people:write": of_profile("people:write", TO_SOMEBODY),
    "people:block": of_profile("people:block", TO_SOMEBODY),
    "people:report": of_profile("people:report", TO_SOMEBODY),
    "people:welcome": room("people:welcome"),
    "people:edit": room("people:edit"),
    "people:find_organisation": room("people:find_organisation"),
    "people:affiliate": Row(
        ORGANISATION, lambda world, state: reverse("people:affiliate", args=[world.organisations[state].slug])
    ),
    "people:messages": room("people:messages"),
    "people:message": Row(
        {
            "": answers(302, member=200, other_member=404),
            "answered": answers(302, member=200, other_member=200) | dict.fromkeys(THIRD, 404),
            "to_blocked": answers(302, member=200, other_member=404, blocked=200),
        },
        lambda world, state: reverse("people:message", args=[conversation(world, state).pk]),
    ),
    "people:photo": Row(DEED, lambda world, state: reverse("people:photo")),
    "people:leave_organisation": of("people:leave_organisation", DEED, affiliation),
    "people:unblock": of("people:unblock", DEED, blocked),
    "people:reports": Row(STAFF_ONLY, lambda world, state: reverse("people:reports")),
    "people:report_detail": Row(
        dict.fromkeys(("", "closing", "closing_staff"), STAFF_ONLY[""]),
        lambda world, state: reverse("people:report_detail", args=[report_of(world, state).pk]),
    ),
}
