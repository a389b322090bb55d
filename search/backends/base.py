"""What both engines share: their contract, the readers kept open, and phrases stored as words."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

from search import analysis
from search.indexes import SHELF, TEXT_FIELDS, shelves
from search.plan import Found, Plan
from search.store import IndexMissing, Store, read_json, write_json


class Reader(Protocol):
    """One version of an index, open for questions. Answers with what was committed when it was last refreshed."""

    def refresh(self) -> None: ...

    def find(self, plan: Plan) -> Found: ...

    def size(self) -> int: ...

    def stamps(self, kind: str) -> dict[int, int]:
        """Checksum of each indexed record of a kind, by primary key."""
        ...


class Writer(Protocol):
    """The one process that changes a version of an index. Nothing is seen before `commit`."""

    def add(self, prepared: Mapping[str, Any]) -> None: ...

    def remove(self, identifier: str) -> None: ...

    def commit(self) -> None:
        """Make everything seen, and end."""
        ...

    def cancel(self) -> None:
        """Forget everything, and end."""
        ...


class Engine(Protocol):
    def create(self, folder: Path) -> None: ...

    def reader(self, folder: Path) -> Reader: ...

    def writer(self, folder: Path, *, bulk: bool = False) -> Writer: ...


def create(engine: Engine, version: Path) -> None:
    """Make every shelf of a version, empty."""
    for shelf in shelves():
        (version / shelf).mkdir()
        engine.create(version / shelf)


@contextmanager
def writing(engine: Engine, version: Path, shelf: str, *, bulk: bool = False) -> Iterator[Writer]:
    """A writer of one shelf whose work is seen as a whole when the block ends, and not at all when it fails."""
    writer = engine.writer(version / shelf, bulk=bulk)
    try:
        yield writer
    except BaseException:
        writer.cancel()
        raise
    writer.commit()


class OpenIndex:
    """The readers a process keeps open, one per shelf: opening costs more than a hundred searches."""

    _lock = threading.Lock()
    _open: dict[str, tuple[tuple[int, int], Path, Reader]] = {}

    @classmethod
    def reader(cls, engine: Engine, store: Store, shelf: str = SHELF) -> tuple[Path, Reader]:
        """The current version and a fresh reader of one of its shelves. Raises IndexMissing."""
        stamp, place = store.stamp(), str(store.path / shelf)
        known = cls._open.get(place)
        if known is None or known[0] != stamp:
            with cls._lock:
                known = cls._open.get(place)
                if known is None or known[0] != stamp:
                    version = store.version()
                    known = (stamp, version, _opened(engine, version / shelf))
                    cls._open[place] = known
        known[2].refresh()
        return known[1], known[2]


def _opened(engine: Engine, folder: Path) -> Reader:
    try:
        return engine.reader(folder)
    except (OSError, ValueError) as error:  # lost or damaged in part: as good as none
        raise IndexMissing(f"The search index cannot be opened: {error}") from error


class Phrases:
    """Names of vocabulary terms, stored in the index as if each were one word: "cash_transfer".

    A question is expanded into some dozen names. Looked up as phrases among 400,000 records they cost 300 ms, as
    words 20. The list is fixed when a version is built: a name that is newer is looked up as a phrase, slower and
    just as exact, until the next rebuild.
    """

    def __init__(self, by_language: Mapping[str, Iterable[str]]) -> None:
        self._names = {language: frozenset(names) for language, names in by_language.items()}
        self._by_start: dict[str, dict[tuple[str, str], list[str]]] = {}
        for language, names in self._names.items():
            starts: dict[tuple[str, str], list[str]] = defaultdict(list)
            for name in sorted(names):
                first, second, *_rest = name.split(" ")
                starts[first, second].append(name)
            self._by_start[language] = dict(starts)

    @classmethod
    def of(cls, engine_folder: Path) -> Phrases:
        return cls(read_json(engine_folder.parent / "phrases.json") or {})

    @staticmethod
    def save(version: Path, names: Mapping[str, Iterable[str]]) -> None:
        """Remember names (by language) of two words and more for the version that is about to be built."""
        stemmed = {
            language: sorted({text for name in texts if " " in (text := analysis.indexed(name, language))})
            for language, texts in names.items()
        }
        write_json(version / "phrases.json", stemmed)

    def as_word(self, stems: Sequence[str], language: str) -> str | None:
        """The one word that stands for these stems side by side, when the index has it."""
        return "_".join(stems) if " ".join(stems) in self._names.get(language, ()) else None

    def added_to(self, prepared: Mapping[str, Any]) -> dict[str, Any]:
        """The document with the phrases found in each of its texts written behind it."""
        extended = dict(prepared)
        for field in TEXT_FIELDS:
            starts = self._by_start.get(field.rpartition("_")[2])
            if starts and field in prepared:
                extended[field] = [self._extended(text, starts) for text in prepared[field]]
        return extended

    @staticmethod
    def _extended(text: str, starts: dict[tuple[str, str], list[str]]) -> str:
        stems, padded = text.split(" "), f" {text} "
        found = [
            name.replace(" ", "_")
            for start in starts.keys() & set(pairwise(stems))
            for name in starts[start]
            if f" {name} " in padded
        ]
        return " ".join([text, *found])
