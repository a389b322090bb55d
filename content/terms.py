"""The terms of one record, and whatever else is linked to it by keys alone, in one statement.

A record's page would ask for each relation by itself. The vocabulary is a few hundred rows that every page shows, so
each process keeps them, and only the links are asked for.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Model, PositiveSmallIntegerField, QuerySet, Value

from content import caching
from taxonomy.models import Country, Goal, Region, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Link = tuple[int, str, str]  # key and two words

VOCABULARY: dict[str, type[Model]] = {"topics": Topic, "countries": Country, "regions": Region, "goals": Goal}

NOTHING = Value("", output_field=CharField())
FIRST = Value(0, output_field=PositiveSmallIntegerField())


def attach_terms(record: Model, *others: QuerySet) -> Mapping[str, list[Link]]:
    """Fill the topics, countries, regions and goals of a record as prefetching would. `others`: parts (see `part`) that
    are asked for with them. Answers the links of each part, in their order."""
    own = [name for name in VOCABULARY if hasattr(type(record), name)]
    parts = [*(_terms_of(record, name) for name in own), *others]
    links: dict[str, list[Link]] = defaultdict(list)
    for name, _position, pk, first, second in sorted(parts[0].union(*parts[1:], all=True), key=lambda row: row[:3]):
        links[name].append((pk, first, second))
    for name in own:
        wanted = {pk for pk, *_words in links[name]}
        rows = _rows(VOCABULARY[name], caching.generations("vocabulary")["vocabulary"])
        fill(record, name, [row for pk, row in rows.items() if pk in wanted])
    return links


def part(
    rows: QuerySet, name: str, key: str, *, first: Any = NOTHING, second: Any = NOTHING, position: Any = FIRST
) -> QuerySet:
    """Rows of another table for `attach_terms`: `key`, the column with the key; two words of each; where it stands."""
    named = rows.order_by().annotate(_part=Value(name), _first=first, _second=second, _position=position)
    return named.values_list("_part", "_position", key, "_first", "_second")


def fill(record: Model, name: str, rows: Iterable[Model]) -> None:
    """Put the rows of a relation where Django keeps what prefetch_related fetched."""
    found = getattr(record, name).none()
    found._result_cache, found._prefetch_done = list(rows), True
    vars(record).setdefault("_prefetched_objects_cache", {})[name] = found


def _terms_of(record: Model, name: str) -> QuerySet:
    relation = type(record)._meta.get_field(name)
    rows = relation.remote_field.through._default_manager.filter(**{relation.m2m_field_name(): record.pk})
    return part(rows, name, f"{relation.m2m_reverse_field_name()}_id")


@functools.lru_cache(maxsize=8)
def _rows(model: type[Model], generation: str) -> Mapping[int, Any]:
    """All rows in their own order, until the vocabulary changes. They are shared: nobody changes them."""
    return {row.pk: row for row in model._default_manager.all()}
