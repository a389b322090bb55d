"""The public library, as communities see it. It stands on a floor above and signs up in `apps.py ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from communities.models import Document
    from members.models import User


@dataclass(frozen=True)
class Proposed:
    """How far a document of a community is on its way to the library."""

    label: str
    url: str = ""  # where the reader follows it; empty where it is not theirs to see
    is_public: bool = False


@dataclass(frozen=True)
class Library:
    propose: Callable[..., str]  # (document=, by=) → where the member goes on. Raises ValidationError
    state_of: Callable[[Document, User | AnonymousUser], Proposed | None]


_libraries: list[Library] = []


def offer(library: Library) -> None:
    """Raises ValueError for a second one."""
    if _libraries:
        raise ValueError("There is a library already.")
    _libraries.append(library)


def is_there() -> bool:
    return bool(_libraries)


def propose(*, document: Document, by: User) -> str:
    """The address where the member goes on. Raises ValidationError with a sentence where it is not taken."""
    return _libraries[0].propose(document=document, by=by)


def state_of(document: Document, reader: User | AnonymousUser) -> Proposed | None:
    return _libraries[0].state_of(document, reader) if _libraries else None
