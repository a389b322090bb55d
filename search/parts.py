"""What a list is made of, as its templates read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from search.facets import Facet

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise
    from django.utils.safestring import SafeString


@dataclass(frozen=True)
class ListSpec:
    """One kind of list: what is in it and how it can be narrowed."""

    kind: str  # key in content.registry, "" for every type
    heading: _StrPromise
    facets: tuple[str, ...]
    search_label: _StrPromise
    count_label: Callable[[int], str]
    has_years: bool = True
    values_url: Callable[[str], str] | None = None
    always: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # filters that are what the list is


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int
    is_chosen: bool
    language: str = ""


@dataclass(frozen=True)
class Group:
    facet: Facet
    options: tuple[Option, ...]
    total: int
    is_open: bool
    all_url: str

    @property
    def all_label(self) -> str:
        return self.facet.all_label % {"count": self.total}


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    is_current: bool = False


@dataclass(frozen=True)
class Rows:
    """Rows under one heading: in the question's language, or in others."""

    heading: str
    count: int
    cards: tuple[SafeString, ...]
