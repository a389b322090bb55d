"""Finds out what a file is by opening it, never by its name. Knows neither database nor settings."""

from __future__ import annotations

from pathlib import Path

from files.reading import media, office, pdf, pictures, texts
from files.reading.facts import Facts, Refused

HEAD = 4096
# The first that recognises the head reads the file. Pictures stand before PDF, whose mark may come late in the file;
# texts come last, because nearly everything decodes as some text.
READERS = (pictures, office, media, pdf, texts)


def read(path: Path) -> Facts:
    """Raises Refused with a reason, and whatever the parsers raise on a damaged file."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head:
        raise Refused("empty")
    for reader in READERS:
        if reader.recognises(head):
            return reader.read(path)
    raise Refused("unknown")
