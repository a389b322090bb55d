"""Rows of what members send in."""

from __future__ import annotations

from django.urls import reverse

from tests.access.rows import MEMBERS_ROOM, Codes, Row, answers
from tests.world import World

OWN: dict[str, Codes] = {"": answers(302, member=200, other_member=404)}
DEED: dict[str, Codes] = {"": answers(302, member=405)}  # asked for by GET
CONTRIBUTION: dict[str, Codes] = {
    "own_draft": answers(302, member=200, other_member=404),
    "own_in_review": answers(302, member=200, other_member=404),
    # Staff own it, and the member sent in a correction of it.
    "published": answers(302, member=200, other_member=404, staff=200, administrator=404),
    "in_review": answers(302, member=404, staff=200, administrator=404),
}
WITHDRAWAL = CONTRIBUTION | {
    "published": answers(302, member=403, other_member=404, staff=200, administrator=404),
    "withdrawn": answers(302, member=404, staff=403, administrator=404),
}


def of_draft(name: str, answers: dict[str, Codes], *, similar: bool = False) -> Row:
    """`alike` is a draft of something that is hidden; `hidden` says that a draft is a record that is."""

    def address(world: World, state: str) -> str:
        draft = world.private.alike if state == "alike" else world.private.draft
        record = [world.publications["draft" if state == "hidden" else "published"].pk] if similar else []
        return reverse(f"publications:{name}", args=[draft.key, *record])

    return Row(answers, address)


def of_contribution(name: str, answers: dict[str, Codes]) -> Row:
    return Row(answers, lambda world, state: reverse(f"publications:{name}", args=[world.publications[state].pk]))


ROWS: dict[str, Row] = {
    "me": Row(MEMBERS_ROOM, lambda world, state: reverse("me")),
    "publications:upload": Row(MEMBERS_ROOM, lambda world, state: reverse("publications:upload")),
    "publications:draft_file": of_draft("draft_file", OWN),
    "publications:draft_details": of_draft("draft_details", OWN),
    "publications:draft_check": of_draft("draft_check", OWN | {"alike": answers(302, member=302, other_member=404)}),
    "publications:draft_discard": of_draft("draft_discard", OWN),
    "publications:draft_same": of_draft("draft_same", OWN | {"hidden": answers(302, member=404)}, similar=True),
    "publications:draft_other": of_draft("draft_other", DEED | {"hidden": DEED[""]}, similar=True),
    "publications:mine": Row(MEMBERS_ROOM, lambda world, state: reverse("publications:mine")),
    "publications:contribution": of_contribution("contribution", CONTRIBUTION),
    "publications:answer": of_contribution("answer", dict.fromkeys(("own_in_review", "published"), DEED[""])),
    "publications:change": of_contribution("change", dict.fromkeys(WITHDRAWAL, DEED[""])),
    "publications:withdraw": of_contribution("withdraw", WITHDRAWAL),
}
