"""Tables as text and captions. Pages and drawings that may carry programs are told apart here, to say so."""

from __future__ import annotations

import csv
import re
from contextlib import suppress
from io import StringIO
from itertools import islice
from pathlib import Path

from files.reading.facts import MAX_CHARACTERS, Facts, Refused, clean_text

SAMPLE_ROWS = 20
DELIMITERS = ",;\t|"
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
CAPTIONS_START = re.compile("WEBVTT(?:[ \t\n]|$)")
CUE_TIME = re.compile(r"(?:\d+:)?\d\d:\d\d\.\d{3}[ \t]+-->[ \t]+(?:\d+:)?\d\d:\d\d\.\d{3}")
MARKUP = re.compile("<[^>]*>")


def recognises(head: bytes) -> bool:
    return True


def read(path: Path) -> Facts:
    text, encoding = _decoded(path.read_bytes())
    if CAPTIONS_START.match(text) and encoding == "utf-8":
        return _captions(text)
    if text.lstrip().startswith("<"):
        raise Refused("web")
    if CONTROL.search(text) or text.startswith("#!") or not _is_table(text):
        raise Refused("unknown")
    return Facts(kind="csv", media_type=f"text/csv; charset={encoding}", extension=".csv")


def _decoded(content: bytes) -> tuple[str, str]:
    """The text, its line ends made plain, and the encoding it came in. Raises Refused where it is no text."""
    is_utf_16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    # Else what Excel saves in the languages of the portal.
    candidates = ("utf-16",) if is_utf_16 else ("utf-8-sig", "windows-1252")
    for encoding in candidates:
        with suppress(UnicodeDecodeError):
            text = content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
            return text, encoding.removesuffix("-sig")
    raise Refused("unknown")


def _is_table(text: str) -> bool:
    """Two rows or more, all of one width, two columns or more, with one of the usual separators."""
    return any(_width(text, delimiter) > 1 for delimiter in DELIMITERS)


def _width(text: str, delimiter: str) -> int:
    with suppress(csv.Error):
        rows = csv.reader(StringIO(text), delimiter=delimiter)
        widths = [len(row) for row in islice((row for row in rows if row), SAMPLE_ROWS)]
        return widths[0] if len(widths) > 1 and len(set(widths)) == 1 else 0
    return 0


def _captions(text: str) -> Facts:
    """WebVTT (W3C): blocks between empty lines; what stands under a time is spoken."""
    spoken = []
    for block in text.split("\n\n"):
        lines = block.strip("\n").split("\n")
        time = next((number for number, line in enumerate(lines[:2]) if CUE_TIME.match(line)), None)
        if time is not None:
            spoken.append(MARKUP.sub("", " ".join(lines[time + 1 :])))
    if not spoken:
        raise Refused("broken")
    transcript = clean_text("\n".join(spoken)[:MAX_CHARACTERS])
    return Facts(kind="vtt", media_type="text/vtt; charset=utf-8", extension=".vtt", texts=[transcript])
