"""What the head of a publication's page tells programs.

Highwire tags for Google Scholar (https://scholar.google.com/intl/en/scholar/inclusion.html#indexing), Dublin Core
(DCMI, “Expressing DC in HTML meta”), Open Graph, schema.org as JSON-LD, COinS (Z39.88-2004), and the link relations of
Signposting (https://signposting.org/FAIR/).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from content.text import one_line
from content.translations import words
from publications.citations import Item, csl_item, licence_label
from publications.formats import FORMATS, keywords
from publications.serialise import current_files

if TYPE_CHECKING:
    from publications.models import Publication

# As Django's json_script: inside <script> nothing of the data may look like markup.
IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
DESCRIPTION = 300  # characters; search engines show about half of it
HIGHWIRE_DATE, ISO_DATE = "/", "-"


@dataclass(frozen=True)
class Link:
    rel: str
    href: str
    type: str = ""
    title: str = ""


@dataclass(frozen=True)
class Metadata:
    description: str
    named: list[tuple[str, str]]  # <meta name content>
    properties: list[tuple[str, str]]  # <meta property content>
    links: list[Link]
    json_ld: SafeString


def metadata(publication: Publication, *, base: str) -> Metadata:
    item = csl_item(publication, base=base)
    abstract = one_line(words(publication, "abstract").text, DESCRIPTION)
    named = [*_highwire(publication, item, base), *_dublin_core(publication, item)]
    return Metadata(
        description=abstract or one_line(words(publication, "title").text, DESCRIPTION),
        named=[(name, content) for name, content in named if content],
        properties=[(name, content) for name, content in _open_graph(publication, base, abstract) if content],
        links=_links(publication, item, base),
        json_ld=json_ld(_schema(publication, item, base, abstract)),
    )


def names(item: Item) -> list[str]:
    """Authors as one text each: family name first."""
    return [n.get("literal") or ", ".join(filter(None, [n["family"], n.get("given")])) for n in item.get("author", [])]


def date(item: Item, separator: str) -> str:
    parts = item["issued"]["date-parts"][0] if "issued" in item else []
    return separator.join(f"{part:02d}" for part in parts)


def _highwire(publication: Publication, item: Item, base: str) -> list[tuple[str, str]]:
    is_report = publication.type.csl_type == "report"
    pdfs = [base + stored.get_absolute_url() for stored in current_files(publication) if stored.kind == "pdf"]
    return [
        ("citation_title", item.get("title", "")),
        *(("citation_author", name) for name in names(item)),
        ("citation_publication_date", date(item, HIGHWIRE_DATE)),
        ("citation_technical_report_institution" if is_report else "citation_publisher", item.get("publisher", "")),
        ("citation_technical_report_number" if is_report else "citation_issue", publication.series_number),
        ("citation_journal_title", item.get("container-title", "")),
        ("citation_doi", item.get("DOI", "")),
        ("citation_isbn", item.get("ISBN", "")),
        ("citation_language", item["language"]),
        ("citation_keywords", "; ".join(keywords(publication, item["language"]))),
        ("citation_abstract_html_url", base + publication.get_absolute_url()),
        *(("citation_pdf_url", url) for url in pdfs),
    ]


def _dublin_core(publication: Publication, item: Item) -> list[tuple[str, str]]:
    return [
        ("DC.title", item.get("title", "")),
        *(("DC.creator", name) for name in names(item)),
        ("DC.publisher", item.get("publisher", "")),
        ("DC.date", date(item, ISO_DATE)),
        ("DC.type", words(publication.type, "label", "en").text),
        ("DC.identifier", item["URL"]),
        ("DC.identifier", f"https://doi.org/{item['DOI']}" if "DOI" in item else ""),
        *(("DC.language", language) for language in publication.languages or [item["language"]]),
        *(("DC.subject", word) for word in keywords(publication, item["language"])),
        ("DC.rights", publication.licence.url or licence_label(publication)),
    ]


def _open_graph(publication: Publication, base: str, abstract: str) -> list[tuple[str, str]]:
    preview = next((stored for stored in current_files(publication) if stored.preview), None)
    return [
        ("og:type", "article"),
        ("og:site_name", str(settings.PORTAL_NAME)),
        ("og:title", one_line(words(publication, "title").text, DESCRIPTION)),
        ("og:description", abstract),
        ("og:url", base + publication.get_absolute_url()),
        ("og:image", base + reverse("files:preview", args=[preview.key]) if preview else ""),
    ]


def _links(publication: Publication, item: Item, base: str) -> list[Link]:
    def cite(key: str) -> str:
        return base + reverse("publications:cite", args=[publication.slug, key])

    page = base + publication.get_absolute_url()
    files = [Link("item", base + stored.get_absolute_url(), stored.media_type) for stored in current_files(publication)]
    licence = [Link("license", publication.licence.url)] if publication.licence.url else []
    return [
        Link("schema.DC", "http://purl.org/dc/elements/1.1/"),
        Link("cite-as", f"https://doi.org/{item['DOI']}" if "DOI" in item else item["URL"]),  # RFC 8574
        Link("type", f"https://schema.org/{publication.type.schema_type}"),
        Link("describedby", cite("json"), FORMATS["json"].media_type, "CSL JSON"),
        Link("alternate", cite("bib"), FORMATS["bib"].media_type, "BibTeX"),
        Link("alternate", cite("ris"), FORMATS["ris"].media_type, "RIS"),
        Link("alternate", f"{page}?format=json", "application/json", "JSON"),
        *licence,
        *files,
    ]


# ---------- schema.org ----------


def json_ld(data: dict[str, Any]) -> SafeString:
    """Data for a <script type="application/ld+json">: a data block, which browsers do not run."""
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(IN_SCRIPT))  # noqa: S308  (escaped here)


def _schema(publication: Publication, item: Item, base: str, abstract: str) -> dict[str, Any]:
    data = {
        "@context": "https://schema.org",
        "@type": publication.type.schema_type,
        "@id": item["URL"],
        "url": base + publication.get_absolute_url(),
        "name": item.get("title"),
        "description": abstract,
        "author": [_person(name) for name in item.get("author", [])],
        "publisher": _organisations(publication, item["language"]),
        "datePublished": date(item, ISO_DATE),
        "dateModified": publication.updated_at.date().isoformat(),
        "inLanguage": publication.languages or [item["language"]],
        "license": publication.licence.url,
        "isAccessibleForFree": True,
        "isbn": item.get("ISBN"),
        "identifier": _identifiers(item),
        "isPartOf": _part_of(item),
        "keywords": keywords(publication, item["language"]),
        "spatialCoverage": [
            {"@type": "Country", "name": words(place, "name").text, "identifier": place.iso2}
            for place in publication.countries.all()
        ],
        "encoding": [_file(stored, base) for stored in current_files(publication)],
        "sameAs": publication.link,
    }
    return {key: value for key, value in data.items() if value}


def _person(name: dict[str, str]) -> dict[str, str]:
    if literal := name.get("literal"):
        return {"@type": "Organization", "name": literal}
    given = {"givenName": name["given"]} if "given" in name else {}
    full = " ".join(filter(None, [name.get("given"), name["family"]]))
    return {"@type": "Person", "name": full, "familyName": name["family"], **given}


def _organisations(publication: Publication, language: str) -> list[dict[str, str]]:
    organisations = [publisher.organisation for publisher in publication.publishers.all()]
    return [
        {"@type": "Organization", "name": words(organisation, "name", language).text}
        | ({"url": organisation.website} if organisation.website else {})
        for organisation in organisations
    ]


def _identifiers(item: Item) -> list[dict[str, str]]:
    return [{"@type": "PropertyValue", "propertyID": key, "value": item[key]} for key in ("DOI", "ISBN") if key in item]


def _part_of(item: Item) -> dict[str, str] | None:
    if "container-title" in item:
        return {"@type": "Periodical", "name": item["container-title"]}
    return {"@type": "CreativeWorkSeries", "name": item["collection-title"]} if "collection-title" in item else None


def _file(stored: Any, base: str) -> dict[str, str]:
    language = {"inLanguage": stored.language} if stored.language else {}
    return {
        "@type": "MediaObject",
        "contentUrl": base + stored.get_absolute_url(),
        "encodingFormat": stored.media_type,
        "contentSize": f"{stored.size} B",
        **language,
    }


# ---------- COinS ----------


def coins(item: Item) -> str:
    """The OpenURL of the record, for the title of an empty span (https://ocoins.info)."""
    is_article = item["type"].startswith("article")
    people = [("rft.au", name) for name in names(item)]
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{'journal' if is_article else 'book'}"),
        ("rft.genre", "article" if is_article else {"report": "report", "book": "book"}.get(item["type"], "document")),
        ("rft.atitle" if is_article else "rft.btitle", item.get("title", "")),
        ("rft.jtitle", item.get("container-title", "")),
        *people,
        ("rft.date", date(item, ISO_DATE)),
        ("rft.pub", item.get("publisher", "")),
        ("rft.isbn", item.get("ISBN", "")),
        ("rft_id", f"info:doi/{item['DOI']}" if "DOI" in item else ""),
        ("rft_id", item["URL"]),
        ("rft.language", item["language"]),
    ]
    return urlencode([(key, value) for key, value in pairs if value])
