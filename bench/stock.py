"""The same questions put to Haystack with its own Whoosh backend, used as its documentation shows."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from haystack import connections, indexes
from haystack.query import SearchQuerySet

from bench.clock import percentile, seconds
from bench.questions import questions
from publications.lists import PUBLICATIONS
from publications.models import Publication
from publications.search_indexes import PublicationIndex
from search.indexes import Document
from search.query import Query


class StockIndex(indexes.SearchIndex, indexes.Indexable):
    text = indexes.CharField(document=True)
    title = indexes.CharField()
    published = indexes.DateTimeField(null=True)
    topic = indexes.MultiValueField(faceted=True)
    country = indexes.MultiValueField(faceted=True)
    region = indexes.MultiValueField(faceted=True)
    lang = indexes.MultiValueField(faceted=True)
    type = indexes.MultiValueField(faceted=True)
    org = indexes.MultiValueField(faceted=True)
    goal = indexes.MultiValueField(faceted=True)
    series = indexes.MultiValueField(faceted=True)
    shared = indexes.MultiValueField(faceted=True)
    licence = indexes.MultiValueField(faceted=True)
    tag = indexes.MultiValueField(faceted=True)
    documents: dict[int, Document] = {}

    def get_model(self) -> type[Publication]:
        return Publication

    def prepare(self, obj: Publication) -> dict:
        prepared = super().prepare(obj)
        known = self.documents[obj.pk]
        words = [*known.titles.values(), *known.texts.values(), *known.names]
        words += [page for pages in known.pages.values() for page in pages]
        prepared |= {"text": "\n".join(words), "title": next(iter(known.titles.values()), "")}
        prepared |= {"published": known.published}
        return prepared | {name: list(known.facets.get(name, ())) for name in PUBLICATIONS.facets}


def measure(*, quick: bool) -> dict[str, float]:
    use_stock(settings.VAR / "stock-whoosh")
    asked = questions(PUBLICATIONS.facets)[:: 4 if quick else 1]
    ask(asked[0])
    taken = [seconds(lambda query=query: ask(query)) for query in asked]
    return {"p50": percentile(taken, 0.5), "p95": percentile(taken, 0.95)}


def use_stock(folder: Path) -> None:
    connections.connections_info["stock"] = {
        "ENGINE": "haystack.backends.whoosh_backend.WhooshEngine",
        "PATH": str(folder),
    }
    index = StockIndex()
    connections["stock"].get_unified_index().build(indexes=[index])
    if folder.exists():
        return
    ours = PublicationIndex()
    publications = list(ours.index_queryset())
    StockIndex.documents = {document.record.pk: document for document in ours.documents(publications)}
    connections["stock"].get_backend().update(index, publications)


def ask(query: Query) -> None:
    found = SearchQuerySet(using="stock").models(Publication)
    if query.text:
        found = found.auto_query(query.text)
    for name, values in query.filters.items():
        found = found.narrow(" OR ".join(f'{name}_exact:"{value}"' for value in values))
    for name in query.facets:
        found = found.facet(name)
    if query.sort == "newest":
        found = found.order_by("-published")
    list(found[: query.size])
    found.facet_counts()
