"""A post as plain text, for letters: from its safe HTML, so that what is a link or a list is known."""

from __future__ import annotations

import re
from html.parser import HTMLParser

BLOCKS = {"p", "h3", "h4", "pre", "ul", "ol", "table", "blockquote"}
CELL = "\t"
SPACES = re.compile(r"\s+")
EMPTY_LINES = re.compile(r"\n{3,}")


class _Writer(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[list[str]] = [[]]  # the whole, and what is quoted in it
        self.numbers: list[int] = []  # of the next point of each list that is open; 0: it has none
        self.link = ""  # where it leads, and from where in the text its words stand
        self.link_from = 0
        self.is_kept = False  # spaces and lines as they are: a piece of code

    @property
    def text(self) -> list[str]:
        return self.texts[-1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "a":
            self.link, self.link_from = known.get("href") or "", len(self.text)
        elif tag in ("ul", "ol"):
            self.numbers.append(int(known.get("start") or 1) if tag == "ol" else 0)
            self.text.append("\n" * (len(self.numbers) == 1))
        elif tag == "li":
            self.text.append(f"\n{self._mark()} ")
        elif tag == "blockquote":
            self.texts.append([])
        elif tag in ("br", "tr"):
            self.text.append("\n")
        elif tag == "pre":
            self.is_kept = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._end_link()
        elif tag in ("td", "th"):
            self.text.append(CELL)
        elif tag in ("ul", "ol"):
            self.numbers.pop()
        elif tag == "blockquote" and len(self.texts) > 1:
            quoted = tidy("".join(self.texts.pop())).split("\n")
            self.text.append("\n".join(f"> {line}".rstrip() for line in quoted))
        elif tag == "pre":
            self.is_kept = False
        if tag in BLOCKS:
            self.text.append("\n" if self.numbers else "\n\n")

    def handle_data(self, data: str) -> None:
        if self.is_kept or data.strip():
            self.text.append(data if self.is_kept else SPACES.sub(" ", data))
        elif data and "\n" not in data:
            self.text.append(" ")

    def _end_link(self) -> None:
        if self.link and "".join(self.text[self.link_from :]) != self.link.removeprefix("mailto:"):
            self.text.append(f" ({self.link})")
        self.link = ""

    def _mark(self) -> str:
        if not self.numbers or not self.numbers[-1]:
            return "-"
        self.numbers[-1] += 1
        return f"{self.numbers[-1] - 1}."


def tidy(text: str) -> str:
    lines = [line.strip(f" {CELL}").replace(CELL, "; ") for line in text.split("\n")]
    return EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip()


def plain(html: str, limit: int) -> str:
    """The words of safe HTML, cut at a word where they are longer than `limit` characters."""
    writer = _Writer()
    writer.feed(html)
    writer.close()
    text = tidy("".join(writer.texts[0]))
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(None, 1)[0].rstrip(" ,;:") + "…"
