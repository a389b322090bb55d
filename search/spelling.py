""" "Did you mean": words of published titles and of the vocabulary, written beside the index when it is built.

A word may outlive its record there; it is harmless, because a suggestion is shown only after it was itself
searched for and found something public.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.analysis import STOP_WORDS, spans
from search.store import read_json, write_json

_FILE = "words.json"
_SHORTEST = 4  # letters; shorter words are one letter away from everything
_CLOSE = 0.72  # similarity below which another word is another word: two letters of seven


class WordList:
    """Folded words with how they are written and how often."""

    def __init__(self, known: dict[str, list] | None = None) -> None:
        self._known: dict[str, list] = known or {}
        self._is_new = known is None

    def add(self, text: str) -> None:
        for start, end, folded in spans(text):
            if len(folded) < _SHORTEST or folded.isdigit() or folded in STOP_WORDS:
                continue
            entry = self._known.get(folded)
            if entry is None:
                self._known[folded] = [text[start:end].lower(), 1]
                self._is_new = True
            else:
                entry[1] += 1

    def add_all(self, texts: Iterable[str]) -> None:
        for text in texts:
            self.add(text)

    def save(self, version: Path) -> None:
        """Write the list where it gained words; counts alone wait for the next rebuild."""
        if self._is_new:
            write_json(version / _FILE, self._known)
            self._is_new = False

    def closest(self, word: str) -> str | None:
        """The known word most like a folded one that is not known itself, as it is written."""
        if len(word) < _SHORTEST or word.isdigit() or word in STOP_WORDS or word in self._known:
            return None
        near = process.extract(word, self._known.keys(), scorer=OSA.normalized_similarity, limit=5, score_cutoff=_CLOSE)
        if not near:
            return None
        best = max(near, key=lambda found: (round(found[1], 2), self._known[found[0]][1]))
        return self._known[best[0]][0]

    def corrected(self, text: str) -> str:
        """The text with each unknown word replaced by the closest known one; empty when nothing changes."""
        pieces, done, changed = [], 0, False
        for start, end, folded in spans(text):
            better = self.closest(folded)
            pieces += [text[done:start], better or text[start:end]]
            changed, done = changed or better is not None, end
        return "".join([*pieces, text[done:]]) if changed else ""


def load(version: Path) -> WordList:
    path = version / _FILE
    try:
        status = os.stat(path)
    except FileNotFoundError:
        return WordList()
    return _load(path, status.st_ino, status.st_mtime_ns)


@lru_cache(maxsize=1)
def _load(path: Path, _inode: int, _changed: int) -> WordList:
    return WordList(read_json(path) or {})
