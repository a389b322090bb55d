"""Texts that people agree to, one file per version and language: what somebody agreed to can be read for ever.

A version is the day it came into force, and the name of its files: `texts/terms/2026-11-26.fr.txt`. A published file is
never edited; a new wording is a new version (docs/adr/0016-consent-texts-are-files.md).
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language, override

ORIGINAL = "en"  # read where a language of the interface has no text yet


@dataclass(frozen=True)
class Block:
    kind: str  # heading, text or list
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    version: str
    language: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def since(self) -> date:
        return date.fromisoformat(self.version)

    @property
    def summary(self) -> str:
        return self.blocks[0].lines[0]


@functools.cache
def versions(folder: Path) -> tuple[str, ...]:
    """Oldest first."""
    return tuple(sorted({path.name.split(".")[0] for path in folder.glob(f"*.{ORIGINAL}.txt")}))


def read(folder: Path, version: str = "", language: str = "") -> Text:
    """The text of a version, the newest if none is named. Raises KeyError for one that never was."""
    version = version or versions(folder)[-1]
    if version not in versions(folder):
        raise KeyError(version)
    language = language or get_language() or ORIGINAL
    if not (folder / f"{version}.{language}.txt").is_file():
        language = ORIGINAL
    with override(language):
        words = {"portal": str(settings.PORTAL_NAME), "contact": settings.PORTAL_CONTACT}
    title, *paragraphs = _paragraphs(folder / f"{version}.{language}.txt")
    blocks = tuple(_block(paragraph.format_map(words)) for paragraph in paragraphs)
    return Text(version, language, title.format_map(words), blocks)


@functools.cache
def _paragraphs(path: Path) -> tuple[str, ...]:
    return tuple(path.read_text(encoding="utf-8").strip().split("\n\n"))


def _block(paragraph: str) -> Block:
    if paragraph.startswith("# "):
        return Block("heading", (paragraph[2:],))
    if paragraph.startswith("- "):
        return Block("list", tuple(line.removeprefix("- ") for line in paragraph.split("\n")))
    return Block("text", (" ".join(paragraph.split("\n")),))
