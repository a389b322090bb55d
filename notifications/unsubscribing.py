"""Stopping letters by one click, without signing in (RFC 8058).

The signed token is the authority: whoever holds a letter may stop letters of its kind, and nothing else. It never runs
out, for letters lie in mailboxes for years.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from members.models import User
from notifications.kinds import may_be_declined

if TYPE_CHECKING:
    from notifications.models import Letter

EVERYTHING = ""  # in place of a kind
_STOP, _UNDO = "notifications.stop", "notifications.undo"
UNDO_HOLDS = 24 * 3600  # seconds


@dataclass(frozen=True)
class Wish:
    user: User
    kind: str  # or EVERYTHING


def path(user: User, kind: str, language: str) -> str:
    with override(language):
        return reverse("notifications:stop", args=[signing.dumps([user.pk, kind], salt=_STOP)])


def path_of(letter: Letter) -> str | None:
    """Where a letter's reader stops its kind; None where it cannot be declined."""
    return path(letter.user, letter.kind, letter.language) if letter.user and may_be_declined(letter.kind) else None


def path_of_all(letter: Letter) -> str | None:
    """Where a letter's reader stops all that can be declined."""
    return path(letter.user, EVERYTHING, letter.language) if letter.user and may_be_declined(letter.kind) else None


def wish_of(token: str) -> Wish | None:
    """None for a token that is not ours, or whose member is gone."""
    try:
        pk, kind = signing.loads(token, salt=_STOP)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return Wish(user, kind) if user and (kind == EVERYTHING or may_be_declined(kind)) else None


def undo_token(user: User, before: dict[str, str]) -> str:
    return signing.dumps([user.pk, before], salt=_UNDO)


def undo_of(token: str) -> tuple[User, dict[str, str]] | None:
    """None for a token that is not ours, older than a day, or whose member is gone."""
    try:
        pk, before = signing.loads(token, salt=_UNDO, max_age=UNDO_HOLDS)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return (user, before) if user else None


def masked(address: str) -> str:
    """j•••@example.org: enough for its owner to know it, too little for whom the letter was forwarded to."""
    name, _, host = address.rpartition("@")
    return f"{name[:1]}•••@{host}"
