"""What a document says about itself: offered to whoever sends it, never imposed.

Rather nothing than nonsense: a wrong title that nobody reads again is worse than an empty field.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from files.reading.facts import clean_text
from files.reading.languages import language_of
from files.reading.people import people_in, people_on

MAX_TITLE = 300
MAX_ABSTRACT = 2_500
LEAST_ABSTRACT = 120
FIRST_PAGES = 6
FIRST_YEAR = 1900
LARGER = 1.15  # than the text around it: a heading
SEVERAL = 4  # words
COVER = 400  # characters of page one; a cover, where most may well be the title
SAME = 0.06  # sizes that differ less belong together

# What programs write by themselves, what people name their drafts, and headings that are never the title.
NO_TITLE = re.compile(
    r"""
    (?:microsoft|ms)\ (?:word|powerpoint|excel|office)\b.*
    | .*\.(?:docx?|pptx?|xlsx?|pdf|indd|qxp|qxd|rtf|odt|tex|dvi|png|jpe?g|tiff?|html?|ai|eps|pub|wpd|txt)\W*
    | [\w-]*[_-][\w-]* | .*\d{5}.* | about:\w* | https?:.*
    | (?:untitled|sans\ titre|sin\ título|sem\ título)\b.*
    | (?:document|documento|presentation|présentation|presentación|book|libro|classeur|slide|diapositive|layout|model
        |scan|img|image|page|draft|template|title|titre|título|final|report|print|normal)[\s_-]*\d*
    | powerpoint\ presentation | présentation\ powerpoint | presentación\ de\ powerpoint
    | apresentação\ do\ powerpoint
    | contents | table\ of\ contents | sommaire | table\ des\ matières | índice | contenido
    """,
    re.IGNORECASE | re.VERBOSE,
)
ABSTRACT = re.compile(
    r"""
    [\W\d]*(?:abstract | executive\ summary | summary | résumé(?:\ (?:exécutif|analytique))? | synthèse
        | resumen(?:\ ejecutivo)? | resumo(?:\ executivo)? | sumário\ executivo | аннотация | 摘要)
    \s*(?:[:.—–-]+\s*(?P<rest>.*))?
    """,
    re.IGNORECASE | re.VERBOSE,
)
ABSTRACT_ENDS = re.compile(
    r"""
    [\W\d]*(?:key\ ?words? | mots[- ]cl[ée]s | palabras[- ]clave | palavras[- ]chave | jel | introduction
        | introducción | introdução | contents | table\ of\ contents | sommaire | table\ des\ matières | índice
        | contenido | abstract | resumen | résumé | resumo | acknowledge?ments? | remerciements | agradecimientos)
    \b.{0,80}
    """,
    re.IGNORECASE | re.VERBOSE,
)
BY = re.compile(r"^(?:written by|by|par|por|authors?:|auteurs?\s?:|autore?s?:)\s+(.+)$", re.IGNORECASE)
YEAR = re.compile(r"(?<![\d/.,–-])(?:19|20)\d\d(?![\d/–-]|[.,]\d)")
COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright)\D{0,60}?((?:19|20)\d\d)(?!\d)", re.IGNORECASE)
DOI = re.compile(r"(?:doi(?:\.org)?\s*[:/]?\s*)(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE)
ISBN = re.compile(r"ISBN(?:-1[03])?[^\dX\n]{0,20}((?:\d[\s–-]?){9}(?:(?:\d[\s–-]?){3})?[\dX])\b", re.IGNORECASE)


@dataclass
class Line:
    text: str
    size: float  # height of its type, in whatever unit


@dataclass
class Said:
    """What a file carries about itself, apart from its pages."""

    title: str = ""
    authors: Sequence[str] = ()
    created: str = ""  # begins with a year, after `D:` in PDF
    language: str = ""
    first_page: list[Line] = field(default_factory=list)


def guesses(said: Said, texts: Sequence[str]) -> dict[str, Any]:
    """Some of title, authors, year, abstract, doi, isbn, language; what is not known is not there."""
    first = [clean_text(text) for text in texts[:FIRST_PAGES]]
    title, after = _title(said, "\n".join(first))
    found = {
        "title": title,
        "authors": _authors(said, after),
        "year": _year(said, first),
        "abstract": _abstract(first),
        "doi": _doi("\n".join(first[:3])),
        "isbn": _isbn("\n".join([*first, *texts[-2:]])),
        "language": language_of("\n".join(texts[: 2 * FIRST_PAGES])) or _language(said.language),
    }
    return {key: value for key, value in found.items() if value}


# ---------- Title ----------


def _title(said: Said, text: str) -> tuple[str, list[str]]:
    """The title, and the lines printed behind it.

    What is embedded counts where the pages say it too or where somebody took the trouble of several words.
    """
    embedded = clean_text(said.title).replace("\n", " ").strip(" \t.,;:-–")
    embedded = " ".join(embedded.split())[:MAX_TITLE] if is_title(embedded) else ""
    printed, after = _largest(said.first_page)
    if embedded and (not printed or len(embedded.split()) >= SEVERAL or _plain(embedded) in _plain(text)):
        return embedded, after
    return printed or embedded, after


def is_title(text: str) -> bool:
    """False for what programs write by themselves, for names of files, and for what holds few letters."""
    text = text.strip()
    letters = sum(char.isalpha() for char in text)
    is_small_word = " " not in text and text[:1].islower()
    is_readable = letters >= 4 and letters * 2 >= len(text) and "\ufffd" not in text
    return is_readable and not is_small_word and not NO_TITLE.fullmatch(text)


def _largest(lines: list[Line]) -> tuple[str, list[str]]:
    """Neighbouring lines in the largest type that is larger than the text: of two words, else of one."""
    if not lines:
        return "", []
    sizes = [line.size for line in lines for _char in line.text]
    common = min(sizes) if len(sizes) < COVER else statistics.median(sizes)
    blocks = [block for block in _blocks(lines) if lines[block.start].size >= LARGER * common]
    blocks.sort(key=lambda block: -lines[block.start].size)
    several = [block for block in blocks if len(_joined(lines, block).split()) > 1]
    for block in (*several, *blocks):
        text = _joined(lines, block)
        if is_title(text) and len(text) <= MAX_TITLE:
            return text, [line.text for line in lines[block.stop : block.stop + 6]]
    return "", []


def _blocks(lines: list[Line]) -> list[range]:
    blocks: list[range] = []
    for at, line in enumerate(lines):
        if blocks and abs(line.size - lines[blocks[-1].start].size) <= SAME * line.size:
            blocks[-1] = range(blocks[-1].start, at + 1)
        else:
            blocks.append(range(at, at + 1))
    return blocks


def _joined(lines: list[Line], block: range) -> str:
    return " ".join(" ".join(lines[at].text for at in block).split()).strip(" .,;:-–")


def _plain(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


# ---------- Authors, year ----------


def _authors(said: Said, after_title: list[str]) -> list[dict[str, str]]:
    for line in after_title:
        if match := BY.match(line):
            return people_on(match[1])
    if people := [person for field_ in said.authors for person in people_in(clean_text(field_))]:
        return people
    several = (people_on(line) for line in after_title[:2] if "," in line or " and " in line)
    return next(filter(None, several), [])


def _year(said: Said, first: list[str]) -> int | None:
    """Of the copyright, else the only one that page one prints on a short line, else when the file was made."""
    printed = [int(year) for text in first for year in COPYRIGHT.findall(text)]
    if not printed and first:
        short = (line for line in first[0].split("\n") if len(line) <= 40)
        dated = {int(year) for line in short for year in YEAR.findall(line) if _is_past(int(year))}
        printed = list(dated) if len(dated) == 1 else []
    created = re.match(r"(?:D:)?(\d{4})", said.created)
    return next(filter(_is_past, [*printed, *([int(created[1])] if created else [])]), None)


def _is_past(year: int) -> bool:
    return FIRST_YEAR <= year <= datetime.now(UTC).year


# ---------- Abstract, numbers, language ----------


def _abstract(pages: list[str]) -> str:
    for page in pages:
        lines = [line.strip() for line in page.split("\n")]
        for at, line in enumerate(lines):
            heading = ABSTRACT.fullmatch(line)
            if heading and (text := _paragraph([heading["rest"] or "", *lines[at + 1 :]])):
                return text
    return ""


def _paragraph(lines: list[str]) -> str:
    """Up to the next heading; whole sentences only. Empty for a table of contents."""
    kept: list[str] = []
    for line in filter(None, lines):
        if ABSTRACT_ENDS.fullmatch(line) or sum(map(len, kept)) > MAX_ABSTRACT:
            break
        kept.append(line)
    text = " ".join(" ".join(kept).split())[:MAX_ABSTRACT]
    end = max((match.end() for match in re.finditer(r"[.!?。](?=\s|$)", text)), default=0)
    is_contents = len(re.findall(r"\.{4,}|(?:\. ){4,}", text)) > 1
    return text[:end] if end >= LEAST_ABSTRACT and not is_contents else ""


def _doi(text: str) -> str:
    match = DOI.search(text)
    doi = match[1].rstrip(".,;:'”’]}") if match else ""
    return doi.rstrip(")")[:200] if doi.count(")") > doi.count("(") else doi[:200]


def _isbn(text: str) -> str:
    """The first whose last digit agrees with the others (ISO 2108)."""
    numbers = (re.sub(r"[^\dX]", "", match.upper()) for match in ISBN.findall(text))
    return next(filter(_is_isbn, numbers), "")


def _is_isbn(number: str) -> bool:
    digits = [10 if char == "X" else int(char) for char in number]
    if len(digits) == 10:
        return sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0
    return len(digits) == 13 and sum(digit * (3 if at % 2 else 1) for at, digit in enumerate(digits)) % 10 == 0


def _language(code: str) -> str:
    """As a program wrote it (`fr-CA`): a word processor's setting, worth less than the words."""
    match = re.match(r"(en|fr|es|pt|ar|ru|zh|id|vi|sw|hi|bn)(?:[-_]|$)", code.strip().lower())
    return match[1] if match else ""
