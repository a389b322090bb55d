"""Stopping letters by one click, without signing in (RFC 8058).

The signed token is the authority: whoever holds a letter may stop letters of its kind, or about the one thing it tells
of, and nothing else. It never runs out, for letters lie in mailboxes for years.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core import signing
from django.urls import reverse
from django.utils.translation import override

from members.models import User
from notifications import kinds, preferences
from notifications.kinds import may_be_declined

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from notifications.models import Letter

EVERYTHING = ""  # in place of a kind
TARGET = "stop"  # in the context of a letter: "thread:12"
_STOP, _UNDO = "notifications.stop", "notifications.undo"
UNDO_HOLDS = 24 * 3600  # seconds


@dataclass(frozen=True)
class Target:
    """Things that letters tell of and whose reader can have done with one alone: discussions. Apps above sign up."""

    key: str
    words: _StrPromise  # of the link in a letter, the heading and the button
    note: _StrPromise  # what it means
    name_of: Callable[[User, int], str]  # “the discussion ‘Care credits’”, “this discussion” for whom may not see it
    stop: Callable[[User, int], Any]  # answers what was chosen before, as plain data; None where nothing changed
    restore: Callable[[User, int, Any], None]


_targets: dict[str, Target] = {}


def register(target: Target) -> None:
    """Raises ValueError when the key is taken."""
    if target.key in _targets:
        raise ValueError(f"Letters about {target.key} can be stopped already.")
    _targets[target.key] = target


@dataclass(frozen=True)
class Wish:
    user: User
    kind: str  # or EVERYTHING
    target: str = ""  # "thread:12": nothing but that

    def as_shown(self) -> dict[str, Any]:
        """What the pages say is stopped, in the language of the moment."""
        if self.target:
            target, pk = _found(self.target)
            return {"target": target, "name": target.name_of(self.user, pk)}
        return {"kind": kinds.get(self.kind) if self.kind else None}


@dataclass(frozen=True)
class Undo:
    user: User
    before: Any
    target: str = ""


def path(user: User, kind: str, language: str, target: str = "") -> str:
    wish = [user.pk, kind, target] if target else [user.pk, kind]
    with override(language):
        return reverse("notifications:stop", args=[signing.dumps(wish, salt=_STOP)])


def path_of(letter: Letter) -> str | None:
    """Where a letter's reader stops its kind; None where it cannot be declined."""
    return path(letter.user, letter.kind, letter.language) if letter.user and may_be_declined(letter.kind) else None


def path_of_all(letter: Letter) -> str | None:
    """Where a letter's reader stops all that can be declined."""
    return path(letter.user, EVERYTHING, letter.language) if letter.user and may_be_declined(letter.kind) else None


def target_of(letter: Letter) -> tuple[_StrPromise, str] | None:
    """Where a letter's reader stops letters about the one thing that it tells of, and how the link is called."""
    named = (letter.context or {}).get(TARGET, "")
    if letter.user is None or not _is_known(named):
        return None
    return _found(named)[0].words, path(letter.user, letter.kind, letter.language, named)


def wish_of(token: str) -> Wish | None:
    """None for a token that is not ours, or whose member is gone."""
    try:
        pk, kind, *target = signing.loads(token, salt=_STOP)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user is None or not (kind == EVERYTHING or may_be_declined(kind)) or not all(map(_is_known, target)):
        return None
    return Wish(user, kind, *target)


def fulfil(wish: Wish) -> str:
    """Stop what is wished. The token that undoes it; empty where nothing changed."""
    if not wish.target:
        before = preferences.stop(user=wish.user, kind=wish.kind)
        return undo_token(wish.user, before) if before else ""
    target, pk = _found(wish.target)
    before = target.stop(wish.user, pk)
    return "" if before is None else undo_token(wish.user, before, wish.target)


def undo_token(user: User, before: Any, target: str = "") -> str:
    return signing.dumps([user.pk, before, target] if target else [user.pk, before], salt=_UNDO)


def undo_of(token: str) -> Undo | None:
    """None for a token that is not ours, older than a day, or whose member is gone."""
    try:
        pk, before, *target = signing.loads(token, salt=_UNDO, max_age=UNDO_HOLDS)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    return Undo(user, before, *target) if user and all(map(_is_known, target)) else None


def take_back(undo: Undo) -> None:
    if not undo.target:
        preferences.choose(user=undo.user, frequencies=undo.before)
        return
    target, pk = _found(undo.target)
    target.restore(undo.user, pk, undo.before)


def _is_known(named: str) -> bool:
    return named.partition(":")[0] in _targets


def _found(named: str) -> tuple[Target, int]:
    key, _, pk = named.partition(":")
    return _targets[key], int(pk)


def masked(address: str) -> str:
    """j•••@example.org: enough for its owner to know it, too little for whom the letter was forwarded to."""
    name, _, host = address.rpartition("@")
    return f"{name[:1]}•••@{host}"
