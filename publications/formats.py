"""Files that reference managers and spreadsheets read. Each function takes any number of publications.

Reading them back is the test: BibTeX with pybtex, RIS with rispy, CSV with the csv module.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import rispy
from django.utils.text import slugify

from content import addresses
from content.tables import csv_text
from content.text import one_line
from content.translations import words
from publications.citations import Item, citations, csl_item, licence_label, organisation_names
from publications.serialise import current_files

if TYPE_CHECKING:
    from publications.models import Publication

Publications = Iterable["Publication"]

# Braces must pair up even where TeX would not count them, so that they are named and not escaped.
TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: "\\" + character for character in "&%$#_"},
    }
)


@dataclass(frozen=True)
class Format:
    key: str  # ending of the address: cite.<key>
    name: str
    media_type: str
    write: Callable[[Publications, str], str]


# ---------- BibTeX ----------


def bibtex(publications: Publications, base: str) -> str:
    return "\n".join(_bibtex_entry(publication, csl_item(publication, base=base)) for publication in publications)


def _bibtex_entry(publication: Publication, item: Item) -> str:
    kind = publication.type.bibtex_type
    # Where each type of entry expects the organisation, the work it appeared in, and its number (btxdoc).
    publisher = {"techreport": "institution", "phdthesis": "school", "mastersthesis": "school"}.get(kind, "publisher")
    container = "journal" if kind == "article" else "booktitle"
    date = [*item.get("issued", {"date-parts": [[]]})["date-parts"][0], None, None]
    fields = {
        "title": _protected(item.get("title", "")),
        "author": " and ".join(_bibtex_name(name) for name in item.get("author", [])),
        "year": str(date[0] or ""),
        "month": str(date[1] or ""),
        publisher: _tex(item.get("publisher", "")),
        container: _tex(item.get("container-title", "")),
        "series": _tex(item.get("collection-title", "")),
        "number": _tex(item.get("collection-number", "") or item.get("issue", "")),
        "isbn": _tex(item.get("ISBN", "")),
        "doi": _verbatim(item.get("DOI", "")),
        "url": _verbatim(item["URL"]),
        "language": item["language"],
        "abstract": _tex(item.get("abstract", "")),
        "keywords": ", ".join(_tex(word) for word in keywords(publication, item["language"])),
        "copyright": _tex(licence_label(publication)),  # a note would be printed
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{bibtex_key(publication, item)},", ",\n".join(lines), "}\n"])


def bibtex_key(publication: Publication, item: Item) -> str:
    """Plain letters and our number: readable, unique, and the same after a change of title."""
    first = item.get("author", [{}])[0]
    name = slugify(first.get("family") or first.get("literal", "")).replace("-", "")[:20]
    return f"{name}{publication.year or ''}{'_' if name or publication.year else ''}{item['id']}"


def _tex(text: str) -> str:
    return text.translate(TEX)


def _protected(title: str) -> str:
    """Acronyms in braces, which styles that write titles small would turn into words."""
    return re.sub(r"(?<![\w\\])(\w+[A-ZÀ-ÖØ-Þ]\w*)", r"{\1}", _tex(title))


def _bibtex_name(name: dict[str, str]) -> str:
    if literal := name.get("literal"):
        return f"{{{_tex(literal)}}}"
    parts = [_tex(name["family"]), _tex(name.get("given", ""))]
    return ", ".join(f"{{{part}}}" if "," in part or " and " in f" {part} " else part for part in parts if part)


def _verbatim(address: str) -> str:
    """Addresses are copied as they stand; braces and spaces are not part of any."""
    return re.sub(r"[{}\\\s]", lambda found: f"%{ord(found[0]):02X}", address)


# ---------- RIS ----------


class _RisWriter(rispy.RisWriter):
    def set_header(self, count: int) -> str:
        return ""  # the number that rispy puts before each reference is no part of RIS


def ris(publications: Publications, base: str) -> str:
    entries = [_ris_entry(publication, csl_item(publication, base=base)) for publication in publications]
    return rispy.dumps(entries, implementation=_RisWriter)


def _ris_entry(publication: Publication, item: Item) -> dict[str, str | list[str]]:
    date = item.get("issued", {"date-parts": [[]]})["date-parts"][0]
    base = item["URL"].removesuffix(addresses.permanent(publication))
    entry: dict[str, str | list[str]] = {
        "type_of_reference": publication.type.ris_type,
        "id": item["id"],
        "title": item.get("title", ""),
        "authors": [
            n.get("literal") or ", ".join(filter(None, [n["family"], n.get("given")])) for n in item.get("author", [])
        ],
        "year": str(date[0]) if date else "",
        "date": "/".join(f"{part:02d}" for part in date) + "/" * (3 - len(date)) if len(date) > 1 else "",
        "publisher": item.get("publisher", ""),
        "secondary_title": item.get("container-title", "") or item.get("collection-title", ""),
        "tertiary_title": item.get("collection-title", "") if "container-title" in item else "",
        "number": item.get("collection-number", "") or item.get("issue", ""),
        "issn": item.get("ISBN", ""),
        "doi": item.get("DOI", ""),
        "urls": [item["URL"]],
        "language": item["language"],
        "abstract": item.get("abstract", ""),
        "keywords": keywords(publication, item["language"]),
        "file_attachments1": [
            base + stored.get_absolute_url() for stored in current_files(publication) if stored.kind == "pdf"
        ],
        "notes": [note] if (note := item.get("note")) else [],
    }
    return {key: value for key, value in entry.items() if value}


# ---------- CSL JSON, CSV, text ----------


def csl_json(publications: Publications, base: str) -> str:
    items = [
        csl_item(publication, base=base) | {"keyword": ", ".join(keywords(publication, publication.original_language))}
        for publication in publications
    ]
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def csv_table(publications: Publications, base: str) -> str:
    rows = (_csv_row(publication, csl_item(publication, base=base)) for publication in publications)
    return csv_text([CSV_COLUMNS, *([row[column] for column in CSV_COLUMNS] for row in rows)])


CSV_COLUMNS = [
    "id",
    "title",
    "authors",
    "organisations",
    "year",
    "date",
    "type",
    "languages",
    "series",
    "number",
    "journal",
    "doi",
    "isbn",
    "handle",
    "licence",
    "topics",
    "countries",
    "keywords",
    "url",
    "link",
]


def _csv_row(publication: Publication, item: Item) -> dict[str, str]:
    language = item["language"]
    people = [n for n in item.get("author", []) if "family" in n]
    date = item.get("issued", {"date-parts": [[]]})["date-parts"][0]
    return {
        "id": item["id"],
        "title": item.get("title", ""),
        "authors": "; ".join(", ".join(filter(None, [n["family"], n.get("given")])) for n in people),
        "organisations": "; ".join(organisation_names(publication, language)),
        "year": str(publication.year or ""),
        "date": "-".join(f"{part:02d}" for part in date),
        "type": words(publication.type, "label").text,
        "languages": "; ".join(publication.languages),
        "series": item.get("collection-title", ""),
        "number": one_line(publication.series_number),
        "journal": one_line(publication.journal),
        "doi": item.get("DOI", ""),
        "isbn": item.get("ISBN", ""),
        "handle": one_line(publication.handle),
        "licence": words(publication.licence, "label").text,
        "topics": "; ".join(words(topic, "label").text for topic in publication.topics.all()),
        "countries": "; ".join(country.iso3 for country in publication.countries.all()),
        "keywords": "; ".join(tag.name for tag in publication.tags.all()),
        "url": item["URL"],
        "link": publication.link,
    }


def text(publications: Publications, base: str) -> str:
    blocks = [
        "\n".join(f"{cited.name}:\n{cited.text}\n" for cited in citations(csl_item(publication, base=base)).values())
        for publication in publications
    ]
    return "\n\n".join(blocks)


def keywords(publication: Publication, language: str) -> list[str]:
    """Topics in the document's language, then the free tags, each once."""
    topics = [words(topic, "label", language).text for topic in publication.topics.all()]
    return [one_line(word) for word in dict.fromkeys([*topics, *(tag.name for tag in publication.tags.all())]) if word]


FORMATS = {
    entry.key: entry
    for entry in (
        Format("bib", "BibTeX", "application/x-bibtex", bibtex),
        Format("ris", "RIS", "application/x-research-info-systems", ris),
        Format("json", "CSL JSON", "application/vnd.citationstyles.csl+json", csl_json),
        Format("csv", "CSV", "text/csv", csv_table),
        Format("txt", "TXT", "text/plain", text),
    )
}
