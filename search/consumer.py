"""Bringing an index up to the queue, and building a new one while the old one answers."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from pathlib import Path

from content import caching
from search import changes, spelling, vocabulary
from search.backends.base import Phrases, Writer, create, writing
from search.changes import Position
from search.engines import engine, store
from search.indexes import RecordIndex, all_indexes, shelves
from search.store import read_json, write_json

BATCH = 5000
_POSITION = "position.json"
_VOCABULARY = {model._meta.label_lower for model in vocabulary.MODELS}
logger = logging.getLogger(__name__)


def position_of(version: Path) -> Position:
    transaction, key = read_json(version / _POSITION) or changes.START
    return transaction, key


def follow() -> int:
    """Apply what waits in the queue. Returns the number of rows passed; 0 when another process is at it.

    The position is written after the engine's commit. A crash between the two applies the batch again, which
    changes nothing: each row only says that a record is to be read anew.
    """
    place = store()
    with place.writing(wait=False) as held:
        if not held or not place.exists():
            return 0
        version = place.version()
        if is_lost():
            logger.error("Changes were swept before this index followed them. Run manage.py rebuild_search.")
            return 0
        passed = _catch_up(version)
    if passed:
        changes.sweep()
    return passed


def _catch_up(version: Path) -> int:
    passed = 0
    while rows := changes.after(position_of(version), BATCH):
        kinds: dict[str, set[int]] = defaultdict(set)
        for row in rows:
            kinds[row.kind].add(row.object_id)
        touched = _apply(version, kinds)
        write_json(version / _POSITION, rows[-1].position)
        caching.bump(*touched)
        passed += len(rows)
    return passed


def _apply(version: Path, kinds: dict[str, set[int]]) -> set[str]:
    """Read anew every record that rows of the queue speak of. Returns the kinds that changed."""
    touched = set()
    if not _VOCABULARY.isdisjoint(kinds):
        vocabulary.save(version, vocabulary.from_database())
        touched.add("vocabulary")
    known = spelling.load(version)
    for shelf, indexes in shelves().items():
        stale = {index: keys for index in indexes if (keys := _stale(index, kinds))}
        touched.update(index.kind for index in stale)
        if stale:
            with writing(engine(), version, shelf) as writer:
                for index, keys in stale.items():
                    _replace(writer, index, keys, known)
    known.save(version)
    return touched


def _stale(index: RecordIndex, kinds: dict[str, set[int]]) -> list[int]:
    """Keys of the records of an index that rows of the queue speak of."""
    keys = set(kinds.get(index.kind, ()))
    for model in index.related:
        if rows := kinds.get(model._meta.label_lower):
            keys.update(index.affected(model, sorted(rows)))
    return sorted(keys)


def _replace(writer: Writer, index: RecordIndex, keys: Sequence[int], known: spelling.WordList) -> None:
    gone = set(keys)
    for prepared in index.prepared_for(keys):
        writer.add(prepared)
        known.add_all(prepared["shown"]["titles"].values())
        gone.discard(prepared["django_pk"])
    for key in gone:
        writer.remove(f"{index.kind}.{key}")


def apply_now(kind: str, keys: Iterable[int]) -> None:
    """Read records of a kind anew outside the queue, as `search_check --fix` does. Raises IndexMissing."""
    place = store()
    with place.writing():
        _apply(place.version(), {kind: set(keys)})
    caching.bump(kind)


def rebuild(*, each: Callable[[int], object] = lambda count: None) -> int:
    """Build a new index from every public record, let it catch up, put it in the old one's place.

    The old one answers, and follows the queue, until the very end. `each` is told the size of every batch written.
    Returns the number of records.
    """
    place = store()
    with place.building():
        position = changes.now()
        version = place.new_version()
        create(engine(), version)
        terms = vocabulary.from_database()
        vocabulary.save(version, terms)
        Phrases.save(version, terms.names())
        total = _fill(version, terms, each)
        write_json(version / _POSITION, position)
        with place.writing():
            _catch_up(version)
            place.switch_to(version)
    caching.bump("vocabulary", *all_indexes())
    return total


def _fill(version: Path, terms: vocabulary.Vocabulary, each: Callable[[int], object]) -> int:
    known, total = spelling.WordList(), 0
    for names in terms.names().values():
        known.add_all(names)
    for shelf, indexes in shelves().items():
        with writing(engine(), version, shelf, bulk=True) as writer:
            for batch in chain.from_iterable(index.prepared_batches() for index in indexes):
                for prepared in batch:
                    writer.add(prepared)
                    known.add_all(prepared["shown"]["titles"].values())
                total += len(batch)
                each(len(batch))
    known.save(version)
    return total


def is_lost() -> bool:
    """Whether changes were swept before this index followed them: then only a rebuild makes it whole."""
    return changes.is_lost(position_of(store().version()))


def lag() -> float:
    """Seconds that the oldest change has been waiting for this node's index. Raises IndexMissing."""
    return changes.seconds_since(changes.waiting_since(position_of(store().version())))
