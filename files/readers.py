"""Who may read a file. It belongs to whatever points at it, and that stands on floors above: they sign up here.

Nobody may read a file that no reader vouches for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser

if TYPE_CHECKING:
    from django.http import HttpRequest

    from files.models import StoredFile
    from members.models import User


@dataclass(frozen=True)
class Reader:
    """What an app says about the files its records point at."""

    may_read: Callable[[User | AnonymousUser, StoredFile], bool]
    on_download: Callable[[HttpRequest, StoredFile], None] | None = None


_readers: list[Reader] = []


def register(reader: Reader) -> None:
    _readers.append(reader)


def may_read(user: User | AnonymousUser, stored: StoredFile) -> bool:
    return any(reader.may_read(user, stored) for reader in _readers)


def is_public(stored: StoredFile) -> bool:
    return may_read(AnonymousUser(), stored)


def note_download(request: HttpRequest, stored: StoredFile) -> None:
    """Somebody begins to read the file: the apps that vouch for it may count."""
    for reader in _readers:
        if reader.on_download and reader.may_read(request.user, stored):
            reader.on_download(request, stored)
