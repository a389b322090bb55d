"""Rows of communities: their fronts, their doors, who is in them, and what whoever runs one does.

The member is in those that are there, `community_admin` runs them, the ambassador is invited into the private one. Who
is blocked was banned from them, the translator removed; the trusted member runs others.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.urls import reverse

from communities.models import Invitation
from tests.access.rows import EVERYBODY, MEMBERS_ROOM, Codes, Row, answers, page
from tests.gathered import row_in

if TYPE_CHECKING:
    from tests.world import World

OPEN = ("open", "request", "archived")
PRIVATE = answers(404, member=200, other_member=404, ambassador=200, community_admin=200, staff=200)
FRONT: dict[str, Codes] = dict.fromkeys(OPEN, EVERYBODY) | {
    "private": PRIVATE,
    "in_review": answers(404, staff=200),
    "own_in_review": answers(404, member=200, other_member=404, staff=200),
    "withdrawn": answers(404, community_admin=200, staff=200),  # who asked for it
    "declined": answers(404, community_admin=200, staff=200),
    "left": answers(404, staff=200),  # a private one, by whoever asked for it
}
# Its address says that it is gone, and why.
DETAIL = FRONT | {"withdrawn": answers(410), "declined": answers(404, community_admin=410, staff=410)}
JOIN: dict[str, Codes] = dict.fromkeys(
    ("open", "request"), answers(302, member=302, other_member=200, blocked=403, community_admin=302, staff=200)
) | {
    "private": answers(302, other_member=404, ambassador=302, community_admin=302, staff=403),
    "archived": answers(302, other_member=403, community_admin=302, staff=403),
    "in_review": answers(302, member=404, staff=403),
    "withdrawn": answers(302, member=404, community_admin=403, staff=403),
}
LEAVE: dict[str, Codes] = dict.fromkeys(OPEN, answers(302, member=200, other_member=403, community_admin=200)) | {
    "private": answers(302, member=200, other_member=404, ambassador=403, community_admin=200, staff=403),
}
MEMBERS: dict[str, Codes] = dict.fromkeys(
    ("open", "request"), answers(302, member=200, other_member=302, blocked=403, community_admin=200)
) | {
    "private": answers(404, member=200, other_member=404, ambassador=302, community_admin=200, staff=403),
    "archived": answers(302, member=200, other_member=403, community_admin=200),
    "in_review": answers(404, staff=404),
}
ADMINS: dict[str, Codes] = dict.fromkeys(OPEN, answers(302, member=403, community_admin=200, staff=403)) | {
    "private": answers(302, member=403, other_member=404, ambassador=403, community_admin=200, staff=403),
    "in_review": answers(302, member=404),
    "own_in_review": answers(302, member=404),
}
EDIT = ADMINS | {"archived": answers(302, member=403)}  # read only
MEMBER = {state: ADMINS[state] for state in (*OPEN, "private")}
ARCHIVE: dict[str, Codes] = dict.fromkeys(OPEN, answers(302, member=403, community_admin=200, staff=200)) | {
    "private": answers(302, member=403, other_member=404, ambassador=403, community_admin=200, staff=200),
    "in_review": answers(302, member=404, staff=403),
}
DEED = dict.fromkeys((*OPEN, "private"), answers(405))
BEHIND_DOOR = answers(302, member=405)  # takes nothing but what is sent, and tells so to members alone
INVITATION: dict[str, Codes] = dict.fromkeys(
    ("open", "request", "private"), answers(200, member=302, other_member=200, blocked=403, community_admin=302)
) | {"by_name": answers(200, member=404, ambassador=200, translator=404)}
OWN: dict[str, Codes] = {
    "own_in_review": answers(302, member=200, other_member=404),
    "in_review": answers(302, member=404, staff=200, administrator=404),
    "private": answers(302, member=404, community_admin=200, staff=404),
    "left": answers(302, member=404),
}
CHANGE = OWN | {
    "in_review": answers(302, member=404, staff=403, administrator=404),
    "private": answers(302, member=404, community_admin=403, staff=404),
}


def of(name: str, codes: dict[str, Codes], *more: object) -> Row:
    return Row(codes, lambda world, state: reverse(f"communities:{name}", args=[world.communities[state].slug, *more]))


def of_row(name: str, codes: dict[str, Codes], key: Callable[[World, str], int]) -> Row:
    def address(world: World, state: str) -> str:
        return reverse(f"communities:{name}", args=[world.communities[state].slug, key(world, state)])

    return Row(codes, address)


def of_request(name: str, codes: dict[str, Codes]) -> Row:
    return Row(codes, lambda world, state: reverse(f"communities:{name}", args=[world.communities[state].pk]))


def invitation(world: World, state: str) -> Invitation:
    if state == "by_name":
        return Invitation.objects.get(community=world.communities["private"], user=world.people["ambassador"])
    return Invitation.objects.filter(community=world.communities[state]).exclude(address="").first() or Invitation()


ROWS: dict[str, Row] = {
    "conduct": page("conduct"),
    "communities:list": page("communities:list"),
    "communities:feed": page("communities:feed"),
    "communities:facet": page("communities:facet", "country"),
    "communities:detail": of("detail", DETAIL),
    "communities:about": of("about", FRONT),
    "communities:join": of("join", JOIN),
    "communities:leave": of("leave", LEAVE),
    "communities:members": of("members", MEMBERS),
    "communities:member": of_row("member", MEMBER, lambda world, state: row_in(world, state).pk),
    "communities:invite": of("invite", ADMINS),
    "communities:invitation": Row(INVITATION, lambda world, state: invitation(world, state).get_absolute_url()),
    "communities:invitation_step": of_row(
        "invitation_step", DEED, lambda world, state: invitation(world, state).pk or 0
    ),
    "communities:edit": of("edit", EDIT),
    "communities:texts": of("texts", EDIT, "fr"),
    "communities:quiet": of("quiet", ADMINS),
    "communities:archive": of("archive", ARCHIVE),
    "communities:unarchive": of("unarchive", dict.fromkeys(DEED, BEHIND_DOOR)),
    "communities:new": Row(MEMBERS_ROOM, lambda world, state: reverse("communities:new")),
    "communities:mine": Row(MEMBERS_ROOM, lambda world, state: reverse("communities:mine")),
    "communities:request": of_request("request", OWN),
    "communities:request_answer": of_request(
        "request_answer", dict.fromkeys(("own_in_review", "private"), BEHIND_DOOR)
    ),
    "communities:change": of_request("change", CHANGE),
}
