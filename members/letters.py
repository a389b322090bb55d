"""Letters about the account. The outbox stands on a floor above: it signs up here to post them.

A listener is called in the transaction of what the letter tells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from members.models import User


@dataclass(frozen=True)
class AccountLetter:
    name: str  # of its template
    occasion: str  # what it is about, once
    to: User | str  # a member, or an address that no member has any more
    language: str
    context: Mapping[str, Any] = field(default_factory=dict)  # plain data


_listeners: list[Callable[[AccountLetter], None]] = []


def listen(listener: Callable[[AccountLetter], None]) -> None:
    _listeners.append(listener)


def send(letter: AccountLetter) -> None:
    for listener in _listeners:
        listener(letter)
