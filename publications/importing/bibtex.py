"""BibTeX and BibLaTeX."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping

from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import Block, DuplicateBlockKeyBlock, DuplicateFieldKeyBlock, Entry, ParsingFailedBlock
from django.utils.translation import gettext as _
from pylatexenc.latex2text import LatexNodes2Text

from publications.importing import cleaning
from publications.importing.records import Name, Raw

_ENTRY = re.compile(r"^\s*@\s*[A-Za-z]+\s*[{(]", re.MULTILINE)
_MARKUP = re.compile(r"[\\$~]")
_DASHES = str.maketrans({"{": "", "}": ""})
_LATEX = LatexNodes2Text(keep_comments=True)
# What a part takes over from the whole it refers to, and under which name (BibLaTeX, appendix B, shortened).
_INHERITED = {"title": "booktitle", "year": "year", "date": "date", "month": "month", "publisher": "publisher",
              "booktitle": "booktitle", "series": "series", "url": "url", "isbn": "isbn", "language": "language",
              "institution": "institution", "editor": "editor"}  # fmt: skip
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_STRINGS = "".join(f"@string{{{name} = {{{name}}}}}\n" for name in _MONTHS)

logging.getLogger("bibtexparser").setLevel(logging.ERROR)  # we say ourselves what could not be read


def is_bibtex(text: str) -> bool:
    return bool(_ENTRY.search(text))


def read(text: str) -> Iterator[Raw]:
    library = parse_string(_STRINGS + text)
    entries = [(_entry_of(block), block) for block in library.blocks]
    by_key = {entry.key: _fields(entry) for entry, _block in reversed(entries) if entry and entry.key}
    by_key |= _aliases(by_key)
    number = 0
    for entry, block in entries:
        if entry is None and isinstance(block, ParsingFailedBlock) and _is_lost_entry(block):
            number += 1
            yield Raw(number, problem=_("It is not well-formed BibTeX (%(start)s…).") % {"start": _start(block)})
        elif entry is not None:
            number += 1
            yield _raw(number, entry.entry_type.lower(), _with_whole(_fields(entry), by_key))


def _entry_of(block: Block) -> Entry | None:
    """The entry of a block. One whose key or field comes twice is an entry still: keys are no identity here."""
    twice = isinstance(block, (DuplicateBlockKeyBlock, DuplicateFieldKeyBlock))
    entry = block.ignore_error_block if twice else block
    return entry if isinstance(entry, Entry) else None


def _is_lost_entry(block: Block) -> bool:
    raw = block.raw or ""
    return bool(_ENTRY.match(raw)) and not re.match(r"\s*@\s*(string|comment|preamble)", raw, re.IGNORECASE)


def _start(block: Block) -> str:
    return " ".join((block.raw or "").split())[:40]


def _fields(entry: Entry) -> dict[str, str]:
    found: dict[str, str] = {}
    for field in entry.fields:
        found.setdefault(field.key.lower(), str(field.value))
    return found


def _aliases(by_key: Mapping[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    return {
        alias.strip(): fields
        for fields in by_key.values()
        for alias in fields.get("ids", "").split(",")
        if alias.strip()
    }


def _with_whole(fields: dict[str, str], by_key: Mapping[str, dict[str, str]], depth: int = 3) -> dict[str, str]:
    """What a chapter leaves to the book it refers to, and that to its series; circles end by the depth."""
    whole = by_key.get(fields.get("crossref", "").strip())
    if whole is None or depth == 0:
        return fields
    whole = _with_whole(whole, by_key, depth - 1)
    taken = {ours: whole[theirs] for theirs, ours in _INHERITED.items() if theirs in whole}
    return taken | {name: value for name, value in fields.items() if value}


def latex(value: str) -> str:
    """TeX to plain text: accents decoded, braces gone. What cannot be read as TeX loses its braces only."""
    if _MARKUP.search(value):
        try:
            value = _LATEX.latex_to_text(value)
        except Exception:  # an abstract may hold anything between two backslashes
            value = value.replace("\\", " ")
    return value.translate(_DASHES)


def _people(value: str) -> list[Name]:
    found: list[Name | None] = []
    for person in split_multiple_persons_names(" ".join(value.split())):
        if person.startswith("{") and person.endswith("}") and "{" not in person[1:-1]:
            found.append(Name(cleaning.text(latex(person)), whole=True))
            continue
        try:
            parts = parse_single_name_into_parts(person, strict=False)
        except ValueError:
            parts = None
        family = cleaning.text(latex(" ".join([*parts.von, *parts.last]))) if parts else ""
        given = cleaning.text(latex(" ".join([*parts.first, *parts.jr]))) if parts else ""
        if family and not cleaning.name(f"{given} {family}".strip()):
            continue
        found.append(Name(family, given) if family and given else cleaning.name(latex(person)))
    return [name for name in found if name and name.family]


def _address(value: str) -> str:
    value = re.sub(r"\\(?:url|href)\s*\{([^}]*)\}", r"\1", value)
    return re.sub(r"\\([_%&#~{}])", r"\1", value).translate(_DASHES)


def _raw(number: int, kind: str, fields: Mapping[str, str]) -> Raw:
    def said(*names: str) -> str:
        return next((found for name in names if (found := cleaning.text(latex(fields.get(name, ""))))), "")

    subtitle = said("subtitle")
    own = said("title", "booktitle", "maintitle")
    date = " ".join(fields[name] for name in ("day", "month", "year") if name in fields)
    eprint = (
        fields.get("eprint", "") if fields.get("eprinttype", fields.get("archiveprefix", "")).lower() == "hdl" else ""
    )
    return Raw(
        number,
        kinds=[name for name in (said("type"), said("entrysubtype")) if name] + [f"bibtex:{kind}"],
        titles={"": f"{own}: {subtitle}" if own and subtitle else own},
        abstracts={"": said("abstract", "abstractnote")},
        authors=_people(fields.get("author", "")) or _people(fields.get("editor", "")),
        organisations=[name for name in map(said, ("institution", "organization", "publisher", "school")) if name],
        dates=[
            fields.get("date", ""),
            date,
            fields.get("year", ""),
            fields.get("urldate", "") if kind == "online" else "",
        ],
        journal=said("journaltitle", "journal", "booktitle") if own != said("booktitle") else said("journal"),
        series=said("series"),
        series_number=said("number", "volume") if said("series") else "",
        identifiers=[_address(fields.get(name, "")) for name in ("doi", "url", "ee", "note")]
        + [f"hdl:{eprint}" if eprint else ""],
        isbn=fields.get("isbn", ""),
        links=[_address(fields.get(name, "")) for name in ("url", "howpublished", "link", "note", "biburl")],
        languages=[said("language"), said("langid"), said("hyphenation")],
        keywords=re.split(r"[;,]", said("keywords", "keyword")),
        licence=said("license", "licence", "copyright"),
        files=re.split(r"[;:]", fields.get("file", "")),
        accession=fields.get("accession", ""),
    )
