"""Rows of moderation. The administrator of the community and the trusted member, its facilitator, moderate there.

The ambassador runs other communities (tests/groups.py) and has a queue of their own, in which none of these cases is.
The facilitator decided what is appealed; `own` is about what the community's administrator wrote.
"""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from moderation import deciding
from tests.access.rows import MEMBERS_ROOM, Codes, Row, answers
from tests.world import World


def moderators(visitor: int, others: int, theirs: int, **more: int) -> Codes:
    return answers(visitor, **({"member": others, "trusted": theirs, "community_admin": theirs} | more))


# Editors moderate the comments of the blog; administrators decide appeals, too.
ROOM: dict[str, Codes] = {"": moderators(302, 403, 200, ambassador=200, staff=200)}
NARROWED: dict[str, Codes] = {"of_others": answers(302, member=403, trusted=200, ambassador=200)}
CASES: dict[str, Codes] = {
    "first": moderators(302, 404, 200),
    "own": moderators(302, 404, 200, community_admin=404),
    "removed": moderators(302, 404, 200),
    "appeal": moderators(302, 404, 200, trusted=404, administrator=200),
}
OF_AUTHOR: dict[str, Codes] = {  # sanctions of moderators by moderators there are none
    "first": CASES["first"],
    "own": moderators(302, 404, 403, community_admin=404),
    "appeal": moderators(302, 404, 200, trusted=404, administrator=403),
}
REPORT: dict[str, Codes] = {"shown": answers(302, member=403, other_member=200)} | dict.fromkeys(
    ("waiting", "removed"), answers(302, member=404)
)
MINE: dict[str, Codes] = dict.fromkeys(
    ("removed", "sanction", "appeal"), answers(302, member=200, other_member=404)
) | {"own": answers(302, member=404)}  # a report that nobody has decided


def case_path(name: str) -> Any:
    return lambda world, state: reverse(f"moderation:{name}", args=[world.moderated.cases[state].pk])


def post_path(name: str) -> Any:
    return lambda world, state: reverse(f"moderation:{name}", args=["post", world.moderated.posts[state].pk])


def room(name: str) -> Any:
    """`of_others`: narrowed to a community of documents, which the ambassador and the trusted member run."""

    def address(world: World, state: str) -> str:
        query = f"?scope=community:{world.groups.communities['open'].pk}" if state else ""
        return reverse(f"moderation:{name}") + query

    return address


ROWS: dict[str, Row] = {
    "moderation:queue": Row(ROOM | NARROWED, room("queue")),
    "moderation:log": Row(ROOM | NARROWED, room("log")),
    "moderation:case": Row(CASES, case_path("case")),
    "moderation:sanction": Row(OF_AUTHOR, case_path("sanction")),
    "moderation:lift": Row(
        {"": moderators(302, 404, 200)},
        lambda world, state: reverse("moderation:lift", args=[world.moderated.pause.pk]),
    ),
    "moderation:take_up": Row(dict.fromkeys(("shown", "own"), answers(302, member=405)), post_path("take_up")),
    "moderation:report": Row(REPORT, post_path("report")),
    "moderation:decision": Row(MINE, case_path("decision")),
    "moderation:standing": Row(MEMBERS_ROOM, room("standing")),
}


# ---------- What is sent ----------


def decision(world: World, state: str) -> dict[str, Any]:
    case = world.moderated.cases[state]
    wanted = {"first": "approved", "own": "hidden", "appeal": "overturned"}
    return {"step": "decide", "turn": case.turn, "decision": wanted.get(state, "kept"), "reason": "It names a source."}


def taking_up(world: World, state: str) -> dict[str, Any]:
    post = world.moderated.posts[state]
    case = world.moderated.cases.get(state)
    return {"step": "decide", "decision": "hidden", "reason": "Which source?", "stamp": deciding.stamp_of(post, case)}
