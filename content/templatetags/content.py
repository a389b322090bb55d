"""Tags every template may use: words in the right language, cards, covers, icons."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from content import text, translations, wording, zones

if TYPE_CHECKING:
    from django.db.models import Model

register = template.Library()

for function in (
    wording.language_name,
    wording.language_names,
    wording.written_in,
    wording.and_list,
    wording.listed,
    wording.number,
    wording.file_size,
    wording.duration,
    wording.day,
    wording.clock,
    wording.moment,
    wording.waited,
    wording.ago,
    wording.ahead,
    text.paragraphs,
):
    register.filter(function.__name__, function)

# Strokes on a grid of 20 units, 2 units wide; never without a word beside them.
ICONS = {
    "audio": '<path d="M8 15V4l8-1.5V13"/><circle cx="5.5" cy="15" r="2.5"/><circle cx="13.5" cy="13" r="2.5"/>',
    "dataset": '<path d="M3 3h14v14H3zM3 8h14M3 12.5h14M8 3v14"/>',
    "document": '<path d="M4 2.5h8l4 4v11H4zM12 2.5v4h4M7 10.5h6M7 14h6"/>',
    "image": '<path d="M3 3h14v14H3zM3 14l4.5-5 4 4.5 2-2 3.5 3.5"/><circle cx="13" cy="7" r="1"/>',
    "video": '<path d="M2.5 4.5h15v11h-15zM8 7.5v5l4.5-2.5z"/>',
    "search": '<circle cx="8.5" cy="8.5" r="5.5"/><path d="m13 13 4.5 4.5"/>',
    "download": '<path d="M10 3v10M5.5 9 10 13.5 14.5 9M3.5 17h13"/>',
    "link": '<path d="M8 4H4v12h12v-4M11 3h6v6M17 3 9 11"/>',
    "check": '<path d="m3.5 10.5 4 4 9-10"/>',
    "warning": '<path d="M10 2.5 2 17h16zM10 8v4M10 14.5v.1"/>',
    "cross": '<path d="m4 4 12 12M16 4 4 16"/>',
    "play": '<path d="M5 3.5v13l11-6.5z"/>',
    "calendar": '<path d="M3 5h14v12H3zM3 9h14M7 2.5V6M13 2.5V6"/>',
    "filter": '<path d="M3 5h14M6 10h8M8.5 15h3"/>',
}


register.filter("reading", zones.for_reader)
register.filter("utc", zones.in_utc)


@register.filter
def host(url: str) -> str:
    """Whose site a link leads to."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


@register.filter
def languages_there(states: Iterable[translations.State]) -> list[str]:
    return [state.language for state in states if not state.is_missing]


@register.filter
def words(record: Model, field: str) -> translations.Words:
    return translations.words(record, field)


@register.simple_tag
def promise_days() -> int:
    return settings.REVIEW_PROMISE_DAYS


@register.simple_tag
def colon() -> str:
    """Between a word and what is said of it; French leaves a space before."""
    return pgettext("between a word and what is said of it", ": ")


@register.simple_tag
def icon(name: str) -> SafeString:
    return mark_safe(  # noqa: S308  (our own strokes)
        '<svg class="icon" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="2" '
        'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">'
        f"{ICONS[name]}</svg>"
    )


@register.simple_tag
def cover(kind: str, pk: int) -> SafeString:
    """Bars that stand on the floor, drawn from the record's type and number: decoration, the same for ever."""
    digest = hashlib.blake2b(f"{kind}{pk}".encode(), digest_size=18).digest()
    strokes: dict[str, str] = {}
    floor = 60
    for place in range(6):
        height, width = 4 + digest[place] % 5, 12 + digest[place + 6] % 33
        tone = ("c1", "c1", "c2", "c3", "c3")[digest[place + 12] % 5]
        floor -= height
        strokes[tone] = strokes.get(tone, "") + f"M0 {floor}h{width}v{height}H0z"
        floor -= 2
    bars = "".join(f'<path class="{tone}" d="{path}"/>' for tone, path in strokes.items())
    return mark_safe(  # noqa: S308  (numbers only)
        f'<svg class="record__cover" viewBox="0 0 48 60" aria-hidden="true" focusable="false">{bars}</svg>'
    )


@register.simple_tag
def lang_attributes(text: translations.Words) -> SafeString:
    """`lang` and `dir` on a text that is not in the reader's language."""
    return format_html(' lang="{}" dir="{}"', text.language, text.direction) if text.is_foreign else mark_safe("")
