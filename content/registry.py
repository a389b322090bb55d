"""The content types there are. Lists of every type (home, search, sitemap, feeds, inbox) read this.

Each app signs its types up in `apps.py ready()`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.utils.functional import _StrPromise

    from content.models import Entry


@dataclass(frozen=True)
class ContentType:
    key: str  # names the type in the index, in ?type= and in short addresses
    model: type[Entry]
    label: _StrPromise
    label_plural: _StrPromise
    section: str  # discover, learn or connect
    namespace: str  # URL names are <namespace>:list, :detail, :feed
    cards: Callable[[Sequence[int]], Mapping[int, Any]]  # what the template of a row needs, of public records
    card_template: str
    short: str  # letter of the permanent short address: /p/<short><id>
    as_data: Callable[..., dict[str, Any]]  # (record, *, base) as plain data, for ?format=json
    position: int = 0  # order in menus and tabs
    title_field: str = "title"
    card_depends: tuple[str, ...] = ()  # other types whose words stand on its cards
    card_says_time: bool = False  # on the reader's clock: one card for each zone

    @property
    def list_url(self) -> str:
        return reverse(f"{self.namespace}:list")

    def published(self) -> QuerySet:
        return self.model._default_manager.published()


_types: dict[str, ContentType] = {}


def register(content_type: ContentType) -> None:
    """Raises ValueError when the key or the short letter is taken."""
    taken = {known.short for known in _types.values()}
    if content_type.key in _types or content_type.short in taken:
        raise ValueError(f"Content type {content_type.key} ({content_type.short}) is registered already.")
    _types[content_type.key] = content_type


def all_types() -> Iterable[ContentType]:
    return sorted(_types.values(), key=lambda kind: kind.position)


def get(key: str) -> ContentType:
    """Raises KeyError for a type nobody registered."""
    return _types[key]


def of(record: Model) -> ContentType:
    """Raises KeyError for a record of no registered type."""
    for content_type in _types.values():
        if isinstance(record, content_type.model):
            return content_type
    raise KeyError(type(record).__name__)
