"""What the rest of the portal asks of search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.contrib.contenttypes.models import ContentType

from content import registry
from content.models import Visit
from search import consumer, engines, reading, signals, spelling, vocabulary
from search.backends.base import Reader
from search.marking import Marker
from search.plan import KEYWORDS, Found, Plan, Row, Term
from search.query import SORTS, Broader, Hit, Query, Results
from search.reading import Reading
from search.store import IndexMissing
from search.vocabulary import Vocabulary

LARGEST_PAGE = 200
MOST_CHOICES = 50  # values in one facet's filter; more is no reader
LONGEST_CHOICE = 100
EVERY_VALUE = 60_000


def search(query: Query) -> Results:
    """Records that answer a question, in order, with the counts of the facets asked for.

    The set, its order and its counts are the same whatever the reader's language. Where the question holds a term of
    the vocabulary, records available in the question's language come first (group "own"), then the others.
    Never raises for anything a person can type. Raises IndexMissing before the first index is built.
    """
    version, reader = engines.reader()
    known = vocabulary.load(version)
    read = reading.read(query.text, known)
    if read.is_hopeless:
        return Results(0, facets={name: () for name in query.facets})
    plan = _plan(query, read, reader.size())
    found = reader.find(plan)
    results = Results(
        count=found.count,
        hits=_hits(found.rows, read, query),
        facets={name: _ordered(found.facets[name]) for name in plan.facets},
        languages=read.languages,
        own_count=found.own_count,
        other_count=found.count - found.own_count,
        expansions=tuple(read.expansions),
    )
    if found.count or not query.size:
        return results
    return _with_help(results, query=query, reader=reader, read=read, known=known, words=spelling.load(version))


def counts_by_kind(query: Query) -> dict[str, int]:
    """How many records of each kind the question finds: each tab's own count, in one call of the engine."""
    return dict(_found_by(query, "kind"))


def facet_values(query: Query, facet: str) -> tuple[tuple[str, int], ...]:
    """Every value of a facet with its count under the question, the facet's own filter left out."""
    return _found_by(query, facet)


def count(query: Query) -> int:
    """How many records the question finds."""
    return search(replace(query, size=0, facets=())).count


def ask_shelf(shelf: str, plan: Plan) -> Results:
    """What a shelf apart from the content types answers: members, say. Raises IndexMissing."""
    _, reader = engines.reader(shelf)
    if plan.offset > reader.size():  # an engine would make room for all of it
        plan = replace(plan, offset=0, limit=0)
    found = reader.find(plan)
    return Results(
        count=found.count,
        hits=tuple(Hit(row.kind, row.pk, row.score) for row in found.rows),
        facets={name: _ordered(found.facets[name]) for name in plan.facets},
    )


def alike(*, kind: str, pk: int, terms: Mapping[str, Iterable[str]], size: int) -> tuple[int, ...]:
    """Keys of the records of a kind that share most terms with one, most first. Nothing without an index."""
    shared = tuple(Term(facet, value) for facet, values in terms.items() for value in values)[:MOST_CHOICES]
    if not shared:
        return ()
    try:
        _, reader = engines.reader()
    except IndexMissing:
        return ()
    rows = reader.find(Plan(clauses=(shared,), filters={"kind": (kind,)}, sort="best", limit=size + 1)).rows
    return tuple(row.pk for row in rows if row.pk != pk)[:size]


def note_changes(kind: str, ids: Iterable[int]) -> None:
    """Tell the index that rows were written past the signals (bulk_create, update, raw SQL, a moved topic).

    `kind` is a key of content.registry, or "app.model" in lower case for rows that show in other records' documents.
    Call it in the transaction that writes.
    """
    signals.note(kind, list(ids))


def note_visited(*, since: date) -> None:
    """Have records read since a day indexed anew: visits pass the signals, and "most used" sorts by them."""
    visits = Visit.objects.filter(day__gte=since)
    for content_type in registry.all_types():
        of_type = visits.filter(content_type=ContentType.objects.get_for_model(content_type.model))
        note_changes(content_type.key, of_type.values_list("object_id", flat=True).distinct())


def follow_changes() -> int:
    """Bring this node's index up to date now. Returns how many rows of the queue were passed."""
    return consumer.follow()


def rebuild_index() -> int:
    """Build the index anew while the old one answers. Returns the number of records."""
    return consumer.rebuild()


def _found_by(query: Query, facet: str) -> tuple[tuple[str, int], ...]:
    asked = replace(query, size=0, facets=(facet,), facet_size=EVERY_VALUE)
    return search(asked).facets.get(facet, ())


def _plan(query: Query, read: Reading, size: int) -> Plan:
    limit = min(max(query.size, 0), LARGEST_PAGE)
    offset = (max(query.page, 1) - 1) * limit
    if offset > size:  # past every end there can be; an engine would make room for all of it
        offset = limit = 0
    sort = query.sort if query.sort in SORTS else "best"
    return Plan(
        clauses=tuple(read.clauses),
        filters=_filters(query),
        year_from=query.year_from,
        year_to=query.year_to,
        sort="newest" if sort == "best" and not read.clauses else sort,
        offset=offset,
        limit=limit,
        facets=tuple(name for name in dict.fromkeys(query.facets) if name in (*KEYWORDS, "year")),
        facet_size=max(query.facet_size, 1),
        prefer=read.languages if read.expansions else (),
    )


def _filters(query: Query) -> dict[str, tuple[str, ...]]:
    """Filters an engine can carry, whatever was in the address."""
    chosen: dict[str, Iterable[str]] = dict(query.filters)
    if query.kind:
        chosen["kind"] = (query.kind,)
    return {
        name: tuple(reading.clean(value)[:LONGEST_CHOICE] for value in list(values)[:MOST_CHOICES])
        for name, values in chosen.items()
        if values and name in (*KEYWORDS, "year")
    }


def _hits(rows: Iterable[Row], read: Reading, query: Query) -> tuple[Hit, ...]:
    if not read.clauses:
        return tuple(Hit(row.kind, row.pk, row.score) for row in rows)
    marker = Marker(read)
    languages = (*read.languages, query.language)
    return tuple(_hit(row, marker, languages) for row in rows)


def _hit(row: Row, marker: Marker, languages: tuple[str, ...]) -> Hit:
    return Hit(
        kind=row.kind,
        pk=row.pk,
        score=row.score,
        group="own" if row.own else "other",
        matched=None if row.own else marker.matched(row.shown),
        snippet=marker.snippet(row.shown, languages),
        titles=marker.titles(row.shown),
    )


def _ordered(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _with_help(
    results: Results,
    *,
    query: Query,
    reader: Reader,
    read: Reading,
    known: Vocabulary,
    words: spelling.WordList,
) -> Results:
    """Ways out of a question that found nothing; each of them was tried and finds something."""
    filters = _filters(query)
    kind = {"kind": filters["kind"]} if query.kind else {}
    narrowed = filters != kind or query.year_from is not None or query.year_to is not None
    return replace(
        results,
        without_filters=_number(reader, Plan(clauses=tuple(read.clauses), filters=kind)) if narrowed else 0,
        suggestion=_suggestion(query, reader, known, words),
        broader=_broader(reader, read, known, kind),
    )


def _number(reader: Reader, plan: Plan) -> int:
    return reader.find(replace(plan, limit=0, facets=())).count


def _suggestion(query: Query, reader: Reader, known: Vocabulary, words: spelling.WordList) -> str:
    better = words.corrected(reading.clean(query.text))
    if not better:
        return ""
    found: Found = reader.find(_plan(replace(query, size=0, facets=()), reading.read(better, known), 0))
    return better if found.count else ""


def _broader(reader: Reader, read: Reading, known: Vocabulary, kind: Mapping[str, tuple[str, ...]]) -> Broader | None:
    """The nearest term above a recognised one that finds something: what its own list shows, under no other filter."""
    for expansion in read.expansions:
        entry = known.get(expansion.facet, expansion.slug)
        while entry and entry.broader:
            entry = known.get(entry.facet, entry.broader)
            if entry is None:
                break
            number = _number(reader, Plan(clauses=((Term(entry.facet, entry.slug),),), filters=kind))
            if number:
                return Broader(entry.slug, {code: names[0] for code, names in entry.names.items()}, number)
    return None
