"""Rows of consents, export and deletion."""

from __future__ import annotations

from django.urls import reverse

from tests.access.rows import MEMBERS_ROOM, Row, answers, page
from tests.world import World

ASKS_AGAIN = {"": answers(302)}  # visitors to sign in, members to say once more who they are
ONLY_SENT = {"": answers(302, member=405)}


def room(name: str, codes: dict, *args: object, **more) -> Row:
    def address(world: World, state: str) -> str:
        return reverse(name, args=args)

    return Row(codes, address, **more)


ROWS: dict[str, Row] = {
    "members:privacy": room("members:privacy", MEMBERS_ROOM),
    "members:consent": room("members:consent", ONLY_SENT, "named"),
    "members:export": room("members:export", ONLY_SENT),
    # A stranger's cannot be named: the address is the same for everybody.
    "members:download": room("members:download", {"": answers(302, member=200, other_member=404)}),
    "members:erase": room("members:erase", ASKS_AGAIN),
    "privacy_notice": page("privacy_notice"),
    "terms": page("terms"),
    "account_erased": page("account_erased"),
}
