"""Texts on their way out: into files, feeds and heads of pages, where a stray character breaks a format."""

from __future__ import annotations

import re
import unicodedata

# Line breaks of any kind become spaces. What steers letters without being one goes: controls, which XML forbids;
# private use, which means nothing elsewhere; embeddings and overrides, which would turn the text after them around.
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff")


def one_line(text: str, limit: int = 0) -> str:
    """The text as one line of characters that every exchange format can hold; longer than `limit`, cut at a word."""
    spaced = "".join(" " if c.isspace() else c for c in text)
    kept = "".join(c for c in spaced if c not in TURNS and unicodedata.category(c) not in ("Cc", "Co", "Cs"))
    kept = " ".join(kept.split())
    if not limit or len(kept) <= limit:
        return kept
    return kept[: limit - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def paragraphs(text: str) -> list[str]:
    """Lines as a PDF breaks them, joined to paragraphs: a blank line ends one, and so does a short line that ends a
    sentence. A word cut at the end of a line is whole again."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    full = max((len(line) for line in lines), default=0)
    found, current = [], ""
    for line in [*lines, ""]:
        if re.search(r"\w-$", current) and line[:1].islower():
            current = current[:-1] + line
        else:
            current = f"{current} {line}".strip()
        if current and (not line or (len(line) < 0.7 * full and line.endswith((".", "?", "!", ":")))):
            found.append(current)
            current = ""
    return found
