"""Which engine answers, and where its index is: the one place that reads the settings."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from haystack import connections

from search.backends.base import Engine, OpenIndex, Reader
from search.store import Store


def engine() -> Engine:
    return cast(Engine, connections["default"])


def store() -> Store:
    return Store(connections["default"].options["PATH"])


def reader() -> tuple[Path, Reader]:
    """The version of the index that answers, and its reader. Raises IndexMissing."""
    return OpenIndex.reader(engine(), store())
