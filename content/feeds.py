"""Atom feeds (RFC 4287). Ids are permanent addresses, so that a reader never meets an entry twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.feedgenerator import rfc3339_date
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.xmlutils import SimplerXMLGenerator

from content.text import one_line

MEDIA_TYPE = "application/atom+xml"
ATOM = "http://www.w3.org/2005/Atom"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # an empty feed has not changed yet


@dataclass(frozen=True)
class Enclosure:
    url: str
    media_type: str
    size: int  # bytes
    language: str = ""


@dataclass(frozen=True)
class FeedEntry:
    id: str  # permanent address, whole
    url: str
    title: str
    language: str
    updated: datetime
    published: datetime | None = None
    authors: tuple[str, ...] = ()
    summary: str = ""
    categories: tuple[tuple[str, str], ...] = ()  # term and label
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True)
class Feed:
    title: str
    author: str  # who stands behind entries that name nobody
    self_url: str
    page_url: str
    next_url: str = ""  # RFC 5005: where the entries before these are


def answer(request: HttpRequest, feed: Feed, entries: Iterable[FeedEntry]) -> HttpResponse:
    """The feed, or 304 when the reader has it already."""
    entries = list(entries)
    updated = max((entry.updated for entry in entries), default=NEVER)
    response = HttpResponse(document(feed, entries, updated), content_type=f"{MEDIA_TYPE}; charset=utf-8")
    response["Last-Modified"] = http_date(updated.timestamp())
    set_response_etag(response)
    return (
        get_conditional_response(
            request, etag=response["ETag"], last_modified=int(updated.timestamp()), response=response
        )
        or response
    )


def document(feed: Feed, entries: Iterable[FeedEntry], updated: datetime) -> str:
    out = StringIO()
    xml = SimplerXMLGenerator(out, "utf-8")
    xml.startDocument()
    xml.startElement("feed", AttributesImpl({"xmlns": ATOM, "xml:lang": get_language() or "en"}))
    _text(xml, "id", feed.self_url)
    _text(xml, "title", feed.title)
    _text(xml, "updated", rfc3339_date(updated))
    _author(xml, feed.author)
    _link(xml, "self", feed.self_url, type=MEDIA_TYPE)
    _link(xml, "alternate", feed.page_url, type="text/html")
    if feed.next_url:
        _link(xml, "next", feed.next_url, type=MEDIA_TYPE)
    for entry in entries:
        _entry(xml, entry)
    xml.endElement("feed")
    xml.endDocument()
    return out.getvalue()


def _entry(xml: SimplerXMLGenerator, entry: FeedEntry) -> None:
    xml.startElement("entry", AttributesImpl({"xml:lang": entry.language}))
    _text(xml, "id", entry.id)
    _text(xml, "title", entry.title)
    _text(xml, "updated", rfc3339_date(entry.updated))
    if entry.published:
        _text(xml, "published", rfc3339_date(entry.published))
    for name in entry.authors:
        _author(xml, name)
    _link(xml, "alternate", entry.url, type="text/html")
    for file in entry.enclosures:
        language = {"hreflang": file.language} if file.language else {}
        _link(xml, "enclosure", file.url, type=file.media_type, length=str(file.size), **language)
    for term, label in entry.categories:
        xml.addQuickElement("category", attrs={"term": term, "label": one_line(label)})
    if entry.summary:
        _text(xml, "summary", entry.summary)
    xml.endElement("entry")


def _text(xml: SimplerXMLGenerator, name: str, text: str) -> None:
    xml.addQuickElement(name, one_line(text))


def _link(xml: SimplerXMLGenerator, rel: str, href: str, **attributes: str) -> None:
    xml.addQuickElement("link", attrs={"rel": rel, "href": href, **attributes})


def _author(xml: SimplerXMLGenerator, name: str) -> None:
    xml.startElement("author", AttributesImpl({}))
    _text(xml, "name", name)
    xml.endElement("author")
