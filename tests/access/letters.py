"""Rows of letters and what people choose to get."""

from __future__ import annotations

from typing import Any

from django.core import signing
from django.urls import reverse

from discussions.models import Post
from notifications import trust, unsubscribing
from notifications.models import Letter, Suppression
from tests import factories
from tests.access.rows import EVERYBODY, MEMBERS_ROOM, Codes, Row, answers
from tests.world import World

ROOM: dict[str, Codes] = {"": answers(302, member=403, staff=200)}
WORDS: dict[str, Codes] = {
    "announcement": answers(302, member=403, staff=200),
    "account": answers(302, member=403, staff=403, administrator=200),
    "closed": answers(302, member=403),  # tells of a post in a private community: editors are no members of it
    "absent": answers(302, member=403, staff=404),  # who may see none is not told which there are
}
DEED: dict[str, Codes] = {"": answers(302, member=405)}  # asked for by GET


def letter(kind: str) -> Letter:
    context = {"path": "/"} | ({"about": [["post", closed_post().pk]]} if kind == "closed" else {})
    defaults = {"kind": kind, "language": "en", "template": "address_again", "context": context}
    defaults |= {"state": Letter.State.UNKNOWN}
    return Letter.objects.get_or_create(occasion=f"access:{kind}", address="reader@access.example", defaults=defaults)[
        0
    ]


def closed_post() -> Post:
    """The first post of a discussion in a private community, made once."""
    found = Post.objects.filter(thread__title="Behind closed doors").first()
    place = None if found else factories.community("Behind closed doors", access="private")
    return found or factories.post(factories.thread(place, "Behind closed doors"))  # type: ignore[arg-type]


def of_letter(name: str, answers: dict[str, Codes], **more: Any) -> Row:
    def address(world: World, state: str) -> str:
        return reverse(name, args=[0 if state == "absent" else letter(state or "announcement").pk])

    return Row(answers, address, **more)


def suspension(world: World, state: str) -> str:
    row, _is_new = Suppression.objects.get_or_create(address="gone@access.example", lifted_at=None)
    return reverse("notifications:lift", args=[row.pk])


def link_of_member(world: World, state: str) -> str:
    member = world.people["member"]
    salt = "another" if state == "forged" else trust.SALT
    return reverse("notifications:trust", args=[signing.dumps([member.pk, member.email.lower()], salt=salt)])


MEMBERS_DEED: dict[str, Codes] = {"": answers(302, member=405)}  # by POST alone
ANYBODYS_DEED: dict[str, Codes] = {"": answers(405)}


def room(name: str, answers: dict[str, Codes] = MEMBERS_ROOM) -> Row:
    return Row(answers, lambda world, state: reverse(name))


def of_country(name: str, answers: dict[str, Codes]) -> Row:
    return Row(answers, lambda world, state: reverse(name, args=["country", world.countries[0].pk]))


def stop(world: World, state: str) -> str:
    kind, target = ("mention", f"thread:{closed_post().thread_id}") if state == "discussion" else ("followed", "")
    address = unsubscribing.path(world.people["other_member"], kind, "en", target)
    return forged(address, "notifications.stop") if state == "forged" else address


def forged(address: str, salt: str) -> str:
    """The same words, signed for something else."""
    start, token = address.rstrip("/").rsplit("/", 1)
    return f"{start}/{signing.dumps(signing.loads(token, salt=salt), salt='another')}/"


ROWS: dict[str, Row] = {
    "notifications:outbox": Row(ROOM, lambda world, state: reverse("notifications:outbox")),
    "notifications:suspended": Row(ROOM, lambda world, state: reverse("notifications:suspended")),
    "notifications:letter": of_letter("notifications:letter", WORDS | dict.fromkeys(("account", "closed"), ROOM[""])),
    "notifications:letter_html": of_letter("notifications:letter_html", WORDS),
    "notifications:send_again": of_letter("notifications:send_again", dict.fromkeys(WORDS, DEED[""])),
    "notifications:lift": Row(DEED, suspension),
    "notifications:address": Row(MEMBERS_ROOM, lambda world, state: reverse("notifications:address")),
    "notifications:trust": Row(
        {"": answers(302, member=200, other_member=404), "forged": answers(302, member=404)}, link_of_member
    ),
    "mail_hook": Row({"": answers(405)}, lambda world, state: reverse("mail_hook")),
    "notifications:preferences": room("notifications:preferences"),
    "notifications:pause": room("notifications:pause", MEMBERS_DEED),
    "notifications:resume": room("notifications:resume", MEMBERS_DEED),
    "notifications:notices": room("notifications:notices"),
    "notifications:read": room("notifications:read", MEMBERS_DEED),
    "notifications:follow": of_country("notifications:follow", MEMBERS_ROOM),
    "notifications:unfollow": of_country("notifications:unfollow", MEMBERS_DEED),
    "notifications:stop": Row({"": EVERYBODY, "discussion": EVERYBODY, "forged": answers(404)}, stop),
    "notifications:undo": room("notifications:undo", ANYBODYS_DEED),
}
