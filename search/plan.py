"""What the service asks of an engine, once words are recognised: the one language both engines understand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from search.analysis import EVERY

KEYWORDS = (
    *("type", "topic", "country", "region", "lang", "org", "goal", "tag", "series", "licence", "shared", "kind"),
    *("experience", "access", "activity", "when"),
)
TEXTS = ("title", "text", "file")  # one field per language each; `names` is one field for all
BOOSTS = {"title": 4.0, "names": 2.0, "text": 1.0, "file": 0.3}
# Best of the fields a word is found in, plus a little for the others: a word in title and text beats one in the title.
TIE_BREAKER = 0.2


@dataclass(frozen=True)
class Words:
    """Folded words, all of them somewhere in the record; or side by side, in order, in one field."""

    words: tuple[str, ...]
    phrase: bool = False
    languages: tuple[str, ...] = EVERY
    names: bool = True  # look in the names of people and organisations too


@dataclass(frozen=True)
class Term:
    """Records that carry a value of a facet."""

    facet: str
    value: str


@dataclass(frozen=True)
class Beginning:
    """Records in whose names a folded word begins with these letters."""

    letters: str


Part = Words | Term | Beginning
Clause = tuple[Part, ...]  # any of them


@dataclass(frozen=True)
class Plan:
    clauses: tuple[Clause, ...] = ()  # all of them
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    year_from: int | None = None
    year_to: int | None = None
    without: tuple[str, ...] = ()  # identifiers of records left out: neither in rows nor in counts
    sort: str = "newest"
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = ()
    facet_size: int = 300
    prefer: tuple[str, ...] = ()  # records available in one of these languages come first

    def other_filters(self, facet: str) -> dict[str, tuple[str, ...]]:
        """The filters but one facet's own, so that its counts tell what a second value would add."""
        return {name: values for name, values in self.filters.items() if values and name != facet}


@dataclass(frozen=True)
class Row:
    """One record found, with what the index keeps of it for showing: see `indexes.Document.shown`.

    `shown` may be empty where no words were asked for: there is nothing to mark.
    """

    kind: str
    pk: int
    score: float
    own: bool  # available in a preferred language
    shown: Mapping[str, Any]


@dataclass(frozen=True)
class Found:
    count: int
    own_count: int
    rows: tuple[Row, ...] = ()
    facets: Mapping[str, dict[str, int]] = field(default_factory=dict)
