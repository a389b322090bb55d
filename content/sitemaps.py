"""Sitemaps (https://www.sitemaps.org, with hreflang after Google's notes) for any number of records.

A file holds the records of one range of primary keys: it is written from one small query, whatever came before it, and
keeps its name when records are added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from xml.sax.saxutils import escape, quoteattr

from django.conf import settings
from django.db.models import F, IntegerField, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import override

from content.registry import ContentType

RECORDS = 2000  # in one file: times the languages, far below 50,000 addresses and 50 MB
XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
XHTML = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True)
class Address:
    paths: dict[str, str]  # by language
    changed_at: datetime | None = None


class Section(Protocol):
    @property
    def key(self) -> str: ...

    def numbers(self) -> Iterable[int]:
        """Which files there are."""

    def addresses(self, number: int) -> Iterator[Address]:
        """What one of them holds; nothing when there is no such file."""


def codes() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


@dataclass(frozen=True)
class Records:
    """The published records of one type."""

    content_type: ContentType

    @property
    def key(self) -> str:
        return self.content_type.key

    def numbers(self) -> list[int]:
        # Counted from the index on status, which holds the key but not the texts.
        number = Cast(F("pk") / RECORDS, IntegerField())
        return sorted(
            self.content_type.published().order_by().annotate(number=number).values_list("number", flat=True).distinct()
        )

    def addresses(self, number: int) -> Iterator[Address]:
        first = number * RECORDS
        rows = self.content_type.published().filter(pk__gte=first, pk__lt=first + RECORDS).order_by("pk")
        shapes = by_language(lambda: reverse(f"{self.content_type.namespace}:detail", args=["-slug-"]))
        for slug, changed_at in rows.values_list("slug", "updated_at").iterator():
            yield Address({code: shape.replace("-slug-", slug) for code, shape in shapes.items()}, changed_at)


@dataclass(frozen=True)
class Terms:
    """Rows of the vocabulary: some hundred, each with a page of its own."""

    key: str
    rows: Callable[[], QuerySet]

    def numbers(self) -> list[int]:
        return [0] if self.rows().exists() else []

    def addresses(self, number: int) -> Iterator[Address]:
        for row in self.rows() if number == 0 else ():
            yield Address(by_language(row.get_absolute_url), getattr(row, "updated_at", None))


@dataclass(frozen=True)
class Pages:
    """Pages that are no record's: home, lists."""

    key: str
    names: tuple[str, ...]

    def numbers(self) -> list[int]:
        return [0]

    def addresses(self, number: int) -> Iterator[Address]:
        for name in self.names if number == 0 else ():
            yield Address({code: _reverse(name, code) for code in codes()})


def _reverse(name: str, code: str) -> str:
    with override(code):
        return reverse(name)


def by_language(address: Callable[[], str]) -> dict[str, str]:
    paths = {}
    for code in codes():
        with override(code):
            paths[code] = address()
    return paths


def index(sections: Iterable[Section], base: str, shape: str) -> str:
    """The list of files; `shape` is the path of one of them, with {key} and {number}."""
    files = [(section.key, number) for section in sections for number in section.numbers()]
    lines = [f"<sitemap><loc>{escape(base + shape.format(key=key, number=n))}</loc></sitemap>" for key, n in files]
    return f"{HEAD}<sitemapindex {XMLNS}>\n" + "\n".join(lines) + "\n</sitemapindex>\n"


def document(addresses: Iterable[Address], base: str) -> str:
    """One file. Each language's address names its counterparts, itself and the one for readers of other languages."""
    blocks = [_urls(address, base) for address in addresses]
    return f"{HEAD}<urlset {XMLNS} {XHTML}>\n" + "\n".join(blocks) + "\n</urlset>\n"


def _urls(address: Address, base: str) -> str:
    links = [(code, base + path) for code, path in address.paths.items()]
    links.append(("x-default", base + address.paths[settings.LANGUAGE_CODE]))
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(url)}/>' for code, url in links
    )
    changed = f"<lastmod>{address.changed_at:%Y-%m-%dT%H:%M:%SZ}</lastmod>" if address.changed_at else ""
    return "\n".join(f"<url><loc>{escape(url)}</loc>{changed}{alternates}</url>" for _code, url in links[:-1])
