"""Everything with a date in one list and one feed: events and calls, and what apps above sign up (webinars).

A source tells only what everybody may know of: private ones never.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from content import calendars
from content.cards import kept_cards
from search.facets import vocabulary_names
from search.terms import with_narrower
from taxonomy.models import Topic

if TYPE_CHECKING:
    from django.http import QueryDict
    from django.utils.safestring import SafeString

BACK = timedelta(days=90)  # how far a feed reaches into the past
MOST = 1000  # entries of a feed
MOST_VALUES = 20


@dataclass(frozen=True)
class Narrowing:
    """What a reader chose, as an address says it: ?topic=gender&country=KE&lang=fr&kind=webinar."""

    topics: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @classmethod
    def read(cls, params: QueryDict) -> Narrowing:
        values = {name: _values(params, key) for name, key in KEYS.items()}
        return cls(**values)

    def pairs(self) -> list[tuple[str, str]]:
        """In one order, so that a list has one address."""
        return [
            (key, value) for name, key in sorted(KEYS.items(), key=lambda one: one[1]) for value in getattr(self, name)
        ]

    def narrow(self, rows: QuerySet) -> QuerySet:
        """For rows with the terms of `Classified`, and languages in a JSON list."""
        every = rows.model._default_manager
        if self.topics:
            topics = with_narrower(list(Topic.objects.filter(slug__in=self.topics).values_list("pk", flat=True)))
            rows = rows.filter(pk__in=every.filter(topics__in=topics).values("pk"))
        if self.countries:
            rows = rows.filter(pk__in=every.filter(countries__iso2__in=self.countries).values("pk"))
        if self.languages:
            spoken = [Q(_spoken__contains=f'"{code}"') for code in self.languages]
            rows = rows.alias(_spoken=Cast("languages", TextField())).filter(reduce(or_, spoken))
        return rows


KEYS = {"topics": "topic", "countries": "country", "languages": "lang", "kinds": "kind"}


def _values(params: QueryDict, key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in sorted(params.getlist(key)) if one and "\0" not in one))[:MOST_VALUES]


@dataclass(frozen=True)
class Source:
    """What a type brings to the calendar."""

    key: str  # of the type, in content.registry: its cards stand in the list
    kinds: Callable[[], Sequence[tuple[str, str]]]  # what can be chosen by ?kind=, with its name
    # Public rows that were not over at a moment, or were, with `at`: what they are sorted by. (narrowing, moment, past)
    rows: Callable[[Narrowing, datetime, bool], QuerySet]
    # Events of calendars, of rows that ended after a moment. (narrowing, since, base)
    events: Callable[[Narrowing, datetime, str], Iterable[calendars.Event]]


_sources: list[Source] = []


def register(source: Source) -> None:
    """Raises ValueError for a type that is there already."""
    if any(one.key == source.key for one in _sources):
        raise ValueError(f"{source.key} stands in the calendar already.")
    _sources.append(source)


def kinds() -> list[tuple[str, str]]:
    return [kind for source in _sources for kind in source.kinds()]


def keys() -> list[str]:
    return [source.key for source in _sources]


def _asked(narrowing: Narrowing) -> list[Source]:
    """Those of whose kinds one is wanted."""
    wanted = set(narrowing.kinds)
    return [one for one in _sources if not wanted or wanted & {value for value, _name in one.kinds()}]


@dataclass(frozen=True)
class Entry:
    key: str
    pk: int
    at: datetime


@dataclass
class Entries:
    """Rows of every source in one order, read a page at a time: `content.paging` asks for a length and a slice."""

    narrowing: Narrowing
    past: bool

    def __post_init__(self) -> None:
        self.moment = timezone.now()  # one, for the count and for the rows

    def _rows(self) -> list[tuple[Source, QuerySet]]:
        return [(one, one.rows(self.narrowing, self.moment, self.past)) for one in _asked(self.narrowing)]

    def count(self) -> int:
        return sum(rows.count() for _source, rows in self._rows())

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, wanted: slice) -> list[Entry]:
        found = [
            Entry(source.key, pk, at)
            for source, rows in self._rows()
            for pk, at in rows.order_by("-at" if self.past else "at", "pk").values_list("pk", "at")[: wanted.stop]
        ]
        found.sort(key=lambda one: (one.at, one.key, one.pk), reverse=self.past)
        return found[wanted.start or 0 : wanted.stop]


def cards_of(entries: Iterable[Entry]) -> list[SafeString]:
    """In a number of queries that depends on the sources, not on the entries."""
    entries = list(entries)
    cards: dict[tuple[str, int], Any] = {}
    for key in dict.fromkeys(one.key for one in entries):
        found = kept_cards(key, [one.pk for one in entries if one.key == key])
        cards |= {(key, pk): card for pk, card in found.items()}
    return [cards[one.key, one.pk] for one in entries if (one.key, one.pk) in cards]


def feed_of(narrowing: Narrowing, base: str) -> list[calendars.Event]:
    since = timezone.now() - BACK
    return [event for source in _asked(narrowing) for event in source.events(narrowing, since, base)][:MOST]


def name_of_value(key: str, value: str) -> str:
    """What a value of a filter is called."""
    if key in ("topic", "country"):
        return vocabulary_names(key).get(value, value)
    return dict(kinds()).get(value, value)
