"""Whether the index of this scale answers: one built by another release does not."""

from __future__ import annotations

from search import health


def measure(*, quick: bool) -> dict[str, float]:
    return {"is_missing": float(bool(health.check()))}
