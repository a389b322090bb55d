"""The settings of what is kept outside the code: the database and the caches."""

from __future__ import annotations

from pathlib import Path
from typing import Any

Store = dict[str, Any]

# Rendered cards: the key holds the version, so nothing is ever stale and every process may keep its own.
CARDS: Store = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "LOCATION": "cards",
    "TIMEOUT": 3600,
    "OPTIONS": {"MAX_ENTRIES": 5000},
}
# How often somebody knocked: in the database, where no full or dead cache forgets it (docs/adr/0012).
LIMITS: Store = {
    "BACKEND": "django.core.cache.backends.db.DatabaseCache",
    "LOCATION": "members_limits",
    "TIMEOUT": 86400,
    "OPTIONS": {"MAX_ENTRIES": 100000},
}


def database(configured: Store) -> Store:
    if not configured["ENGINE"].endswith("sqlite3"):
        options = {"pool": {"min_size": 1, "max_size": 8}} | configured.get("OPTIONS", {})
        return configured | {"ATOMIC_REQUESTS": False, "OPTIONS": options}
    return configured | {
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": None,  # opening the file costs more than a page's queries
        "OPTIONS": {
            # Deferred transactions fail under concurrent writers; immediate ones wait their turn.
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000",
        },
    }


def caches(configured: Store) -> dict[str, Store]:
    shared = configured | {"TIMEOUT": 300}
    if shared["BACKEND"].endswith("FileBasedCache"):
        shared["OPTIONS"] = {"MAX_ENTRIES": 2000}  # every write lists the folder
    elif shared["BACKEND"].endswith("RedisCache"):  # a page does not wait for a cache that is away
        shared["OPTIONS"] = {"socket_connect_timeout": 1, "socket_timeout": 2} | shared.get("OPTIONS", {})
    return {"default": shared, "cards": CARDS, "limits": LIMITS}


def index(engine: str, folder: Path) -> dict:
    """Haystack's connection to this node's search index."""
    classes = {"tantivy": "search.backends.tantivy.TantivyEngine", "whoosh": "search.backends.whoosh.WhooshEngine"}
    return {"default": {"ENGINE": classes[engine], "PATH": str(folder / engine)}}
