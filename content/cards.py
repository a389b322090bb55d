"""Rows of lists, rendered once per record, version and language, and kept by each process.

The key holds everything a card depends on, so nothing kept is ever stale: a page of twenty kept cards costs one small
query and no template.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from django.core.cache import caches
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from content import caching, registry

if TYPE_CHECKING:
    from django.db.models import Model


def render_card(record: Model, **extra: object) -> SafeString:
    """One card. `extra` is what a search found in it: `hit`, and `title_html` with the words asked for marked."""
    content_type = registry.of(record)
    return mark_safe(render_to_string(content_type.card_template, {"record": record, **extra}))  # noqa: S308


def kept_cards(key: str, pks: Sequence[int]) -> Mapping[int, SafeString]:
    """The cards of published records of one type, by primary key; records that are not public are left out."""
    content_type = registry.get(key)
    stamps = dict(content_type.published().filter(pk__in=pks).values_list("pk", "updated_at"))
    depends = "-".join(caching.generations("vocabulary", *content_type.card_depends).values())
    names = {f"card:{key}:{pk}:{get_language()}:{stamp.timestamp()}:{depends}": pk for pk, stamp in stamps.items()}
    store = caches["cards"]
    kept = {names[name]: html for name, html in store.get_many(names).items()}
    missing = {pk: name for name, pk in names.items() if pk not in kept}
    if missing:
        records = content_type.published().filter(pk__in=missing).with_card_data()  # type: ignore[attr-defined]
        new = {record.pk: render_card(record) for record in records}
        store.set_many({missing[pk]: html for pk, html in new.items()})
        kept |= new
    return {pk: mark_safe(html) for pk, html in kept.items()}  # noqa: S308  (our own rendering)
