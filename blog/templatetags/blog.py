"""What the inbox asks about a text for the blog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from blog import pieces

if TYPE_CHECKING:
    from blog.models import BlogPost

register = template.Library()


@register.simple_tag
def changes_of(post: BlogPost) -> list[pieces.Change]:
    return pieces.changes_of(post)


@register.simple_tag
def places_of(post: BlogPost) -> list[pieces.Place]:
    return list(pieces.with_remarks(post))
