"""Where an index lives on disk, and how a new one takes the place of an old one.

    PATH/current             one line: the name of the version that answers
    PATH/lock, PATH/building held by the one process that writes, that builds
    PATH/<version>/<shelf>/  the engine's own files
    PATH/<version>/*.json    position in the queue, vocabulary, words for suggestions

A rebuild fills a new version and then renames a new `current` over the old: readers answer from one complete
version or the other, never from a half-built one. The version before is kept until the next rebuild, for readers
that still hold it open.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

FORMAT = 3  # raised with any change of fields or of the analyser: an older index is then built anew, not misread


class IndexMissing(Exception):
    """No index has been built here yet, or none that this release can read."""


class Store:
    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    def version(self) -> Path:
        """Folder of the version that answers. Raises IndexMissing."""
        version = self.path / self._pointed_at()
        if read_json(version / "format.json") != FORMAT:
            raise IndexMissing(f"The search index in {self.path} is of another release: run manage.py rebuild_search.")
        return version

    def _pointed_at(self) -> str:
        try:
            return (self.path / "current").read_text().strip()
        except FileNotFoundError as error:
            raise IndexMissing(f"No search index in {self.path}: run manage.py rebuild_search.") from error

    def exists(self) -> bool:
        """Whether there is an index that this release can read."""
        try:
            return self.version().is_dir()
        except IndexMissing:
            return False

    def stamp(self) -> tuple[int, int]:
        """Changes when another version takes over."""
        try:
            status = os.stat(self.path / "current")
        except FileNotFoundError as error:
            raise IndexMissing(f"No search index in {self.path}: run manage.py rebuild_search.") from error
        return status.st_ino, status.st_mtime_ns

    def new_version(self) -> Path:
        """An empty folder that nobody reads yet; versions older than the current one go."""
        kept = self._pointed_at() if (self.path / "current").exists() else ""
        for folder in self.versions():
            if folder.name != kept:
                shutil.rmtree(folder, ignore_errors=True)
        version = self.path / f"v{time.time_ns():x}-{secrets.token_hex(2)}"
        version.mkdir(parents=True)
        write_json(version / "format.json", FORMAT)
        return version

    def versions(self) -> list[Path]:
        return sorted(folder for folder in self.path.glob("v*") if folder.is_dir())

    def switch_to(self, version: Path) -> None:
        write_text(self.path / "current", version.name)

    def writing(self, *, wait: bool = True) -> AbstractContextManager[bool]:
        """Hold the index for writing; gives False when `wait` is False and another process holds it."""
        return self._held("lock", wait)

    def building(self) -> AbstractContextManager[bool]:
        """Hold the right to build a new version: two rebuilds would delete each other's."""
        return self._held("building", True)

    @contextmanager
    def _held(self, name: str, wait: bool) -> Iterator[bool]:
        """A lock of the operating system, so that it ends with the process that held it, however that died."""
        self.path.mkdir(parents=True, exist_ok=True)
        with open(self.path / name, "w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True


def write_text(path: Path, text: str) -> None:
    """Replace a small file whole: a reader, or a crash, sees the old text or the new."""
    draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    draft.write_text(text)
    os.replace(draft, path)


def write_json(path: Path, value: Any) -> None:
    write_text(path, json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def read_json(path: Path) -> Any:
    """None when there is no such file."""
    try:
        return json.loads(path.read_text())
    except FileNotFoundError:
        return None
