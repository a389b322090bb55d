"""Rows of letters and what people choose to get."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.urls import reverse

from notifications import trust, unsubscribing
from notifications.models import Letter, Suppression
from tests.access.rows import EVERYBODY, MEMBERS_ROOM, Codes, Row, answers
from tests.world import World

ROOM: dict[str, Codes] = {"": answers(302, member=403, staff=200)}
WORDS: dict[str, Codes] = {
    "announcement": answers(302, member=403, staff=200),
    "account": answers(302, member=403, staff=403, administrator=200),
}
DEED: dict[str, Codes] = {"": answers(302, member=405)}  # asked for by GET


def letter(kind: str) -> Letter:
    defaults = {"kind": kind, "language": "en", "template": "address_again", "context": {"path": "/"}}
    defaults |= {"state": Letter.State.SENT}
    return Letter.objects.get_or_create(occasion=f"access:{kind}", address="reader@access.example", defaults=defaults)[
        0
    ]


def of_letter(name: str, answers: dict[str, Codes], **more: Any) -> Row:
    return Row(answers, lambda world, state: reverse(name, args=[letter(state or "announcement").pk]), **more)


def suspension(world: World, state: str) -> str:
    row, _is_new = Suppression.objects.get_or_create(address="gone@access.example", lifted_at=None)
    return reverse("notifications:lift", args=[row.pk])


def link_of_member(world: World, state: str) -> str:
    member = world.people["member"]
    return reverse("notifications:trust", args=[signing.dumps([member.pk, member.email.lower()], salt=trust.SALT)])


MEMBERS_DEED: dict[str, Codes] = {"": answers(302, member=405)}  # by POST alone
ANYBODYS_DEED: dict[str, Codes] = {"": answers(405)}


def room(name: str, answers: dict[str, Codes] = MEMBERS_ROOM, post: tuple[int, ...] = (405,)) -> Row:
    return Row(answers, lambda world, state: reverse(name), post)


def of_country(name: str, answers: dict[str, Codes]) -> Row:
    return Row(answers, lambda world, state: reverse(name, args=["country", world.countries[0].pk]), post=(302,))


def stop(world: World, state: str) -> str:
    return unsubscribing.path(world.people["other_member"], "followed", "en")


ROWS: dict[str, Row] = {
    "notifications:outbox": Row(ROOM, lambda world, state: reverse("notifications:outbox"), post=(302,)),
    "notifications:suspended": Row(ROOM, lambda world, state: reverse("notifications:suspended"), post=(302,)),
    "notifications:letter": of_letter("notifications:letter", ROOM, post=(302,)),
    "notifications:letter_html": of_letter("notifications:letter_html", WORDS, post=(302,)),
    "notifications:send_again": of_letter("notifications:send_again", DEED, post=(302, 403)),
    "notifications:lift": Row(DEED, suspension, post=(302, 403)),
    "notifications:address": Row(MEMBERS_ROOM, lambda world, state: reverse("notifications:address"), post=(302, 200)),
    "notifications:trust": Row({"": answers(302, member=200, other_member=404)}, link_of_member, post=(302, 404)),
    "mail_hook": Row({"": answers(405)}, lambda world, state: reverse("mail_hook"), post=(404,)),
    "notifications:preferences": room("notifications:preferences", post=(200, 302)),
    "notifications:pause": room("notifications:pause", MEMBERS_DEED, post=(302,)),
    "notifications:resume": room("notifications:resume", MEMBERS_DEED, post=(302,)),
    "notifications:notices": room("notifications:notices", post=(302, 405)),
    "notifications:read": room("notifications:read", MEMBERS_DEED, post=(302,)),
    "notifications:follow": of_country("notifications:follow", MEMBERS_ROOM),
    "notifications:unfollow": of_country("notifications:unfollow", MEMBERS_DEED),
    "notifications:stop": Row({"": EVERYBODY}, stop, post=(200,)),
    "notifications:undo": room("notifications:undo", ANYBODYS_DEED, post=(404,)),
}
