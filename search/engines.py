"""Which engine answers, and where its index is: the one place that reads the settings."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from haystack import connections

from search.backends.base import Engine, OpenIndex, Reader
from search.indexes import SHELF
from search.store import Store


def engine() -> Engine:
    return cast(Engine, connections["default"])


def store() -> Store:
    return Store(connections["default"].options["PATH"])


def reader(shelf: str = SHELF) -> tuple[Path, Reader]:
    """The version of the index that answers, and a reader of one of its shelves. Raises IndexMissing."""
    return OpenIndex.reader(engine(), store(), shelf)
