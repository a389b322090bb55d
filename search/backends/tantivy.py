"""Tantivy, the default engine: a library in a wheel, no server, facets from columns in memory-mapped files."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import tantivy
from haystack.backends import BaseEngine
from tantivy import Occur, Order

from search import analysis
from search.backends.base import Phrases
from search.backends.haystack import RecordBackend, RecordQuery
from search.indexes import TEXT_FIELDS
from search.plan import BOOSTS, KEYWORDS, TEXTS, TIE_BREAKER, Beginning, Found, Part, Plan, Row, Term, Words

NUMBERS = ("year", "used", "published", "django_pk", "stamp")
_ORDER = {"newest": "published", "used": "used", "name": "order"}
_MANY = 50_000  # records, from which two processors count faster than one
_ENOUGH = 1_000  # values that each part of the index names; naming all takes most of the time
# What counting a facet costs beside the others: values of many that are counted twice, several values a record.
_COSTS = {"org": 5, "topic": 2, "region": 2}
_helpers = ThreadPoolExecutor(4, thread_name_prefix="facets")  # Tantivy counts without holding Python's lock
_MOST_VALUES = 60_000  # Tantivy refuses an answer of more than 65,000 values
_MOST_KEPT = 300  # questions whose counts are remembered
_NO_SCORE = 0.0
Counts = tuple[int, dict[str, dict[str, int]]]  # how many match, and of each facet how many have each value


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    for name in (*TEXT_FIELDS, "names"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in (*KEYWORDS, "avail", "order"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in NUMBERS:
        builder.add_integer_field(name, indexed=name == "year", fast=True)
    builder.add_bytes_field("shown", stored=True)
    return builder.build()


SCHEMA = _schema()


class TantivyWriter:
    def __init__(self, folder: Path, *, bulk: bool = False) -> None:
        heap = 400_000_000 if bulk else 30_000_000
        self._writer = tantivy.Index.open(str(folder)).writer(heap, 1)
        self._phrases = Phrases.of(folder)
        self._replaces = not bulk  # a new version is empty: nothing to delete before adding

    def add(self, prepared: Mapping[str, Any]) -> None:
        if self._replaces:
            self.remove(prepared["id"])
        values = {
            name: value for name, value in self._phrases.added_to(prepared).items() if value is not None and value != []
        }
        values.pop("shown")
        document = tantivy.Document.from_dict(values, SCHEMA)
        document.add_bytes("shown", json.dumps(prepared["shown"], ensure_ascii=False).encode())
        self._writer.add_document(document)

    def remove(self, identifier: str) -> None:
        self._writer.delete_documents_by_term("id", identifier)

    def commit(self) -> None:
        self._writer.commit()
        self._writer.wait_merging_threads()

    def cancel(self) -> None:
        self._writer.rollback()
        self._writer.wait_merging_threads()  # ends the writer, and with it its lock


class TantivyReader:
    def __init__(self, folder: Path) -> None:
        self._phrases = Phrases.of(folder)
        self._meta = folder / "meta.json"
        self._index = tantivy.Index.open(str(folder))
        self._index.config_reader("manual")
        self._seen: tuple[int, int] | None = None
        self.refresh()

    def refresh(self) -> None:
        """See what other processes committed; one look at a file's date when there is nothing new."""
        status = os.stat(self._meta)
        seen = (status.st_ino, status.st_mtime_ns)
        if seen != self._seen:
            self._index.reload()
            self._view = View(self._index.searcher(), self._phrases)
            self._seen = seen

    def find(self, plan: Plan) -> Found:
        return self._view.find(plan)

    def size(self) -> int:
        return self._view.size()

    def stamps(self, kind: str) -> dict[int, int]:
        return self._view.stamps(kind)


class View:
    """The index as of one commit. What is remembered of it goes with it, whatever other threads refresh meanwhile."""

    def __init__(self, searcher: tantivy.Searcher, phrases: Phrases) -> None:
        self._searcher = searcher
        self._phrases = phrases
        self._kept: dict[tuple, Any] = {}

    def size(self) -> int:
        return self._searcher.num_docs

    def find(self, plan: Plan) -> Found:
        searcher = self._searcher
        matching = [_any_of([_looked_for(part, self._phrases) for part in clause]) for clause in plan.clauses]
        query = _narrowed(plan, matching, plan.filters)
        counting = self._counting(plan, matching, query)  # by others, while this thread looks for the rows
        if not plan.prefer:
            rows = self._rows(plan, query)
            count, facets = counting()
            return Found(count, count, rows, facets)
        preferred = _chosen("avail", plan.prefer)
        own, rows = _page(searcher, plan, _all_of([query, preferred]), plan.offset, plan.limit, counting=True)
        count, facets = counting()
        if own < count and len(rows) < plan.limit:
            rest = tantivy.Query.boolean_query([(Occur.Must, query), (Occur.MustNot, preferred)])
            _, more = _page(searcher, plan, rest, max(0, plan.offset - own), plan.limit - len(rows))
            rows += [replace(row, own=False) for row in more]
        return Found(count, own, tuple(rows), facets)

    def _rows(self, plan: Plan, query: tantivy.Query) -> tuple[Row, ...]:
        """Kept like counts where they are keys alone, which is what plain lists show."""
        key = ("rows", *_narrowing(plan), plan.sort, plan.offset, plan.limit)
        rows = None if plan.clauses else self._kept.get(key)
        if rows is None:
            rows = tuple(_page(self._searcher, plan, query, plan.offset, plan.limit)[1])
            if not plan.clauses:
                self._keep(key, rows)
        return rows

    def _keep(self, key: tuple, answer: Any) -> None:
        if len(self._kept) >= _MOST_KEPT:
            self._kept = {}
        self._kept[key] = answer

    def _counting(self, plan: Plan, matching: list[tantivy.Query], query: tantivy.Query) -> Callable[[], Counts]:
        """Begin to count; to be asked for the answer. It is kept until the index changes: counting is most of the work,
        and every page of a list has the same counts."""
        key = (*_narrowing(plan), plan.facets, plan.facet_size)
        if (known := self._kept.get(key)) is not None:
            return lambda: known
        begun = _facets(self._searcher, plan, matching, query)

        def counted() -> Counts:
            answer = begun()
            self._keep(key, answer)
            return answer

        return counted

    def stamps(self, kind: str) -> dict[int, int]:
        addresses = [hit[1] for hit in self._searcher.search(_keyword("kind", kind), self._searcher.num_docs or 1).hits]
        keys, stamps = (self._searcher.fast_field_values(name, addresses) for name in ("django_pk", "stamp"))
        return {int(key or 0): int(stamp or 0) for key, stamp in zip(keys, stamps, strict=True)}


def _narrowing(plan: Plan) -> tuple:
    return plan.clauses, tuple(sorted(plan.filters.items())), plan.year_from, plan.year_to, plan.without


class TantivyEngine(BaseEngine):
    """Haystack's engine and ours (`base.Engine`) in one."""

    backend = RecordBackend
    query = RecordQuery

    def create(self, folder: Path) -> None:
        tantivy.Index(SCHEMA, path=str(folder), reuse=False)

    def reader(self, folder: Path) -> TantivyReader:
        return TantivyReader(folder)

    def writer(self, folder: Path, *, bulk: bool = False) -> TantivyWriter:
        return TantivyWriter(folder, bulk=bulk)


def _page(
    searcher: tantivy.Searcher, plan: Plan, query: tantivy.Query, offset: int, limit: int, *, counting: bool = False
) -> tuple[int, list[Row]]:
    """Rows in order, and how many there are when asked; not counting lets the engine skip what cannot win."""
    if limit <= 0 and not counting:
        return 0, []
    field, order = _ORDER.get(plan.sort), Order.Asc if plan.sort == "name" else Order.Desc
    result: Any = searcher.search(
        query, max(limit, 1), count=counting, offset=offset, order_by_field=field, order=order
    )
    return result.count or 0, _rows(searcher, plan, result.hits[: max(limit, 0)])


def _rows(searcher: tantivy.Searcher, plan: Plan, hits: Sequence[tuple[Any, tantivy.DocAddress]]) -> list[Row]:
    """Without words there is nothing to mark, and no need to unpack what is shown of a record."""
    kinds = plan.filters.get("kind", ())
    if plan.clauses or len(kinds) != 1:
        by_score = plan.sort not in _ORDER
        return [_row(searcher, key if by_score else _NO_SCORE, address) for key, address in hits]
    keys = searcher.fast_field_values("django_pk", [address for _, address in hits])
    return [Row(kinds[0], int(key or 0), _NO_SCORE, True, {}) for key in keys]


def _row(searcher: tantivy.Searcher, score: Any, address: tantivy.DocAddress) -> Row:
    stored: Any = searcher.doc(address)
    kind, _, pk = stored.get_first("id").rpartition(".")
    return Row(kind, int(pk), float(score), True, json.loads(bytes(stored.get_first("shown"))))


def _facets(
    searcher: tantivy.Searcher, plan: Plan, matching: list[tantivy.Query], query: tantivy.Query
) -> Callable[[], Counts]:
    """How many match, and counts under the whole question at once, then for each facet that filters itself."""
    chosen = [name for name in plan.facets if plan.filters.get(name)]
    together = [name for name in plan.facets if name not in chosen]
    jobs = [(query, names) for names in (_halves(together) if searcher.num_docs > _MANY else [together])]
    jobs += [(_narrowed(plan, matching, plan.other_filters(name)), [name]) for name in chosen]
    counted = _helpers.map(lambda job: _counted(searcher, *job, plan.facet_size), jobs)

    def answer() -> Counts:
        parts = list(counted)
        return parts[0][0], {name: values for _, counts in parts for name, values in counts.items()}

    return answer


def _halves(names: list[str]) -> list[list[str]]:
    """Two parts that cost about the same."""
    halves: list[list[str]] = [[], []]
    for name in sorted(names, key=lambda name: -_COSTS.get(name, 1)):
        min(halves, key=lambda half: sum(_COSTS.get(one, 1) for one in half)).append(name)
    return halves


def _counted(searcher: tantivy.Searcher, query: tantivy.Query, names: list[str], size: int) -> Counts:
    """Every count is exact: where a part of the index named only its most frequent values, they are counted again."""
    size = min(size, _MOST_VALUES)
    terms: dict[str, Any] = {"size": size, "segment_size": max(size, _ENOUGH)}
    asked = {name: {"terms": terms | {"field": name}} for name in names}
    answer = searcher.aggregate(query, asked | {"all": {"value_count": {"field": "django_pk"}}})
    if cut := [name for name in names if answer[name]["doc_count_error_upper_bound"]]:
        known = {name: [bucket["key"] for bucket in answer[name]["buckets"]] for name in cut}
        again = {name: {"terms": terms | {"field": name, "include": known[name]}} for name in cut}
        answer |= searcher.aggregate(query, again)
    counts = {
        name: {_value(bucket["key"]): bucket["doc_count"] for bucket in answer[name]["buckets"]} for name in names
    }
    return int(answer["all"]["value"]), counts


def _value(key: str | float) -> str:
    return key if isinstance(key, str) else str(int(key))


def _all_of(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    queries = list(queries)
    if not queries:
        return tantivy.Query.all_query()
    return queries[0] if len(queries) == 1 else tantivy.Query.boolean_query([(Occur.Must, query) for query in queries])


def _any_of(queries: Iterable[tantivy.Query]) -> tantivy.Query:
    queries = list(queries)
    return (
        queries[0] if len(queries) == 1 else tantivy.Query.boolean_query([(Occur.Should, query) for query in queries])
    )


def _keyword(name: str, value: str) -> tantivy.Query:
    return tantivy.Query.const_score_query(tantivy.Query.term_query(SCHEMA, name, value, "basic"), _NO_SCORE)


def _narrowed(plan: Plan, matching: list[tantivy.Query], filters: Mapping[str, tuple[str, ...]]) -> tantivy.Query:
    """What matches, under filters, the records left out that are to be left out."""
    found = _all_of([*matching, *_filters(plan, filters)])
    if not plan.without:
        return found
    left_out = tantivy.Query.term_set_query(SCHEMA, "id", [*plan.without])
    return tantivy.Query.boolean_query([(Occur.Must, found), (Occur.MustNot, left_out)])


def _filters(plan: Plan, filters: Mapping[str, tuple[str, ...]]) -> list[tantivy.Query]:
    queries = [_chosen(name, values) for name, values in filters.items() if values]
    if plan.year_from is not None or plan.year_to is not None:
        queries.append(_years(plan.year_from, plan.year_to))
    return queries


def _chosen(name: str, values: tuple[str, ...]) -> tantivy.Query:
    if name == "year":
        years = [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 6]
        return _any_of([_years(year, year) for year in years] or [tantivy.Query.empty_query()])
    return _any_of([_keyword(name, value) for value in values])


def _years(first: int | None, last: int | None) -> tantivy.Query:
    bounds: dict[str, Any] = {"lower_bound": first, "upper_bound": last}
    query = tantivy.Query.range_query(SCHEMA, "year", tantivy.FieldType.Integer, **bounds)
    return tantivy.Query.const_score_query(query, _NO_SCORE)


def _looked_for(part: Part, phrases: Phrases) -> tantivy.Query:
    if isinstance(part, Beginning):
        begun = tantivy.Query.fuzzy_term_query(SCHEMA, "names", part.letters, distance=0, prefix=True)
        return tantivy.Query.const_score_query(begun, 1.0)
    if isinstance(part, Term):
        return tantivy.Query.const_score_query(tantivy.Query.term_query(SCHEMA, part.facet, part.value, "basic"), 1.0)
    if part.phrase:
        return _anywhere(part, part.words, phrases)
    return _all_of([_anywhere(part, (word,), phrases) for word in part.words])


def _anywhere(part: Words, words: tuple[str, ...], phrases: Phrases) -> tantivy.Query:
    """Words side by side in one of the fields; the best field counts, the others a little."""
    fields = [(f"{name}_{code}", code, BOOSTS[name]) for name in TEXTS for code in part.languages]
    if part.names:
        fields.append(("names", analysis.OTHER, BOOSTS["names"]))
    found = [
        tantivy.Query.boost_query(
            _side_by_side(name, [analysis.stem(word, code) for word in words], code, phrases), boost
        )
        for name, code, boost in fields
    ]
    return tantivy.Query.disjunction_max_query(found, TIE_BREAKER)


def _side_by_side(name: str, stems: list[str], language: str, phrases: Phrases) -> tantivy.Query:
    if len(stems) > 1:
        together = phrases.as_word(stems, language) if name != "names" else None
        if together is None:
            return tantivy.Query.phrase_query(SCHEMA, name, [*stems])
        stems = [together]
    return tantivy.Query.term_query(SCHEMA, name, stems[0])
