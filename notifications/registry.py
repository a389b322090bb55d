"""What others may say about letters that leave: sign up in `apps.py ready()`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from members.models import User
    from notifications.models import Letter

_refusals: list[Callable[[Letter], str]] = []
_unsubscribe: list[Callable[[Letter], str | None]] = []
_plain_only: list[Callable[[User], bool]] = []


def refuse(ask: Callable[[Letter], str]) -> None:
    """Have a function asked right before sending: it answers why a letter must not leave, or nothing."""
    _refusals.append(ask)


def refusal(letter: Letter) -> str:
    return next((reason for ask in _refusals if (reason := ask(letter))), "")


def offer_unsubscribing(link: Callable[[Letter], str | None]) -> None:
    """Name the function that gives the address, without host, where letters of this kind are declined (RFC 8058)."""
    _unsubscribe.append(link)


def unsubscribe_path(letter: Letter) -> str | None:
    return next((path for link in _unsubscribe if (path := link(letter))), None)


def prefer_plain(ask: Callable[[User], bool]) -> None:
    """Name a function that knows who wants letters in plain text only."""
    _plain_only.append(ask)


def wants_plain(user: User | None) -> bool:
    return user is not None and any(ask(user) for ask in _plain_only)
