"""Rows of members: profiles, directory, contact."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse

from people.models import Block
from stakeholders.models import Affiliation
from tests.access.rows import EVERYBODY, MEMBERS_ROOM, Codes, Row, answers, page
from tests.world import HIDDEN, World

# Staff are members here: what is not for members is not for them.
PROFILE: dict[str, Codes] = {
    "everyone": EVERYBODY,
    "members": answers(404, member=200),
    "nobody": answers(404),
    "own": answers(404, member=200, other_member=404),
    "blocker": answers(200, other_member=404, staff=200),
}
TO_SOMEBODY: dict[str, Codes] = {
    "everyone": answers(302, member=200),
    "members": answers(302, member=200),
    "nobody": answers(302, member=404),
    "own": answers(302, member=404),
    "blocker": answers(302, member=200, other_member=404, staff=200),
}
ORGANISATION: dict[str, Codes] = {"published": answers(302, member=200)} | dict.fromkeys(
    HIDDEN, answers(302, member=404)
)
SENT = (200, 302, 404)
DEED: dict[str, Codes] = {"": answers(302, member=405)}
STAFF_ONLY: dict[str, Codes] = {"": answers(302, member=403, staff=200)}


def of_profile(name: str, answers: dict[str, Codes], *more: str, post: tuple[int, ...] = (405,)) -> Row:
    return Row(answers, lambda world, state: reverse(name, args=[world.profiles[state].handle, *more]), post)


def of(name: str, answers: dict[str, Codes], key: Callable[[World], object], post: tuple[int, ...]) -> Row:
    return Row(answers, lambda world, state: reverse(name, args=[key(world)]), post)


def room(name: str) -> Row:
    return Row(MEMBERS_ROOM, lambda world, state: reverse(name), post=(200, 302, 405))


def blocked(world: World) -> int:
    return Block.objects.get(blocker=world.people["member"]).pk


def affiliation(world: World) -> int:
    return Affiliation.objects.get(user=world.people["member"]).pk


ROWS: dict[str, Row] = {
    "people:list": page("people:list"),
    "people:facet": page("people:facet", "country"),
    "people:detail": of_profile("people:detail", PROFILE),
    "people:contributed": of_profile("people:contributed", PROFILE, "publications"),
    "people:write": of_profile("people:write", TO_SOMEBODY, post=SENT),
    "people:block": of_profile("people:block", TO_SOMEBODY, post=SENT),
    "people:report": of_profile("people:report", TO_SOMEBODY, post=SENT),
    "people:welcome": room("people:welcome"),
    "people:edit": room("people:edit"),
    "people:find_organisation": room("people:find_organisation"),
    "people:affiliate": Row(
        ORGANISATION, lambda world, state: reverse("people:affiliate", args=[world.organisations[state].slug]), SENT
    ),
    "people:messages": room("people:messages"),
    "people:message": of(
        "people:message", {"": answers(302, member=200, other_member=404)}, lambda w: w.message.pk, SENT
    ),
    "people:photo": Row(DEED, lambda world, state: reverse("people:photo"), SENT),
    "people:leave_organisation": of("people:leave_organisation", DEED, affiliation, SENT),
    "people:unblock": of("people:unblock", DEED, blocked, SENT),
    "people:reports": Row(STAFF_ONLY, lambda world, state: reverse("people:reports"), (302, 403, 405)),
    "people:report_detail": of("people:report_detail", STAFF_ONLY, lambda w: w.report.pk, (200, 302, 403)),
}
