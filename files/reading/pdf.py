"""PDF, opened with pdfium."""

from __future__ import annotations

import statistics
import time
from contextlib import suppress
from pathlib import Path

from pypdfium2 import PdfDocument, PdfiumError, PdfTextPage
from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDFText_GetUnicode

from files.reading.facts import MAX_CHARACTERS, Facts, Preview, Refused, clean_text
from files.reading.guesses import Line, Said, guesses
from files.reading.pictures import PREVIEW_HEIGHT, PREVIEW_WIDTH, preview_of

MARK_WITHIN = 1024  # readers accept the mark this late in a file
MAX_PAGES = 20_000
TEXT_SECONDS = 12  # text read until then is kept; a long report takes about two
MEASURED = 6_000  # characters of page one whose height is taken


def recognises(head: bytes) -> bool:
    return b"%PDF-" in head[:MARK_WITHIN]


def read(path: Path) -> Facts:
    try:
        document = PdfDocument(path)
    except PdfiumError as error:
        raise Refused("locked" if error.err_code == FPDF_ERR_PASSWORD else "broken") from error
    pages = len(document)
    if not 0 < pages <= MAX_PAGES:
        raise Refused("broken")
    preview, texts = _first_page(document), _texts(document)
    if preview is None and not any(texts):
        raise Refused("broken")
    return Facts(
        kind="pdf",
        media_type="application/pdf",
        extension=".pdf",
        pages=pages,
        preview=preview,
        texts=texts,
        guesses=guesses(_said(document), texts),
    )


def _first_page(document: PdfDocument) -> Preview | None:
    """None where the page cannot be drawn: a file that opens is worth keeping without a picture of it."""
    with suppress(PdfiumError, ValueError, OSError):
        page = document[0]
        width, height = page.get_size()
        # Twice the size, brought down afterwards, keeps thin letters readable.
        scale = 2 * min(PREVIEW_WIDTH / width, PREVIEW_HEIGHT / height)
        return preview_of(page.render(scale=scale, may_draw_forms=False).to_pil())
    return None


def _texts(document: PdfDocument) -> list[str]:
    texts: list[str] = []
    stop, characters = time.monotonic() + TEXT_SECONDS, 0
    for number in range(len(document)):
        text = _page_text(document, number)
        characters += len(text)
        if characters > MAX_CHARACTERS or time.monotonic() > stop:
            break
        texts.append(text)
    return texts


def _page_text(document: PdfDocument, number: int) -> str:
    """Empty where one page is damaged: the others are still worth finding."""
    with suppress(PdfiumError, ValueError):
        page = document[number]
        try:
            return clean_text(page.get_textpage().get_text_bounded(errors="ignore"))
        finally:
            page.close()
    return ""


def _said(document: PdfDocument) -> Said:
    """As far as it can be read: nothing here is a reason to refuse a file."""
    said = Said()
    with suppress(PdfiumError, ValueError):
        meta = document.get_metadata_dict()
        said = Said(title=meta["Title"], authors=[meta["Author"]], created=meta["CreationDate"])
        page = document[0]
        said.first_page = _lines(page.get_textpage())
        page.close()
    return said


def _lines(text: PdfTextPage) -> list[Line]:
    """Page one in lines, each with the height its type takes, whatever way the file scales it."""
    lines: list[Line] = []
    letters: list[str] = []
    heights: list[float] = []
    for at in range(min(text.count_chars(), MEASURED)):
        char = chr(FPDFText_GetUnicode(text, at))
        if char in "\r\n":
            lines += _line(letters, heights)
            letters, heights = [], []
        else:
            letters.append(char)
            heights += _height(text, at) if char.isalnum() else []
    return lines + _line(letters, heights)


def _height(text: PdfTextPage, at: int) -> list[float]:
    with suppress(PdfiumError):
        _left, bottom, _right, top = text.get_charbox(at, loose=True)
        return [top - bottom] if top > bottom else []
    return []


def _line(letters: list[str], heights: list[float]) -> list[Line]:
    words = clean_text("".join(letters))
    return [Line(words, statistics.median(heights))] if words and heights else []
