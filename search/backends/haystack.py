"""Haystack's side of both engines: its update, remove, clear and search calls over an index with versions.

The portal's pages go through `search.services`, which asks for more than Haystack's interface can say (any of several
values in a facet, counts without a facet's own filter, terms of a vocabulary). What Haystack does say — `auto_query`,
`filter` and `narrow` on facets, `models`, `facet`, `order_by`, slices — works here, words joined by AND.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, cast

from django.db.models import Model
from haystack import connections
from haystack.backends import BaseSearchBackend, BaseSearchQuery, log_query
from haystack.models import SearchResult

from content import registry
from search.analysis import words
from search.backends.base import Engine, OpenIndex, create, writing
from search.indexes import RecordIndex, all_indexes
from search.plan import KEYWORDS, Plan, Row, Words
from search.reading import clean
from search.store import IndexMissing, Store

_FILTER = re.compile(r'(\w+?)(?:_exact)?:"([^"]*)"')
_SORTS = {"-published": "newest", "-used": "used"}


class RecordBackend(BaseSearchBackend):
    def __init__(self, connection_alias: str, **connection_options: Any) -> None:
        super().__init__(connection_alias, **connection_options)
        self.store = Store(connection_options["PATH"])

    @property
    def engine(self) -> Engine:
        return cast(Engine, connections[self.connection_alias])

    def setup(self) -> None:
        """Make an empty index where there is none; the engine's schema is the same for every type."""
        with self.store.writing():
            if not self.store.exists():
                version = self.store.new_version()
                create(self.engine, version)
                self.store.switch_to(version)
        self.setup_complete = True

    def update(self, index: RecordIndex, iterable: Iterable[Model], commit: bool = True) -> None:
        self.setup()
        records = list(iterable)
        for one in (index, *index.twins):
            self._write(one.shelf, [document.prepared(one.kind) for document in one.documents(records)], [])

    def remove(self, obj_or_string: Model | str, commit: bool = True) -> None:
        self.setup()
        if isinstance(obj_or_string, str):
            identifiers = [obj_or_string]
        else:
            identifiers = [f"{index.kind}.{obj_or_string.pk}" for index in _indexes_of(type(obj_or_string))]
        for identifier in identifiers:
            self._write(all_indexes()[identifier.partition(".")[0]].shelf, [], [identifier])

    def clear(self, models: Iterable[type[Model]] | None = None, commit: bool = True) -> None:
        self.setup()
        for index in _indexes_of(*(models or ())):
            _, reader = OpenIndex.reader(self.engine, self.store, index.shelf)
            self._write(index.shelf, [], [f"{index.kind}.{pk}" for pk in reader.stamps(index.kind)])

    def _write(self, shelf: str, prepared: list[dict[str, Any]], removed: list[str]) -> None:
        with self.store.writing(), writing(self.engine, self.store.version(), shelf) as writer:
            for identifier in removed:
                writer.remove(identifier)
            for document in prepared:
                writer.add(document)

    @log_query
    def search(self, query_string: str, **kwargs: Any) -> dict[str, Any]:
        try:
            _, reader = OpenIndex.reader(self.engine, self.store)
        except IndexMissing:
            return {"results": [], "hits": 0}
        found = reader.find(_plan(query_string, **kwargs))
        result = kwargs.get("result_class") or SearchResult
        fields = {
            name: sorted(counts.items(), key=lambda item: (-item[1], item[0])) for name, counts in found.facets.items()
        }
        return {
            "results": [self._result(row, result) for row in found.rows],
            "hits": found.count,
            "facets": {"fields": fields, "dates": {}, "queries": {}},
        }

    def _result(self, row: Row, result: type[SearchResult]) -> SearchResult:
        options = registry.get(row.kind).model._meta
        return result(options.app_label, options.model_name, row.pk, row.score)


def _indexes_of(*models: type[Model]) -> list[RecordIndex]:
    """The indexes of some models; of all, when none is named."""
    return [index for index in all_indexes().values() if not models or index.get_model() in models]


def _plan(query_string: str, **kwargs: Any) -> Plan:
    """What a Haystack query asks for, in our own terms."""
    filters: dict[str, tuple[str, ...]] = {}
    for name, value in _FILTER.findall(" ".join([query_string, *(kwargs.get("narrow_queries") or ())])):
        if name in KEYWORDS or name == "year":
            filters[name] = (*filters.get(name, ()), value)
    if kwargs.get("models"):
        chosen = kwargs["models"]
        filters["kind"] = tuple(kind.key for kind in registry.all_types() if kind.model in chosen)
    typed = words(clean(_FILTER.sub(" ", query_string)))
    sorts = [_SORTS[name] for name in kwargs.get("sort_by") or () if name in _SORTS]
    start = kwargs.get("start_offset") or 0
    return Plan(
        clauses=tuple((Words((word,)),) for word in typed),
        filters=filters,
        sort=sorts[0] if sorts else ("best" if typed else "newest"),
        offset=start,
        limit=(kwargs.get("end_offset") or start + 20) - start,
        facets=tuple(kwargs.get("facets") or ()),
    )


class RecordQuery(BaseSearchQuery):
    def matching_all_fragment(self) -> str:
        return ""

    def build_query_fragment(self, field: str, filter_type: str, value: Any) -> str:
        text = str(value.prepare(self) if hasattr(value, "prepare") else value)
        return text if field == "content" else f'{field}:"{text}"'
