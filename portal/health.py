"""What the portal needs to be ready: asked by `/readyz`, which names what fails."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db import connection
from django.utils.translation import gettext_lazy as _

from notifications import health as letters_health
from search import health as search_health

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

HEARTBEAT = "worker-heartbeat"
HEARTBEAT_SECONDS = 90  # three missed beats and a half


def _database() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return None


def _cache() -> str | None:
    word = secrets.token_hex(4)
    cache.set("readyz", word, 10)
    return None if cache.get("readyz") == word else "does not keep what it is given"


def _queue() -> str | None:
    return None if cache.get(HEARTBEAT) else f"no worker answered in the last {HEARTBEAT_SECONDS} seconds"


CHECKS: dict[str, Callable[[], str | None]] = {
    "database": _database,
    "cache": _cache,
    "queue": _queue,
    "index": search_health.check,
    "letters": letters_health.check,
}
WARNINGS = {
    "cache": _("The cache does not answer: pages are slower."),
    "queue": _("No worker answers: letters, exports and changes in search wait. Nothing is lost."),
    "index": _("Search does not answer, or lags behind: lists may lack what is new."),
    "letters": _("Letters wait: they do not reach the mail server. They leave once they do."),
}


def problems() -> dict[str, str | None]:
    """Each part and what is wrong with it, in words; None where it works."""
    found: dict[str, str | None] = {}
    for part, check in CHECKS.items():
        try:
            found[part] = check()
        except Exception as error:  # whatever it is, the answer is that this part fails
            found[part] = f"{type(error).__name__}"
    return found


def warnings() -> list[_StrPromise]:
    """What does not work, in a sentence each for the team. Where the cache is away, nobody knows about the worker."""
    broken = {part for part, problem in problems().items() if problem}
    if "cache" in broken:
        broken.discard("queue")
    return [sentence for part, sentence in WARNINGS.items() if part in broken]
