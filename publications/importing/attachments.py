"""The files that references name, looked for by name in the one folder that was given for them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from publications.importing.records import Attachment


class Folder:
    def __init__(self, path: Path) -> None:
        self.path = path

    @cached_property
    def _by_name(self) -> dict[str, Path]:
        """Only what lies in the folder can be found: a path in a reference is read for its last part alone."""
        return {path.name.lower(): path for path in sorted(self.path.rglob("*"), reverse=True) if path.is_file()}

    def find(self, values: Iterable[str]) -> list[Attachment]:
        names = [re.split(r"[\\/]", value.strip())[-1].lower() for value in values]
        paths = dict.fromkeys(self._by_name[name] for name in names if name in self._by_name)
        return [Attachment(path, _sha256(path)) for path in paths]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
