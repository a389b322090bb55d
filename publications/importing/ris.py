"""RIS, and the field-tagged export of Web of Science.

Files are cut into references here and each is read by rispy on its own: a broken one then costs itself and not the
file, and a tab for the spaces behind a tag, a missing space or a line too long is put right first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import rispy
from django.utils.translation import gettext as _

from publications.importing import cleaning
from publications.importing.records import Name, Raw

# Two or three letters and digits, spaces or tabs, a dash: files are not as exact as the format.
_TAGGED = re.compile(r"^[ \t]{0,3}([A-Z][A-Z0-9])[ \t]{1,3}-(?:[ \t]+(.*)|(\S.*))?$")
_WITHOUT_SPACE = re.compile(r"^(TY|ER)[ \t]*-[ \t]*(.*)$")
_LIST_TAGS = [
    *rispy.config.LIST_TYPE_TAGS,
    "N1",
    "SN",
    "PY",
    "Y1",
    "DA",
    "L1",
    "L2",
    "LA",
    "M1",
    "M3",
    "ED",
    "DO",
    "CN",
]
_MAPPING = {**rispy.TAG_KEY_MAPPING, "ED": "editors", "LK": "links", "UN": "links_unpaywall"}
_WOS_START = re.compile(r"^(?:FN |VR |PT [A-Z])", re.MULTILINE)


def is_ris(text: str) -> bool:
    return bool(re.search(r"^[ \t]*TY[ \t]{0,3}-", text, re.MULTILINE)) or _looks_like_a_torn_one(text)


def _looks_like_a_torn_one(text: str) -> bool:
    """Most lines carry tags, though the first line of a reference is lost."""
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) > 2 and sum(bool(_TAGGED.match(line)) for line in lines) > len(lines) * 0.6 and "\nER  -" in text


def is_wos(text: str) -> bool:
    return bool(_WOS_START.match(text.lstrip())) and bool(re.search(r"^PT [A-Z]", text, re.MULTILINE))


def read(text: str) -> Iterator[Raw]:
    for number, lines in enumerate(_references(text), start=1):
        if not lines[0].startswith("TY"):
            yield Raw(
                number,
                titles={"": _title_in(lines)},
                problem=_("Its first line, which says the type (TY), is missing."),
            )
            continue
        try:
            (fields,) = rispy.loads("\n".join(lines), mapping=_MAPPING, list_tags=_LIST_TAGS)
        except Exception:  # whatever the reader trips over, the next reference can still be good
            yield Raw(number, problem=_("It is not well-formed RIS."))
            continue
        yield _raw(number, fields)


def _references(text: str) -> Iterator[list[str]]:
    """The lines of one reference after another, from TY (or what is left of a torn one) to ER."""
    lines: list[str] = []
    for line in _tidied(text):
        tag = line[:2] if line[2:5] == "  -" else ""
        if tag == "TY" and lines:
            if any(known[2:5] == "  -" for known in lines):
                yield [*lines, "ER  - "]
            lines = []
        if tag == "ER":
            if lines:
                yield [*lines, "ER  - "]
            lines = []
        elif tag or lines:  # what stands before the first tag is the database's letterhead
            lines.append(line)
    if lines:
        yield [*lines, "ER  - "]


def _tidied(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if found := _TAGGED.match(line):
            yield f"{found[1]}  - {found[2] or found[3] or ''}"
        elif found := _WITHOUT_SPACE.match(line.strip()):
            yield f"{found[1]}  - {found[2]}"
        elif line.strip() and not re.fullmatch(r"\d+\.", line.strip()):
            yield line.strip()


def _title_in(lines: list[str]) -> str:
    return next((line[6:] for line in lines if line[:2] in ("TI", "T1")), "")


def _all(fields: dict, *names: str) -> list[str]:
    found: list[str] = []
    for name in names:
        value = fields.get(name)
        found += value if isinstance(value, list) else [value] if value else []
    return found


def _first(fields: dict, *names: str) -> str:
    return next((value for value in _all(fields, *names) if cleaning.text(value)), "")


def _raw(number: int, fields: dict) -> Raw:
    kind = fields.get("type_of_reference", "").strip().upper()
    people = _all(fields, "authors", "first_authors") or _all(fields, "editors", "secondary_authors")
    whole = kind in ("BOOK", "EBOOK", "RPRT", "THES", "EDBOOK")
    return Raw(
        number,
        kinds=[*_all(fields, "type_of_work"), f"ris:{kind}"],
        titles={"": _first(fields, "title", "primary_title", *(["book_title"] if whole else []), "short_title")},
        abstracts={"": _first(fields, "abstract", "notes_abstract")},
        authors=[found for person in people if (found := cleaning.name(person))],
        organisations=_all(fields, "publisher"),
        dates=_all(fields, "year", "publication_year", "date"),
        journal=_first(fields, "secondary_title", "journal_name", "alternate_title3", "alternate_title2"),
        series=_first(fields, "tertiary_title"),
        series_number=_first(fields, "volume") if whole else "",
        identifiers=_all(fields, "doi", "urls", "type_of_work", "note", "notes"),
        isbn=_first(fields, "issn"),
        links=_all(fields, "urls", "links", "file_attachments2"),
        languages=_all(fields, "language"),
        keywords=[part for word in _all(fields, "keywords") for part in word.split(";")],
        files=_all(fields, "file_attachments1"),
        accession=_first(fields, "accession_number"),
    )


def read_wos(text: str) -> Iterator[Raw]:
    blocks = re.split(r"^ER[ \t]*$", text, flags=re.MULTILINE)
    references = [block for block in blocks if re.search(r"^PT [A-Z]", block, re.MULTILINE)]
    for number, block in enumerate(references, start=1):
        try:
            (fields,) = rispy.loads(
                block.strip("\n") + "\nER\n", implementation=rispy.WokParser, skip_unknown_tags=True
            )
        except Exception:  # as above
            yield Raw(number, problem=_("It is not a well-formed Web of Science export."))
            continue
        yield _raw_wos(number, fields)


def _raw_wos(number: int, fields: dict) -> Raw:
    people = _all(fields, "authors")
    return Raw(
        number,
        kinds=[{"J": "ris:JOUR", "B": "ris:CHAP", "S": "ris:CHAP"}.get(fields.get("publication_type", ""), "ris:GEN")],
        titles={"": _first(fields, "document_title")},
        abstracts={"": _first(fields, "abstract")},
        authors=[found for person in people if (found := cleaning.name(person))]
        + [Name(cleaning.text(group), whole=True) for group in _all(fields, "group_authors") if cleaning.text(group)],
        organisations=_all(fields, "publisher"),
        dates=[*_all(fields, "publication_year"), " ".join(_all(fields, "publication_date", "publication_year"))],
        journal=_first(fields, "publication_name"),
        identifiers=_all(fields, "doi"),
        isbn=_first(fields, "isbn"),
        languages=_all(fields, "language"),
        keywords=_first(fields, "author_keywords").split(";"),
        accession=_first(fields, "accession_number"),
    )
