"""Records of the portal that a post names: found by their short address or by words of their title."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import get_language

from content import registry
from content.addresses import key_in
from content.translations import Words, words
from search.query import Query
from search.services import search
from search.store import IndexMissing

if TYPE_CHECKING:
    from django.db.models import Model

    from discussions.models import Attachment

OFFERED = 5  # records shown for words that may mean several
SHORT = re.compile(r"(?:^|/)p/([a-z])(\d+)/?$")
Name = str  # p12: letter of the type and number, as in a short address


def name_of(record: Model) -> Name:
    return f"{registry.of(record).short}{record.pk}"


def named(names: Iterable[Name]) -> list[Model]:
    """The public records that names stand for, in their order; whatever else is written there is left out."""
    by_letter = {kind.short: kind for kind in registry.all_types()}
    wanted: dict[str, list[int]] = defaultdict(list)
    names = list(dict.fromkeys(str(name) for name in names))
    for name in names:
        key = key_in(name[1:])
        if key is not None and name[0] in by_letter:
            wanted[name[0]].append(key)
    found = {
        name_of(record): record
        for letter, keys in wanted.items()
        for record in by_letter[letter].published().filter(pk__in=keys)
    }
    return [found[name] for name in names if name in found]


def meant(text: str) -> list[Model]:
    """The records that somebody may mean: the one of an address, else those whose words match best."""
    text = " ".join(text.split())
    if match := SHORT.search(text):
        return named([f"{match[1]}{match[2]}"])
    try:
        hits = search(Query(text=text[:200], size=OFFERED, language=get_language() or "en")).hits
    except IndexMissing:
        return []
    return named(f"{registry.get(hit.kind).short}{hit.pk}" for hit in hits)


def records_of(attachments: Sequence[Attachment]) -> dict[tuple[int, int], Model]:
    """The records that attachments name and everybody may read, by type and key: a query for each type."""
    wanted: dict[int, set[int]] = defaultdict(set)
    for one in attachments:
        if one.content_type_id is not None and one.object_id is not None:
            wanted[one.content_type_id].add(one.object_id)
    found: dict[tuple[int, int], Model] = {}
    for kind in registry.all_types():
        type_id = ContentType.objects.get_for_model(kind.model).pk
        if keys := wanted.get(type_id):
            found |= {(type_id, record.pk): record for record in kind.published().filter(pk__in=keys)}
    return found


@dataclass(frozen=True)
class Named:
    """A record as a post names it."""

    name: Name
    title: Words
    url: str
    kind: str


def as_named(record: Model) -> Named:
    kind = registry.of(record)
    return Named(name_of(record), words(record, kind.title_field), record.get_absolute_url(), str(kind.label))  # type: ignore[attr-defined]
