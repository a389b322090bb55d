"""Rows of lists, rendered once per record, version and language, and kept by each process.

The key holds everything a card depends on, so nothing kept is ever stale: a page of twenty kept cards costs one small
query and no template.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from content import caching, registry, zones

LONGEST_TITLE, LONGEST_TEXT = 300, 220  # characters on a card


def render_card(content_type: registry.ContentType, record: Any, **extra: object) -> SafeString:
    """One card. `record` is what the type's own `cards` read of it; `extra` is what a search found in it: `hit`, and
    `title_html` with the words asked for marked."""
    return mark_safe(render_to_string(content_type.card_template, {"record": record, **extra}))  # noqa: S308


def kept_cards(key: str, pks: Sequence[int]) -> Mapping[int, SafeString]:
    """The cards of published records of one type, by primary key; records that are not public are left out."""
    content_type = registry.get(key)
    stamps = dict(content_type.published().filter(pk__in=pks).order_by().values_list("pk", "updated_at"))
    depends = "-".join(caching.generations("vocabulary", *content_type.card_depends).values())
    language = get_language()
    zone = zones.readers() if content_type.card_says_time else ""
    names = {f"card:{key}:{pk}:{language}:{zone}:{stamp.timestamp()}:{depends}": pk for pk, stamp in stamps.items()}
    store = caches["cards"]
    kept = {names[name]: html for name, html in store.get_many(names).items()}
    missing = {pk: name for name, pk in names.items() if pk not in kept}
    if missing:
        read = content_type.cards(list(missing))
        new = {pk: render_card(content_type, record) for pk, record in read.items()}
        store.set_many({missing[pk]: html for pk, html in new.items()})
        kept |= new
    return {pk: mark_safe(html) for pk, html in kept.items()}  # noqa: S308  (our own rendering)
