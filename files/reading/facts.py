"""What reading a file yields, as plain data that can leave a process."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

MAX_PAGE_CHARACTERS = 1_000_000  # a Word file that never counted its pages is one page
MAX_CHARACTERS = 5_000_000  # about 2,500 dense pages
# Control characters are refused by PostgreSQL (NUL) or invisible; lone surrogates cannot be stored at all.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\uffff]")
LINE_END_HYPHEN = re.compile("[\x02\ufffe]\n?")  # how pdfium marks a word broken over two lines


class Refused(Exception):
    """Carries one of the reasons in files.inspection.REFUSALS."""

    def __init__(self, reason: str, **numbers: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.numbers = numbers  # that its sentence names


@dataclass
class Preview:
    content: bytes
    width: int
    height: int


@dataclass
class Facts:
    kind: str
    media_type: str
    extension: str  # with its dot
    pages: int | None = None
    seconds: int | None = None
    texts: list[str] = field(default_factory=list)  # one for each page
    guesses: dict[str, Any] = field(default_factory=dict)  # what it says about itself, see files.reading.guesses
    preview: Preview | None = None
    content: bytes | None = None  # what to keep instead of the file that came, where we wrote it anew

    @property
    def has_text(self) -> bool:
        """False for pictures of pages, also where the scanner's program stamped the same words on each."""
        return any(self.texts) and (len(self.texts) == 1 or len(set(self.texts)) > 1)


def clean_text(text: str) -> str:
    text = LINE_END_HYPHEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return UNPRINTABLE.sub("", text).strip()[:MAX_PAGE_CHARACTERS]
