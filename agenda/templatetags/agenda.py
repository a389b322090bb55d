"""What templates ask about an event."""

from __future__ import annotations

from django import template

from agenda import when
from search.facets import language_name

register = template.Library()
register.filter("in_words", when.in_words)
register.filter("stated", when.stated)


@register.filter
def own_name(code: str) -> str:
    """A language as its speakers call it, alone on a button."""
    name = language_name(code)
    return name[:1].upper() + name[1:]
