"""What a reader chose: words, filters, order, page. Read from an address and written back into one.

Keys are readable, repeated and in one order, so that a list has one address: `?q=women&country=KE&country=UG&page=2`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import urlencode

from django.http import Http404, QueryDict

from search.query import FACETS, SORTS

MAX_TEXT = 300  # characters of a question; the rest says nothing an index could use
MAX_VALUES = 50  # values of one facet
MAX_PAGE = 1_000_000
YEAR = re.compile(r"[0-9]{4}")
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class Selection:
    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    year_from: str = ""  # as typed; `years` reads them
    year_to: str = ""
    sort: str = ""
    page: int = 1

    @classmethod
    def read(cls, params: QueryDict, *, facets: tuple[str, ...] = FACETS) -> Self:
        """Raises Http404 for a page number that cannot be one."""
        filters = {name: _values(params.getlist(name)) for name in facets}
        sort = params.get("sort", "")
        return cls(
            text=_clean(params.get("q", ""))[:MAX_TEXT],
            filters={name: values for name, values in filters.items() if values},
            year_from=_clean(params.get("from", ""))[:10],
            year_to=_clean(params.get("to", ""))[:10],
            sort=sort if sort in SORTS else "",
            page=_page(params.get("page", "1")),
        )

    def pairs(self) -> list[tuple[str, str]]:
        """Keys and values in the one order."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(name, value) for name in sorted(self.filters) for value in self.filters[name]]
        pairs += [(key, value) for key, value in (("from", self.year_from), ("to", self.year_to)) if value]
        pairs += [("sort", self.sort)] if self.sort else []
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return pairs

    def address(self, path: str = "") -> str:
        pairs = self.pairs()
        return f"{path}?{urlencode(pairs)}" if pairs else path or "?"

    def without(self, facet: str, value: str) -> Self:
        left = tuple(kept for kept in self.filters.get(facet, ()) if kept != value)
        others = {name: values for name, values in self.filters.items() if name != facet}
        return replace(self, filters=others | ({facet: left} if left else {}), page=1)

    def adding(self, facet: str, value: str) -> Self:
        values = tuple(sorted({*self.filters.get(facet, ()), value}))
        return replace(self, filters={**self.filters, facet: values}, page=1)

    def only_words(self) -> Self:
        return replace(self, filters={}, year_from="", year_to="", page=1)

    @property
    def is_filtered(self) -> bool:
        return bool(self.filters or self.year_from or self.year_to)

    @property
    def filter_count(self) -> int:
        return sum(len(values) for values in self.filters.values()) + bool(self.year_from) + bool(self.year_to)

    @property
    def years(self) -> tuple[int | None, int | None]:
        """What can be read as years; what cannot filters nothing, and the page says so beside the field."""
        return tuple(int(text) if YEAR.fullmatch(text) else None for text in (self.year_from, self.year_to))

    @property
    def years_unread(self) -> tuple[str, ...]:
        """Which of the two year fields cannot be read as a year."""
        fields = (("from", self.year_from), ("to", self.year_to))
        return tuple(name for name, text in fields if text and not YEAR.fullmatch(text))


def _clean(text: str) -> str:
    return " ".join(CONTROL.sub(" ", text[: MAX_TEXT * 4]).split())


def _values(raw: list[str]) -> tuple[str, ...]:
    values = {_clean(value)[:120] for value in raw[:MAX_VALUES]}
    return tuple(sorted(value for value in values if value))


def _page(raw: str) -> int:
    if not raw.isascii() or not raw.isdecimal() or not 1 <= int(raw[:9]) <= MAX_PAGE:
        raise Http404("There is no such page of this list.")
    return int(raw[:9])
