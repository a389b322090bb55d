"""Tables with one reference a row (CSV), under the column names that people and databases use."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from publications.importing import cleaning
from publications.importing.records import Raw, Unreadable
from publications.titles import title_key

# Folded names of columns in English, French and Spanish, and those of exports we have met.
_COLUMNS = {
    "title": "title titre titulo name nombre primary_title document_title article_title titre_du_document "
    "titulo_del_documento",
    "authors": "authors author auteurs auteur autores autor author_names first_authors auteur_s autor_es creator "
    "creators",
    "year": "year annee ano anio publication_year pub_year annee_de_publication ano_de_publicacion",
    "date": "date fecha publication_date date_de_publication fecha_de_publicacion issued published",
    "abstract": "abstract resume resumen summary description descripcion notes_abstract abstract_note",
    "type": "type tipo type_of_reference item_type document_type type_de_document tipo_de_documento publication_type "
    "genre",
    "doi": "doi",
    "handle": "handle hdl",
    "isbn": "isbn",
    "link": "link url urls lien enlace web address direccion website full_text_link open_url_link permalink",
    "publisher": "publisher publishers organisation organization organisations organizations institution editeur "
    "editorial organizacion organizaciones organismo organismos institucion publicado_por publie_par",
    "journal": "journal source revue revista secondary_title publication_title container_title source_title",
    "series": "series serie collection coleccion series_title",
    "number": "series_number number numero no",
    "language": "language languages langue langues idioma idiomas lang",
    "keywords": "keywords tags topics topic mots_cles palabras_clave author_keywords themes temas sujets manual_tags",
    "countries": "countries country pays pais paises",
    "licence": "licence license licencia rights droits derechos",
    "file": "file files fichier fichiers archivo archivos",
    "accession": "accession_number accession identifier identifiant identificador record_number",
}
_FIELDS = {alias: field for field, aliases in _COLUMNS.items() for alias in aliases.split()}
_LANGUAGE_SUFFIX = re.compile(
    r"^(title|titre|titulo|abstract|resume|resumen)_"
    r"(en|fr|es|english|french|spanish|anglais|francais|espagnol|ingles|frances|espanol)$"
)
_LONGEST_CELL = 1_000_000


def read(text: str) -> Iterator[Raw]:
    """Raises Unreadable when no column has a name we know: then it is some other kind of file."""
    delimiter = _delimiter(text)
    csv.field_size_limit(_LONGEST_CELL)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise Unreadable(_("It cannot be read as a table: %(error)s.") % {"error": error}) from error
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    columns = _known_columns(rows[0]) if rows else {}
    if not {"title", "doi"} & {field for field, _language in columns.values()} and len(set(columns.values())) < 3:
        raise Unreadable(
            _("Its format is not recognised. RIS, BibTeX, CSL-JSON and CSV with a column named “title” can be read.")
        )
    for number, row in enumerate(rows[1:], start=1):
        yield _raw(number, columns, row)


def _delimiter(text: str) -> str:
    """The mark that parts the first line in the most columns we know."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    return max(",;\t|", key=lambda mark: len(_known_columns(next(csv.reader([first], delimiter=mark), []))))


def _known_columns(header: list[str]) -> dict[int, tuple[str, str]]:
    """Place of each column we know: its field, and the language its name ends in."""
    found = {}
    for place, heading in enumerate(header):
        alias = "_".join(title_key(heading).split())
        if match := _LANGUAGE_SUFFIX.match(alias):
            found[place] = (_FIELDS[match[1]], cleaning.language(match[2]))
        elif alias in _FIELDS:
            found[place] = (_FIELDS[alias], "")
    return found


def _raw(number: int, columns: dict[int, tuple[str, str]], row: list[str]) -> Raw:
    cells: dict[str, str] = {}
    titles: dict[str, str] = {}
    abstracts: dict[str, str] = {}
    for place, (field, language) in columns.items():
        cell = row[place].strip() if place < len(row) else ""
        if not cell:
            continue
        if field == "title":
            titles.setdefault(language, cell)
        elif field == "abstract":
            abstracts.setdefault(language, cell)
        else:
            cells.setdefault(field, cell)
    kind = cells.get("type", "")
    return Raw(
        number,
        kinds=[kind, f"ris:{kind.upper()}", f"csl:{kind}", f"bibtex:{kind.lower()}"] if kind else [],
        titles=titles,
        abstracts=abstracts,
        authors=cleaning.names(_unlisted(cells.get("authors", ""))),
        organisations=_several(cells.get("publisher", "")),
        dates=[cells.get("date", ""), cells.get("year", "")] if _years_agree(cells) else [cells.get("year", "")],
        journal=cells.get("journal", ""),
        series=cells.get("series", ""),
        series_number=cells.get("number", "") if "series" in cells else "",
        identifiers=[cells.get("doi", ""), cells.get("handle", ""), cells.get("link", "")],
        isbn=cells.get("isbn", ""),
        links=_several(_unlisted(cells.get("link", ""))),
        languages=_several(cells.get("language", "").replace(",", ";").replace("/", ";")),
        keywords=_several(_unlisted(cells.get("keywords", "")).replace(",", ";")),
        countries=_several(cells.get("countries", "").replace(",", ";")),
        licence=cells.get("licence", ""),
        files=_several(cells.get("file", "")),
        accession=cells.get("accession", ""),
    )


def _years_agree(cells: dict[str, str]) -> bool:
    return not cells.get("year") or cells["year"].strip()[:4] in cells.get("date", "")


def _unlisted(cell: str) -> str:
    """Tables made by programs hold lists as Python or JSON writes them: ['Marx, Karl', 'Marxus, K.']."""
    if cell.startswith("[") and cell.endswith("]"):
        return "; ".join(part for _quote, part in re.findall(r"(['\"])(.*?)\1", cell)) or cell.strip("[]")
    return cell


def _several(cell: str) -> list[str]:
    return [part.strip() for part in re.split(r"[;\n|]", cell) if part.strip()]
