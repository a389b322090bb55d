"""Tags every template may use: words in the right language, cards from the cache."""

from __future__ import annotations

from django import template

from content import translations

register = template.Library()


@register.filter
def words(record, field: str) -> translations.Words:
    return translations.words(record, field)
