"""What pages ask of search, and what it answers. Only these shapes leave `search/`, never an engine's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

FACETS = (
    "type",
    "topic",
    "country",
    "region",
    "lang",
    "org",
    "goal",
    "tag",
    "series",
    "licence",
    "access",
    "activity",
    "shared",
    "kind",
    "year",
)
SORTS = ("best", "newest", "used")


@dataclass(frozen=True)
class Query:
    text: str = ""
    kind: str = ""  # key in content.registry; "" is every type
    filters: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict
    )  # any of them inside a facet, all facets together
    year_from: int | None = None
    year_to: int | None = None
    language: str = "en"  # the reader's
    sort: str = "best"
    page: int = 1
    size: int = 20
    facets: tuple[str, ...] = ()  # which facets to count
    facet_size: int = 300  # values per facet, the most frequent first; `facet_values` gives them all


@dataclass(frozen=True)
class MatchedTerm:
    """The name of a vocabulary term, in the record's language, by which a record was found."""

    text: str
    language: str
    facet: str  # topic, country or region
    slug: str  # value of that facet


@dataclass(frozen=True)
class Snippet:
    """A piece of the record around the words asked for: escaped text with nothing but <mark> in it."""

    html: SafeString
    language: str
    page: int | None = None  # page of the file it comes from; None when it is from the abstract


@dataclass(frozen=True)
class Hit:
    kind: str
    pk: int
    score: float
    group: str = "own"  # own: available in the language of the question; other: only in others
    matched: MatchedTerm | None = None
    snippet: Snippet | None = None
    titles: Mapping[str, SafeString] = field(default_factory=dict)  # marked titles by language, where a word is in it


@dataclass(frozen=True)
class Expansion:
    """A term recognised in the question, and the names under which it was looked for."""

    phrase: str  # as typed
    facet: str
    slug: str
    names: Mapping[str, tuple[str, ...]]  # by language, the preferred label first
    languages: tuple[str, ...]  # languages in which the typed phrase is one of its names


@dataclass(frozen=True)
class Broader:
    """The term above the one asked for, to try when that finds nothing."""

    slug: str
    labels: Mapping[str, str]  # by language
    count: int


@dataclass(frozen=True)
class Results:
    count: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    languages: tuple[str, ...] = ()  # in which the question is asked, as far as its terms tell; several for "pension"
    own_count: int = 0
    other_count: int = 0
    expansions: tuple[Expansion, ...] = ()
    suggestion: str = ""  # another spelling that finds something; only when nothing was found
    broader: Broader | None = None  # only when nothing was found
    without_filters: int = 0  # what the words alone find; only when nothing was found

    @property
    def language(self) -> str:
        """The one language of the question, when hits come in two groups; "" when it could be several, or any."""
        return self.languages[0] if len(self.languages) == 1 else ""
