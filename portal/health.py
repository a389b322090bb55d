"""What the portal needs to be ready: asked by `/readyz`, which names what fails."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection

from search import health as search_health

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
