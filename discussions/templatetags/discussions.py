"""What templates of discussions ask about a row: who, in which language, where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from content import wording
from discussions import places, showing

if TYPE_CHECKING:
    from discussions.models import Thread

register = template.Library()
register.filter("person", showing.person_of)


@register.simple_tag
def foreign(language: str) -> SafeString:
    """`lang` and `dir` on words that are not in the reader's language."""
    if language == get_language():
        return SafeString("")
    return format_html(' lang="{}" dir="auto"', language)


@register.filter
def without_stop(reason: str) -> str:
    """What somebody gave as a reason, as the end of a sentence of ours."""
    return reason.strip().rstrip(".")


@register.filter
def in_language(code: str) -> str:
    return wording.written_in([code])


@register.filter
def place_name(thread: Thread) -> str:
    return places.of_thread(thread).name_of(thread.record)


@register.filter
def place_path(thread: Thread) -> str:
    return places.of_thread(thread).path_of(thread.record)


@register.simple_tag
def narrowed(show: str, words: str) -> str:
    """The query of a list that shows this."""
    query = urlencode({name: value for name, value in (("kind", show), ("q", words)) if value})
    return f"?{query}" if query else ""
