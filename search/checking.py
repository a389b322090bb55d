"""Whether the index says what the database says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search import engines
from search.indexes import RecordIndex, all_indexes


@dataclass(frozen=True)
class Difference:
    """Primary keys of one kind's records that the index and the database do not agree on."""

    kind: str
    missing: frozenset[int]  # public, and not in the index
    extra: frozenset[int]  # in the index, and not public
    changed: frozenset[int]  # in both, and not the same

    @property
    def keys(self) -> frozenset[int]:
        return self.missing | self.extra | self.changed

    def __bool__(self) -> bool:
        return bool(self.keys)

    def __str__(self) -> str:
        if not self:
            return f"{self.kind}: the same"
        parts = ((name, sorted(getattr(self, name))) for name in ("missing", "extra", "changed"))
        return f"{self.kind}: " + "; ".join(f"{len(keys)} {name} ({_some(keys)})" for name, keys in parts if keys)


def _some(keys: list[int]) -> str:
    return ", ".join(map(str, keys[:10])) + ("…" if len(keys) > 10 else "")


def differences() -> Iterator[Difference]:
    """Kind by kind, what differs. Reads every public record. Raises IndexMissing."""
    for kind, index in all_indexes().items():
        _, reader = engines.reader(index.shelf)
        yield _difference(kind, reader.stamps(kind), _true_stamps(index))


def _true_stamps(index: RecordIndex) -> dict[int, int]:
    return {document["django_pk"]: document["stamp"] for batch in index.prepared_batches() for document in batch}


def _difference(kind: str, indexed: dict[int, int], true: dict[int, int]) -> Difference:
    return Difference(
        kind,
        missing=frozenset(true.keys() - indexed.keys()),
        extra=frozenset(indexed.keys() - true.keys()),
        changed=frozenset(key for key in true.keys() & indexed.keys() if true[key] != indexed[key]),
    )
