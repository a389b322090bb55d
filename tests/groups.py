"""The communities of the world, one of each kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from communities.models import Invitation, Membership
from content.models import Case
from content.services import about
from tests import factories

if TYPE_CHECKING:
    from tests.world import World

ACCESS = ("open", "request", "private")
LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)


def fill(world: World, states: dict[str, dict[str, Any]], mark: Callable[[str, str], str]) -> None:
    """The reader `community_admin` runs those that are open, the member is in them, everybody else is a stranger."""
    boss, member, staff = (world.people[role] for role in ("community_admin", "member", "staff"))
    kinds: dict[str, dict[str, Any]] = {access: states["published"] | {"access": access} for access in ACCESS}
    kinds["archived"] = states["published"] | {"archived_at": LONG_AGO, "archived_reason": "The project is over."}
    kinds |= {state: states[state] for state in ("in_review", "own_in_review", "withdrawn", "declined")}
    for state, fields in kinds.items():
        owner = {"in_review": staff, "own_in_review": member}.get(state, boss)
        made = factories.community(
            f"Community {mark(f'group{state}', 'name')}",
            slug=f"community-{state.replace('_', '-')}",
            purpose_en=f"To think about {mark(f'group{state}', 'description')}.",
            question_en="Why do you ask?",
            plan="Three webinars.",
            owner=owner,
            **fields,
        )
        world.communities[state] = made
        factories.membership(made, owner, role="admin")
        if made.is_published:
            factories.membership(made, member)
        if state in ACCESS:
            Invitation.objects.create(community=made, address=f"somebody@{state}.example", language="en", by=boss)
    Invitation.objects.create(community=world.communities["private"], user=world.people["ambassador"], language="en")
    Case.objects.create(
        **about(world.communities["own_in_review"]),
        **{"kind": "community", "state": "with_member", "language": "en", "opened_by": member},
        waiting_since=LONG_AGO,
    )


def row_in(world: World, state: str, role: str = "member") -> Membership:
    return Membership.objects.get(community=world.communities[state], user=world.people[role])
