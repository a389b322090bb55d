"""What stands around one publication: its authors, terms, tags and what editors linked, in one statement.

A record's page would ask for each relation by itself. The vocabulary is a few hundred rows that every page shows, so
each process keeps them, and only the links are asked for.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, F, Model, PositiveSmallIntegerField, QuerySet, Value
from django.db.models.functions import Cast

from content import caching
from publications.models import Author, Publication
from taxonomy.models import Country, Goal, Region, Tag, Tagging, Topic

if TYPE_CHECKING:
    from collections.abc import Mapping

VOCABULARY: dict[str, type[Model]] = {"topics": Topic, "countries": Country, "regions": Region, "goals": Goal}

NOTHING = Value("", output_field=CharField())
FIRST = Value(0, output_field=PositiveSmallIntegerField())


def attach_terms(publication: Publication) -> list[int]:
    """Fill authors, topics, countries, regions, goals and tags as prefetching would. Answers the keys of the published
    publications that editors linked to it, the newest first."""
    links: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for part, _position, pk, first, second in sorted(_links(publication), key=lambda link: link[:3]):
        links[part].append((pk, first, second))
    for part, model in VOCABULARY.items():
        wanted = {pk for pk, *_words in links[part]}
        _fill(publication, part, model, [row for pk, row in _rows(model, _generation()).items() if pk in wanted])
    written_by = {"publication": publication}
    authors = [Author(pk=pk, family=family, given=given, **written_by) for pk, family, given in links["authors"]]
    _fill(publication, "authors", Author, authors)
    tags = [Tag(pk=pk, name=name, slug=slug) for pk, name, slug in links["tags"]]
    _fill(publication, "tags", Tag, tags)
    return [pk for pk, *_words in sorted(links["related"], key=lambda link: link[1] or "", reverse=True)]


def _links(publication: Publication) -> QuerySet:
    tagged = {"content_type": ContentType.objects.get_for_model(Publication), "object_id": publication.pk}
    parts = [
        _part(getattr(Publication, part).through.objects.filter(publication=publication.pk), part, f"{key}_id")
        for part, key in ((part, model._meta.model_name) for part, model in VOCABULARY.items())
    ]
    parts.append(_part(publication.authors.order_by(), "authors", "pk", F("family"), F("given"), F("position")))
    parts.append(_part(Tagging.objects.filter(**tagged), "tags", "tag_id", F("tag__name"), F("tag__slug")))
    linked = Publication.related.through.objects.filter(from_publication=publication.pk)
    linked = linked.filter(to_publication__status="published")
    when = Cast("to_publication__published_at", CharField())  # as text it sorts as it does as a time
    parts.append(_part(linked, "related", "to_publication_id", when))
    return parts[0].union(*parts[1:], all=True)


def _part(
    rows: QuerySet, part: str, key: str, first: Any = NOTHING, second: Any = NOTHING, position: Any = FIRST
) -> QuerySet:
    named = rows.annotate(_part=Value(part), _first=first, _second=second, _position=position)
    return named.values_list("_part", "_position", key, "_first", "_second")


def _generation() -> str:
    return caching.generations("vocabulary")["vocabulary"]


@functools.lru_cache(maxsize=8)
def _rows(model: type[Model], generation: str) -> Mapping[int, Any]:
    """All rows in their own order, until the vocabulary changes. They are shared: nobody changes them."""
    return {row.pk: row for row in model._default_manager.all()}


def _fill(publication: Publication, name: str, model: type[Model], rows: list) -> None:
    """Where Django keeps what prefetch_related fetched."""
    found = model._default_manager.none()
    found._result_cache, found._prefetch_done = rows, True
    if not hasattr(publication, "_prefetched_objects_cache"):
        publication._prefetched_objects_cache = {}
    publication._prefetched_objects_cache[name] = found
