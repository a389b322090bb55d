"""Rows of what members send in."""

from __future__ import annotations

from django.urls import reverse

from publications.models import Draft
from tests.access.rows import MEMBERS_ROOM, Codes, Row, answers
from tests.world import World

OWN: dict[str, Codes] = {"": answers(302, member=200, other_member=404)}
OWN_TO_CHECK: dict[str, Codes] = {"": answers(302, other_member=404)}  # an empty one leads back to its details
DEED: dict[str, Codes] = {"": answers(405)}
CONTRIBUTION: dict[str, Codes] = {
    "own_draft": answers(302, member=200, other_member=404),
    "published": answers(302, member=404, staff=200, administrator=404),  # staff own it
    "in_review": answers(302, member=404, staff=200, administrator=404),
}
WITHDRAWAL = CONTRIBUTION | {"withdrawn": answers(302, member=404, staff=403, administrator=404)}


def of_draft(name: str, answers: dict[str, Codes], *, similar: bool = False, post: tuple[int, ...] = (200, 302)) -> Row:
    def address(world: World, state: str) -> str:
        draft, _made = Draft.objects.get_or_create(owner=world.people["member"], publication=None, begun_with="blank")
        record = [world.publications["published"].pk] if similar else []
        return reverse(f"publications:{name}", args=[draft.key, *record])

    return Row(answers, address, post=(*post, 404))


def of_contribution(name: str, answers: dict[str, Codes], **more: tuple[int, ...]) -> Row:
    return Row(
        answers, lambda world, state: reverse(f"publications:{name}", args=[world.publications[state].pk]), **more
    )


ROWS: dict[str, Row] = {
    "me": Row(MEMBERS_ROOM, lambda world, state: reverse("me"), post=(302, 405)),
    "publications:upload": Row(MEMBERS_ROOM, lambda world, state: reverse("publications:upload"), post=(200, 302)),
    "publications:draft_file": of_draft("draft_file", OWN),
    "publications:draft_details": of_draft("draft_details", OWN),
    "publications:draft_check": of_draft("draft_check", OWN_TO_CHECK),
    "publications:draft_discard": of_draft("draft_discard", OWN),
    "publications:draft_same": of_draft("draft_same", OWN, similar=True),
    "publications:draft_other": of_draft("draft_other", DEED, similar=True, post=(302,)),
    "publications:mine": Row(MEMBERS_ROOM, lambda world, state: reverse("publications:mine")),
    "publications:contribution": of_contribution("contribution", CONTRIBUTION),
    "publications:answer": of_contribution("answer", {"own_draft": answers(405)}, post=(302, 403, 404)),
    "publications:change": of_contribution("change", {"own_draft": answers(405)}, post=(302, 404)),
    "publications:withdraw": of_contribution("withdraw", WITHDRAWAL, post=(200, 302, 403, 404)),
}
