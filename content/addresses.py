"""Addresses as the outside world keeps them: whole, and the same whatever happens to a title."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from django.urls import reverse

from content import registry

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest


def base(request: HttpRequest) -> str:
    """Scheme and host under which this reader reaches us: put it before a path."""
    return request.build_absolute_uri("/").rstrip("/")


def key_in(text: str) -> int | None:
    """The key of a row that somebody wrote in an address. None for what can be no key, or none of ours."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def permanent(record: Model) -> str:
    """The path of the short address, which leads to the record in the reader's language for ever."""
    return reverse("short_address", args=[f"{registry.of(record).short}{record.pk}"])


def plain(path: str) -> str:
    """As the table of old addresses keeps them: decoded, in lower case, without a slash at the end.

    Without NUL too: PostgreSQL refuses a question that holds one, and anybody can type %00.
    """
    return unquote(path).replace("\0", "").rstrip("/").lower()
