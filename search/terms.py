"""The vocabulary seen from a record: its terms with everything above them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q

from taxonomy.models import Country, Topic


def with_narrower(keys: Iterable[int]) -> list[int]:
    """Topics given by primary key, with all that stand below them: their records carry the name of each ancestor."""
    paths = Topic.objects.filter(pk__in=list(keys)).values_list("path", flat=True)
    below = reduce(or_, (Q(path__startswith=path) for path in paths), Q(pk__in=[]))
    return list(Topic.objects.filter(below).values_list("pk", flat=True))


class Terms:
    """Loaded once per batch of documents, in three queries, whatever the size of the batch."""

    def __init__(self) -> None:
        topics = list(Topic.objects.values_list("pk", "path", "slug"))
        by_path = {path: slug for _, path, slug in topics}
        self._topics = {pk: self._line(path, by_path) for pk, path, _ in topics}
        self._codes = dict(Country.objects.values_list("pk", "iso2"))
        self._regions: dict[int, list[str]] = defaultdict(list)
        for country, region in Country.regions.through.objects.values_list("country_id", "region__slug"):
            self._regions[country].append(region)

    @staticmethod
    def _line(path: str, by_path: dict[str, str]) -> list[str]:
        """Slugs from a topic up to its root; a path of treebeard is its parent's with one step more."""
        step = Topic.steplen
        return [by_path[path[:end]] for end in range(len(path), 0, -step) if path[:end] in by_path]

    def topics(self, keys: Iterable[int]) -> set[str]:
        """Slugs of topics, given by primary key, and of all their ancestors."""
        return {slug for key in keys for slug in self._topics.get(key, ())}

    def countries(self, keys: Iterable[int]) -> set[str]:
        """Two-letter codes of countries given by primary key."""
        return {self._codes[key] for key in keys if key in self._codes}

    def regions(self, countries: Iterable[int], regions: Iterable[str] = ()) -> set[str]:
        """Slugs of every region and group of the countries (primary keys), besides the regions named themselves."""
        return {slug for key in countries for slug in self._regions.get(key, ())} | set(regions)
