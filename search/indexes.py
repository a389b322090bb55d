"""The base of every `<app>/search_indexes.py`: how a record becomes one document of the index.

An app writes a class that says which records are public and turns a batch of them into documents:

    class PublicationIndex(RecordIndex, indexes.Indexable):
        kind = "publication"
        related = {Organisation: lambda pks: Publication.objects.filter(publishers__organisation__in=pks)}

        def index_queryset(self, using=None):
            return Publication.objects.published().select_related("type")

        def documents(self, publications):
            topics = pairs(Publication.topics.through.objects, "publication_id", "topic_id", of=publications)
            for publication in publications:
                yield Document(record=publication, titles=self.translated(publication, "title"), …)

Batches, because 400,000 records are read in some hundred queries that way and not in some million.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, ClassVar
from zlib import crc32

from django.conf import settings
from django.db.models import Model, QuerySet
from haystack import connections, indexes

from search.analysis import EVERY, LANGUAGES, OTHER, indexed, words
from search.plan import KEYWORDS, TEXTS
from search.terms import with_narrower
from taxonomy.models import Topic

PAGE_BREAK = "\f"
SHELF = "engine"  # where the records of every content type stand, and what a search of everything asks
CHUNK = 2000
_MOST_KEYS = 1 << 24  # seconds of any century times this fit into 64 bits


@dataclass(slots=True)
class Document:
    """What one record gives to the index. Languages are codes; any language may occur.

    Expected of `facets` (names in `plan.KEYWORDS`, values are slugs or codes): `topic` holds each topic with its
    ancestors and `region` every region and group of each country (`terms.Terms` gives both), so that asking for
    the broader finds the narrower; `country` is ISO 3166-1 alpha-2; `lang` the languages of the document itself.
    """

    record: Model
    titles: Mapping[str, str]
    texts: Mapping[str, str] = field(default_factory=dict)  # abstract, definition, body
    pages: Mapping[str, Sequence[str]] = field(default_factory=dict)  # text of the files, page by page
    names: Sequence[str] = ()  # people, organisations with every name they go by, identifiers
    facets: Mapping[str, Iterable[str]] = field(default_factory=dict)
    year: int | None = None
    used: int = 0  # views, downloads: whatever "most used" means for the type
    published: datetime | date | None = None  # what "newest" sorts by
    order: str = ""  # what "name" sorts by, folded

    def prepared(self, kind: str) -> dict[str, Any]:
        """What engines store: words already stemmed, keywords, numbers, and `shown` as it will be displayed."""
        facets = {name: sorted({str(value) for value in values}) for name, values in self.facets.items()}
        prepared: dict[str, Any] = {name: facets.get(name, []) for name in KEYWORDS}
        prepared["kind"] = [kind]
        titles, texts = _clean(self.titles), _clean(self.texts)
        prepared["avail"] = sorted({*titles, *prepared["lang"]})
        pages = _clean({code: PAGE_BREAK.join(pages) for code, pages in self.pages.items()})
        for name, by_language in (("title", titles), ("text", texts), ("file", pages)):
            prepared |= _by_field(name, by_language)
        prepared["names"] = [" ".join(words(name)) for name in self.names if name]
        prepared |= {
            "django_pk": self.record.pk,
            "year": self.year,
            "used": _with_key(self.used, self.record.pk),
            "published": _with_key(_seconds(self.published), self.record.pk),
            "order": f"{self.order}\t{self.record.pk:012}" if self.order else None,  # no two records are equal
        }
        prepared["shown"] = {"titles": titles, "texts": texts, "pages": pages} | {
            name: prepared[name] for name in ("topic", "country", "region", "avail")
        }
        prepared["id"] = f"{kind}.{self.record.pk}"
        prepared["stamp"] = crc32(repr(prepared | {"used": 0}).encode())  # being read more is no difference
        return prepared


def _clean(by_language: Mapping[str, str]) -> dict[str, str]:
    """Composed letters, so that a marked piece is cut where a reader sees letters end."""
    return {code: unicodedata.normalize("NFC", text) for code, text in by_language.items() if text}


def _by_field(name: str, by_language: Mapping[str, str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, text in by_language.items():
        language = code if code in LANGUAGES else OTHER
        found.setdefault(f"{name}_{language}", []).append(indexed(text, language))
    return found


def _with_key(number: int, pk: int) -> int:
    """A number to sort by in which no two records are equal, so that every node and every page has one order."""
    return number * _MOST_KEYS + pk % _MOST_KEYS


def _seconds(moment: datetime | date | None) -> int:
    if moment is None:
        return 0
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time(), tzinfo=UTC)
    return int(moment.timestamp())


class RecordIndex(indexes.SearchIndex):
    """One document per public record of one kind."""

    kind: ClassVar[str]  # key in content.registry, or a name of its own where the shelf is one
    shelf: ClassVar[str] = SHELF  # the index in which its documents stand; a question is put to one index
    # Other indexes of the same model, each of its own kind: Haystack knows one index for each model.
    twins: ClassVar[tuple[RecordIndex, ...]] = ()
    # For each model whose rows show in other records' documents: the records of ours that such rows touch.
    related: ClassVar[Mapping[type[Model], Callable[[Sequence[int]], QuerySet]]] = {}

    # Haystack asks for one document field by this name; ours stands for titles, texts, files and names together.
    text = indexes.CharField(document=True)

    def get_model(self) -> type[Model]:
        return self.index_queryset().model

    def documents(self, records: Sequence[Any]) -> Iterator[Document]:
        """One document for each record of a batch."""
        raise NotImplementedError

    def full_prepare(self, obj: Model) -> dict[str, Any]:
        (document,) = self.documents([obj])
        return document.prepared(self.kind)

    def prepared_batches(self) -> Iterator[list[dict[str, Any]]]:
        """Every public record as engines store it, in batches.

        The keys come first, in one query, and then the records by their keys: walking with `pk > last` made SQLite
        sort all the rest again for each batch, and one long cursor would hold a snapshot for as long as a rebuild.
        """
        keys = list(self.index_queryset().order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), CHUNK):
            yield list(self.prepared_for(keys[start : start + CHUNK]))

    def prepared_for(self, pks: Sequence[int]) -> Iterator[dict[str, Any]]:
        """Those of the given records that are public; the others are not yielded, and leave the index."""
        for start in range(0, len(pks), CHUNK):
            batch = list(self.index_queryset().filter(pk__in=pks[start : start + CHUNK]))
            yield from (document.prepared(self.kind) for document in self.documents(batch))

    def affected(self, model: type[Model], pks: Sequence[int]) -> Iterable[int]:
        """Keys of our records whose documents show the given rows of another model."""
        keys = with_narrower(pks) if model is Topic else pks
        return self.related[model](keys).order_by().values_list("pk", flat=True).distinct()

    @staticmethod
    def translated(record: Model, name: str) -> dict[str, str]:
        """The languages in which a translated field is really filled, without falling back."""
        values = {code: getattr(record, f"{name}_{code}", None) for code in settings.MODELTRANSLATION_LANGUAGES}
        return {code: value for code, value in values.items() if value}


def pairs(queryset: QuerySet, key: str, *values: str, of: Sequence[Model]) -> dict[int, list[Any]]:
    """Values of related rows by the key of their record, in one query.

    `pairs(Author.objects, "publication_id", "family", of=publications)`. One value gives a list of it, several give
    a list of tuples, in the queryset's order.
    """
    found: dict[int, list[Any]] = defaultdict(list)
    rows = queryset.filter(**{f"{key}__in": [record.pk for record in of]}).values_list(key, *values)
    for owner, *rest in rows:
        found[owner].append(rest[0] if len(rest) == 1 else tuple(rest))
    return found


def all_indexes() -> dict[str, RecordIndex]:
    """The index of each kind, by its key."""
    collected = connections["default"].get_unified_index().get_indexes().values()
    ours = [index for index in collected if isinstance(index, RecordIndex)]
    return {one.kind: one for index in ours for one in (index, *index.twins)}


def shelves() -> dict[str, list[RecordIndex]]:
    """The indexes that share a shelf, by its name."""
    found: dict[str, list[RecordIndex]] = defaultdict(list)
    for index in all_indexes().values():
        found[index.shelf].append(index)
    return found


TEXT_FIELDS = tuple(f"{name}_{language}" for name in TEXTS for language in EVERY)
