"""Whoosh, the second engine: pure Python, for machines without a Tantivy wheel.

A subclass of Haystack's Whoosh backend in name and in its settings; what it does differently is what made the stock
one slow or wrong. The searcher stays open. Facets are keywords, counted with one bit per record and value, kept for
as long as the reader lives: a count is an AND of two numbers, where stock facets tokenise and load each record.
Questions are built as objects, never parsed from text, so nothing a person types can be an operator.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from haystack.backends import BaseEngine
from haystack.backends.whoosh_backend import WhooshSearchBackend
from whoosh import fields, index, query
from whoosh.analysis import RegexTokenizer
from whoosh.reading import IndexReader
from whoosh.searching import SearchContext, Searcher
from whoosh.writing import SegmentWriter

from search import analysis
from search.backends.base import Phrases
from search.backends.haystack import RecordBackend, RecordQuery
from search.indexes import TEXT_FIELDS
from search.plan import BOOSTS, KEYWORDS, TEXTS, TIE_BREAKER, Beginning, Found, Part, Plan, Row, Term, Words

_WORDS = RegexTokenizer(r"\S+")
NUMBERS = ("used", "published", "order", "django_pk", "stamp")  # of which one, "order", is a text
_SEPARATOR = "\x1f"  # between keywords, in no slug
Scores = dict[int, float]  # by record number


class Keyword(fields.KEYWORD):
    """Values kept whole, commas and blanks included."""

    def __init__(self) -> None:
        super().__init__(stored=False, scorable=False)
        self.analyzer = RegexTokenizer(rf"[^{_SEPARATOR}]+")


def _schema() -> fields.Schema:
    kinds: dict[str, fields.FieldType] = {"id": fields.ID(stored=True, unique=True), "shown": fields.STORED()}
    kinds |= {name: fields.TEXT(analyzer=_WORDS, phrase=True, stored=False) for name in (*TEXT_FIELDS, "names")}
    kinds |= {name: Keyword() for name in (*KEYWORDS, "avail", "year")}
    kinds |= {name: fields.STORED() for name in NUMBERS}
    return fields.Schema(**kinds)


SCHEMA = _schema()


class WhooshWriter:
    def __init__(self, folder: Path, *, bulk: bool = False) -> None:
        self._phrases = Phrases.of(folder)
        self._writer: SegmentWriter = index.open_dir(str(folder), schema=SCHEMA).writer(limitmb=256 if bulk else 64)
        self._replaces = not bulk

    def add(self, prepared: Mapping[str, Any]) -> None:
        extended = self._phrases.added_to(prepared)
        document: dict[str, Any] = {name: extended[name] for name in ("id", *NUMBERS)}
        document["shown"] = json.dumps(extended["shown"], ensure_ascii=False)
        for name in (*TEXT_FIELDS, "names"):
            document[name] = " ".join(extended.get(name, ())) or None
        for name in (*KEYWORDS, "avail"):
            document[name] = _SEPARATOR.join(extended[name]) or None
        document["year"] = str(extended["year"]) if extended["year"] is not None else None
        if self._replaces:
            self._writer.update_document(**document)
        else:
            self._writer.add_document(**document)

    def remove(self, identifier: str) -> None:
        self._writer.delete_by_term("id", identifier)

    def commit(self) -> None:
        self._writer.commit()

    def cancel(self) -> None:
        self._writer.cancel()


class Columns:
    """What counting and sorting need of every record, in memory for as long as one reader is open."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader
        self._bits: dict[str, dict[str, int]] = {}
        self.every = _bits(reader.all_doc_ids())

    def values(self, name: str) -> dict[str, int]:
        """For each value of a keyword field, the records that carry it, as the bits of one number."""
        if name not in self._bits:
            found = {}
            for term in self._reader.lexicon(name):
                text = term.decode()
                bits = _bits(self._reader.postings(name, text).all_ids()) & self.every
                if bits:
                    found[text] = bits
            self._bits[name] = found
        return self._bits[name]

    def value(self, name: str, text: str) -> int:
        return self.values(name).get(text, 0)

    def identified(self, identifiers: Iterable[str]) -> int:
        """The records that bear these identifiers."""
        known = (text for text in identifiers if ("id", text) in self._reader)
        return _bits(number for text in known for number in self._reader.postings("id", text).all_ids())

    @cached_property
    def numbers(self) -> dict[int, dict[str, Any]]:
        """The stored fields of each record, by its number; sorting reads them all."""
        return {number: self._reader.stored_fields(number) for number in _numbers(self.every)}


class WhooshReader:
    def __init__(self, folder: Path) -> None:
        self._phrases = Phrases.of(folder)
        self._view = View(index.open_dir(str(folder), schema=SCHEMA).searcher(), self._phrases)

    def refresh(self) -> None:
        searcher = self._view.searcher
        if not searcher.up_to_date():
            self._view = View(searcher.refresh(), self._phrases)

    def find(self, plan: Plan) -> Found:
        return self._view.find(plan)

    def size(self) -> int:
        return self._view.searcher.doc_count()

    def stamps(self, kind: str) -> dict[int, int]:
        return self._view.stamps(kind)


class View:
    """The index as of one commit, with its columns, whatever other threads refresh meanwhile."""

    def __init__(self, searcher: Searcher, phrases: Phrases) -> None:
        self.searcher = searcher
        self._phrases = phrases
        self._columns = Columns(searcher.reader())

    def find(self, plan: Plan) -> Found:
        columns = self._columns
        scores = _all_of(_any_of(self._scores(part) for part in clause) for clause in plan.clauses)
        matching = _bits(scores) & columns.every if plan.clauses else columns.every
        matching &= ~columns.identified(plan.without)
        result = matching & _filtered(columns, plan, plan.filters)
        own = result & _any_value(columns, "avail", plan.prefer) if plan.prefer else result
        facets = {name: self._counts(plan, matching, name) for name in plan.facets}
        order = [*self._ordered(plan, own, scores), *self._ordered(plan, result & ~own, scores)]
        rows = [self._row(number, scores.get(number, 0.0), own) for number in order[plan.offset :][: plan.limit]]
        return Found(result.bit_count(), own.bit_count(), tuple(rows), facets)

    def _scores(self, part: Part) -> Scores:
        """The records a part of a question finds, with their scores."""
        if isinstance(part, Beginning):
            return {number: 1.0 for number, _ in self._postings(query.Prefix("names", part.letters))}
        if isinstance(part, Term):
            return dict.fromkeys(_numbers(self._columns.value(part.facet, part.value)), 1.0)
        if part.phrase:
            return self._anywhere(part, part.words)
        return _all_of(self._anywhere(part, (word,)) for word in part.words)

    def _anywhere(self, part: Words, words: tuple[str, ...]) -> Scores:
        """Words side by side in one of the fields; the best field counts, the others a little."""
        fields = [(f"{name}_{code}", code, BOOSTS[name]) for name in TEXTS for code in part.languages]
        if part.names:
            fields.append(("names", analysis.OTHER, BOOSTS["names"]))
        best: Scores = {}
        total: Scores = {}
        for name, code, boost in fields:
            stems = [analysis.stem(word, code) for word in words]
            for number, score in self._postings(_side_by_side(name, stems, code, self._phrases)):
                best[number] = max(best.get(number, 0.0), score * boost)
                total[number] = total.get(number, 0.0) + score * boost
        return {number: score + TIE_BREAKER * (total[number] - score) for number, score in best.items()}

    def _postings(self, asked: query.Query) -> Iterator[tuple[int, float]]:
        for part, offset in self.searcher.leaf_searchers():
            matcher = asked.matcher(part, SearchContext(weighting=self.searcher.weighting))
            while matcher.is_active():
                yield matcher.id() + offset, matcher.score()
                matcher.next()

    def _counts(self, plan: Plan, matching: int, name: str) -> dict[str, int]:
        within = matching & _filtered(self._columns, plan, plan.other_filters(name))
        counts = {value: (bits & within).bit_count() for value, bits in self._columns.values(name).items()}
        most = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[: plan.facet_size]
        return {value: count for value, count in most if count}

    def _ordered(self, plan: Plan, bits: int, scores: Mapping[int, float]) -> list[int]:
        numbers = _numbers(bits)
        if plan.sort == "best":
            return sorted(numbers, key=lambda number: -scores.get(number, 0.0))
        stored = self._columns.numbers
        if plan.sort == "name":
            return sorted(numbers, key=lambda number: stored[number]["order"] or "")
        field = "used" if plan.sort == "used" else "published"
        return sorted(numbers, key=lambda number: -stored[number][field])

    def _row(self, number: int, score: float, own: int) -> Row:
        stored = self.searcher.stored_fields(number)
        kind, _, pk = stored["id"].rpartition(".")
        return Row(kind, int(pk), score, bool(own >> number & 1), json.loads(stored["shown"]))

    def stamps(self, kind: str) -> dict[int, int]:
        stored = (self.searcher.stored_fields(number) for number in _numbers(self._columns.value("kind", kind)))
        return {row["django_pk"]: row["stamp"] for row in stored}


class WhooshBackend(RecordBackend, WhooshSearchBackend):
    """Haystack's Whoosh backend with our index under it."""

    def __init__(self, connection_alias: str, **connection_options: Any) -> None:
        WhooshSearchBackend.__init__(self, connection_alias, **connection_options)
        RecordBackend.__init__(self, connection_alias, **connection_options)


class WhooshEngine(BaseEngine):
    """Haystack's engine and ours (`base.Engine`) in one."""

    backend = WhooshBackend
    query = RecordQuery

    def create(self, folder: Path) -> None:
        index.create_in(str(folder), SCHEMA)

    def reader(self, folder: Path) -> WhooshReader:
        return WhooshReader(folder)

    def writer(self, folder: Path, *, bulk: bool = False) -> WhooshWriter:
        return WhooshWriter(folder, bulk=bulk)


def _bits(numbers: Iterable[int]) -> int:
    """Record numbers as the bits of one number; through bytes, because shifting one in at a time copies it whole."""
    numbers = list(numbers)
    if not numbers:
        return 0
    packed = bytearray(max(numbers) // 8 + 1)
    for number in numbers:
        packed[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(packed, "little")


def _numbers(bits: int) -> list[int]:
    """The record numbers in a number's bits, ascending."""
    packed = bits.to_bytes(bits.bit_length() // 8 + 1, "little")
    return [at * 8 + bit for at, byte in enumerate(packed) if byte for bit in range(8) if byte >> bit & 1]


def _all_of(parts: Iterable[Scores]) -> Scores:
    first, *others = [*parts] or [{}]
    for other in others:
        first = {number: score + other[number] for number, score in first.items() if number in other}
    return first


def _any_of(parts: Iterable[Scores]) -> Scores:
    found: Scores = {}
    for part in parts:
        for number, score in part.items():
            found[number] = found.get(number, 0.0) + score
    return found


def _any_value(columns: Columns, name: str, values: Iterable[str]) -> int:
    bits = 0
    for value in values:
        bits |= columns.value(name, value)
    return bits


def _filtered(columns: Columns, plan: Plan, filters: Mapping[str, tuple[str, ...]]) -> int:
    bits = columns.every
    for name, values in filters.items():
        if values:
            bits &= _any_value(columns, name, values)
    if plan.year_from is not None or plan.year_to is not None:
        first, last = plan.year_from or 0, plan.year_to if plan.year_to is not None else 9999
        bits &= _any_value(columns, "year", [year for year in columns.values("year") if first <= int(year) <= last])
    return bits


def _side_by_side(name: str, stems: list[str], language: str, phrases: Phrases) -> query.Query:
    if len(stems) > 1:
        together = phrases.as_word(stems, language) if name != "names" else None
        if together is None:
            return query.Phrase(name, stems)
        stems = [together]
    return query.Term(name, stems[0])
