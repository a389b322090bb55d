"""Whether search can answer, for `/readyz`."""

from __future__ import annotations

from search import consumer, engines
from search.store import IndexMissing

LONGEST_LAG = 60.0  # seconds; the follower runs every two


def check() -> str | None:
    """What is wrong with this node's index, without telling the world where it lies; None when nothing is."""
    try:
        engines.reader()
        lag = consumer.lag()
    except IndexMissing:
        return "There is no search index of this release: run manage.py rebuild_search."
    except (OSError, ValueError) as error:
        return f"The search index cannot be opened: {type(error).__name__}"
    return f"The search index is {lag:.0f} seconds behind." if lag > LONGEST_LAG else None
