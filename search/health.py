"""Whether search can answer, for `/readyz`."""

from __future__ import annotations

from search import consumer, engines
from search.store import IndexMissing

LONGEST_LAG = 60.0  # seconds; the follower runs every two


def check() -> str | None:
    """What is wrong with this node's index, in English for the log; None when nothing is."""
    try:
        engines.reader()
        lag = consumer.lag()
    except IndexMissing as error:
        return str(error)
    except (OSError, ValueError) as error:
        return f"The search index cannot be opened: {error}"
    return f"The search index is {lag:.0f} seconds behind." if lag > LONGEST_LAG else None
