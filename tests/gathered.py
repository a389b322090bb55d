"""Communities of the world by who may join, or by state."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from communities.models import Community, Invitation, Membership
from content.models import Case
from content.services import about
from tests import factories
from tests import world as worlds
from tests.spoken import GONE

if TYPE_CHECKING:
    from tests.world import World

ACCESS = ("open", "request", "private")


def build(world: World) -> dict[str, Community]:
    """The reader `community_admin` runs them and the member is in them; one was banned, one removed, one is invited.

    Everybody else is a stranger there, also those who run another one (tests/groups.py).
    """
    boss, member, staff = (world.people[role] for role in ("community_admin", "member", "staff"))
    states: dict[str, dict[str, Any]] = {access: worlds.STATES["published"] | {"access": access} for access in ACCESS}
    states["archived"] = worlds.STATES["published"] | {
        "archived_at": worlds.LONG_AGO,
        "archived_reason": "The project is over.",
    }
    states |= {state: worlds.STATES[state] for state in ("in_review", "own_in_review", "withdrawn", "declined")}
    found: dict[str, Community] = {}
    states["left"] = states["private"]  # by whoever asked for it
    owners = {"in_review": staff, "own_in_review": member, "left": world.people["other_member"]}
    for state, fields in states.items():
        owner = owners.get(state, boss)
        made = factories.community(
            f"Community {worlds.mark(f'group{state}', 'name')}",
            slug=f"community-{state.replace('_', '-')}",
            purpose_en=f"To think about {worlds.mark(f'group{state}', 'description')}.",
            question_en="Why do you ask?",
            plan="Three webinars.",
            owner=owner,
            **fields,
        )
        found[state] = made
        if state == "left":
            factories.membership(made, owner, state="left")
            continue
        factories.membership(made, owner, role="admin")
        if made.is_published:
            factories.membership(made, member)
            for role, how in GONE.items():
                factories.membership(made, world.people[role], state=how, decided_at=worlds.LONG_AGO)
        if state in ACCESS:
            Invitation.objects.create(community=made, address=f"somebody@{state}.example", language="en", by=boss)
    Invitation.objects.create(community=found["private"], user=world.people["ambassador"], language="en")
    Case.objects.create(
        **about(found["own_in_review"]),
        **{"kind": "community", "state": "with_member", "language": "en", "opened_by": member},
        waiting_since=worlds.LONG_AGO,
    )
    return found


def row_in(world: World, state: str, role: str = "member") -> Membership:
    return Membership.objects.get(community=world.communities[state], user=world.people[role])
