"""What the pages of communities draw themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.safestring import SafeString, mark_safe

from communities import numbers
from discussions.markup import to_html

if TYPE_CHECKING:
    from communities.doors import Door

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    """What an administrator wrote about a community, made safe as posts are."""
    return mark_safe(to_html(text))  # noqa: S308  (cleaned by discussions.markup)


@register.filter
def waiting(door: Door) -> int:
    """What waits for its moderators."""
    return numbers.waiting(door.community, door.user)
