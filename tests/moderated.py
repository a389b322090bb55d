"""A community of the world in which something waits, something was decided, and somebody is paused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from discussions.models import Post
from moderation import appeals, deciding, sanctions, services
from moderation.models import Case, Sanction
from tests import factories

if TYPE_CHECKING:
    from tests.world import World

MODERATORS = {"community_admin": "admin", "trusted": "facilitator"}


@dataclass
class Moderated:
    """By what the table calls them: `own` is about what the administrator of the community wrote."""

    cases: dict[str, Case] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    pause: Sanction | None = None


def keep(world: World) -> Moderated:
    made, people = Moderated(), world.people
    community = factories.community("Moderated", slug="moderated-community")
    for role in ("member", "other_member", *MODERATORS):
        factories.membership(community, people[role], role=MODERATORS.get(role, "member"))
    thread = factories.thread(community, "What was said", author=people["member"])
    for name, role in (("shown", "member"), ("own", "community_admin"), ("removed", "member")):
        made.posts[name] = factories.post(thread, f"A post: {name}.", author=people[role])
    made.posts["waiting"] = factories.post(thread, "A post that waits.", author=people["member"], state="waiting")
    made.cases["first"] = services.hold(record=made.posts["waiting"], by=people["member"])
    made.cases["own"] = services.open_case(made.posts["own"], Case.Subject.REPORT)
    taken = deciding.take_up(record=made.posts["removed"], by=people["trusted"])
    what = {"decision": "removed", "reason": "Advertising."}
    made.cases["removed"] = deciding.decide(case=taken, by=people["trusted"], turn=taken.turn, **what)
    made.pause = sanctions.give(case=made.cases["removed"], by=people["trusted"], kind="pause", days=7, reason="Again.")
    made.cases["sanction"] = sanctions.case_of(made.pause)
    made.cases["appeal"] = appeals.appeal(case=made.cases["removed"], by=people["member"], words="It is not.")
    return made
