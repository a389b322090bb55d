"""The boxes of a facet, written here and not in a template: a list shows a hundred, and a template takes 25 µs each."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.facets import Facet
from search.parts import Option

register = template.Library()


@register.simple_tag
def facet_options(facet: Facet, options: Iterable[Option]) -> SafeString:
    return mark_safe("".join(_box(facet.name, option) for option in options))  # noqa: S308  (escaped below)


def _box(name: str, option: Option) -> str:
    checked = " checked" if option.is_chosen else ""
    language = f' lang="{escape(option.language)}"' if option.language else ""
    return (
        f'<label class="option"><input type="checkbox" name="{name}" value="{escape(option.value)}"{checked}>'
        f'<span{language}>{escape(option.label)}</span><span class="option__count">{option.count}</span></label>'
    )
