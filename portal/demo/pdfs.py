"""Small PDF files for the demonstration, made from text alone.

The core fonts of PDF need no font file and keep a page near two kilobytes. They write Windows-1252, which
holds the accents, dashes and quotation marks of English, French, Spanish and Portuguese; text taken out of
the file again is the text put in, but for the narrow no-break space, which comes back as a no-break space.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypedDict

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from PIL import Image, ImageDraw, ImageFont

CREATED = datetime(2024, 1, 1, tzinfo=UTC)  # fixed: the same text gives the same bytes, so files keep their checksum

INK, FAINT, ACCENT = (20, 32, 31), (93, 106, 103), (0, 100, 92)
MARGIN, MEASURE = 25, 160  # mm on A4

RUNNING_NOTE = {
    "en": "Written for the demonstration of this portal",
    "fr": "Rédigé pour la démonstration de ce portail",
    "es": "Redactado para la demostración de este portal",
}
PAGE_OF = {"en": "Page {n} of {total}", "fr": "Page {n} sur {total}", "es": "Página {n} de {total}"}


class Section(TypedDict):
    heading: str
    paragraphs: list[str]


def make_pdf(title: str, byline: str, language: str, pages: Sequence[Sequence[Section]]) -> bytes:
    """An A4 document with one sheet for each of `pages`, or more where the text does not fit.

    Raises ValueError for a character outside Windows-1252, rather than print a question mark.
    """
    sheet = _Sheet(_plain(title), language)
    for number, sections in enumerate(pages):
        sheet.add_page()
        if number == 0:
            sheet.write_title(_plain(title), _plain(byline))
        for section in sections:
            sheet.write_section(_plain(section["heading"]), [_plain(text) for text in section["paragraphs"]])
    return bytes(sheet.output())


def make_scan(lines: Sequence[str]) -> bytes:
    """A page as a scanner gives it: a picture of words, and none that could be searched."""
    page = Image.new("L", (620, 877), 244)
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(20)
    for number, line in enumerate(lines):
        pen.text((70, 90 + 48 * number), line, fill=40, font=font)
    sheet = FPDF(format="A4")
    sheet.set_creation_date(CREATED)
    sheet.add_page()
    sheet.image(page, x=0, y=0, w=210)
    return bytes(sheet.output())


def _plain(text: str) -> str:
    text = text.replace("\u202f", "\u00a0").replace("\u2011", "-").replace("\u2212", "-")
    try:
        text.encode("cp1252")
    except UnicodeEncodeError as error:
        raise ValueError(f"no glyph for {text[error.start]!r} in {text[:40]!r}") from error
    return text


class _Sheet(FPDF):
    def __init__(self, title: str, language: str) -> None:
        super().__init__(format="A4")
        self.core_fonts_encoding = "windows-1252"
        self.language = language if language in PAGE_OF else "en"
        self.set_creation_date(CREATED)
        self.set_title(title)
        self.set_lang(language)
        self.set_margins(MARGIN, 22, MARGIN)
        self.c_margin = 0  # text and rule start at the same edge
        self.set_auto_page_break(True, margin=28)
        self.set_display_mode("fullwidth")

    def write_title(self, title: str, byline: str) -> None:
        self.set_draw_color(*INK)
        self.set_line_width(0.9)
        self.line(MARGIN, self.get_y(), MARGIN + MEASURE, self.get_y())
        self.ln(6)
        self._text(title, ("times", "B", 21), height=9)
        if byline:
            self.ln(2)
            self._text(byline, ("helvetica", "", 10), height=5, colour=FAINT)
        self.ln(7)

    def write_section(self, heading: str, paragraphs: Sequence[str]) -> None:
        if self.will_page_break(24):  # a heading stays with the first lines under it
            self.add_page()
        self._text(heading, ("times", "B", 14), height=7, colour=ACCENT)
        self.ln(1.5)
        for paragraph in paragraphs:
            self._text(paragraph, ("times", "", 12), height=6.2)
            self.ln(3)
        self.ln(3)

    def footer(self) -> None:
        self.set_y(-18)
        self.set_font("helvetica", size=8)
        self.set_text_color(*FAINT)
        self.cell(MEASURE / 2, 5, RUNNING_NOTE[self.language])
        words = PAGE_OF[self.language].format(n=self.page_no(), total=self.str_alias_nb_pages)
        self.cell(MEASURE / 2, 5, words, align="R")

    def _text(
        self,
        text: str,
        font: tuple[str, str, float],
        height: float,
        colour: tuple[int, int, int] = INK,
    ) -> None:
        family, style, size = font
        self.set_font(family, style, size)
        self.set_text_color(*colour)
        self.multi_cell(MEASURE, height, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
