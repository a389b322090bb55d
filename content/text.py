"""Texts on their way out: into files, feeds and heads of pages, where a stray character breaks a format."""

from __future__ import annotations

import unicodedata

# Line breaks of any kind become spaces. What steers letters without being one goes: controls, which XML forbids;
# private use, which means nothing elsewhere; embeddings and overrides, which would turn the text after them around.
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff")


def one_line(text: str, limit: int = 0) -> str:
    """The text as one line of characters that every exchange format can hold; longer than `limit`, cut at a word."""
    line = " ".join(text.split())
    kept = "".join(c for c in line if c not in TURNS and unicodedata.category(c) not in ("Cc", "Co", "Cs"))
    if not limit or len(kept) <= limit:
        return kept
    return kept[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
