"""What others may say about letters that leave: sign up in `apps.py ready()`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from members.models import User
    from notifications.models import Letter

_refusals: list[Callable[[Letter], str]] = []
_refusals_of_many: list[Callable[[Sequence[Letter]], Mapping[int, str]]] = []
_unsubscribe: list[Callable[[Letter], str | None]] = []
_unsubscribe_all: list[Callable[[Letter], str | None]] = []
_unsubscribe_target: list[Callable[[Letter], tuple[_StrPromise, str] | None]] = []
_contexts: dict[str, Callable[[Letter], dict[str, Any] | None]] = {}
_attachments: dict[str, Callable[[Letter], Sequence[Attachment]]] = {}
_plain_only: list[Callable[[User], bool]] = []


def refuse(ask: Callable[[Letter], str]) -> None:
    """Have a function asked right before sending: it answers why a letter must not leave, or nothing."""
    _refusals.append(ask)


def refusal(letter: Letter) -> str:
    return next((reason for ask in _refusals if (reason := ask(letter))), "")


def refuse_together(ask: Callable[[Sequence[Letter]], Mapping[int, str]]) -> None:
    """The same for a function that asks the database: once for all letters of a round, it answers by their keys."""
    _refusals_of_many.append(ask)


def refusals(letters: Sequence[Letter]) -> dict[int, str]:
    return {pk: reason for ask in reversed(_refusals_of_many) for pk, reason in ask(letters).items()}


def offer_unsubscribing(link: Callable[[Letter], str | None]) -> None:
    """Name the function that gives the address, without host, where letters of this kind are declined (RFC 8058)."""
    _unsubscribe.append(link)


def unsubscribe_path(letter: Letter) -> str | None:
    return next((path for link in _unsubscribe if (path := link(letter))), None)


def offer_stopping_all(link: Callable[[Letter], str | None]) -> None:
    """Name the function that gives the address, without host, where every letter that may be declined is."""
    _unsubscribe_all.append(link)


def stop_all_path(letter: Letter) -> str | None:
    return next((path for link in _unsubscribe_all if (path := link(letter))), None)


def offer_stopping_target(link: Callable[[Letter], tuple[_StrPromise, str] | None]) -> None:
    """Name the function that gives words and address, without host, where a letter's reader has done with the one thing
    that it tells of."""
    _unsubscribe_target.append(link)


def stop_target(letter: Letter) -> tuple[_StrPromise, str] | None:
    return next((found for link in _unsubscribe_target if (found := link(letter))), None)


def put_together(kind: str, context_of: Callable[[Letter], dict[str, Any] | None]) -> None:
    """Have the context of letters of a kind made when they leave, not when they are planned. None: nothing to say."""
    _contexts[kind] = context_of


def is_put_together(letter: Letter) -> bool:
    return letter.kind in _contexts


def context_of(letter: Letter) -> dict[str, Any] | None:
    """What a letter says; for one that is put together late and has not left, what it would say now."""
    return _contexts[letter.kind](letter) if letter.kind in _contexts and not letter.context else letter.context


@dataclass(frozen=True)
class Attachment:
    """A part beside the words of a letter, as mail programs show it: a file with a name."""

    name: str
    content: bytes
    media_type: str  # with parameters, where it has any: "text/calendar; method=PUBLISH"


def attach(kind: str, parts_of: Callable[[Letter], Sequence[Attachment]]) -> None:
    """Have letters of a kind carry files, made of the letter's context when it leaves. It must not ask the database."""
    _attachments[kind] = parts_of


def attachments_of(letter: Letter) -> Sequence[Attachment]:
    return _attachments[letter.kind](letter) if letter.kind in _attachments and letter.context else ()


def prefer_plain(ask: Callable[[User], bool]) -> None:
    """Name a function that knows who wants letters in plain text only."""
    _plain_only.append(ask)


def wants_plain(user: User | None) -> bool:
    return user is not None and any(ask(user) for ask in _plain_only)
