"""A post in a feed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from blog.authors import writers
from content import addresses
from content.feeds import FeedEntry
from content.translations import words

if TYPE_CHECKING:
    from blog.models import BlogPost


def entry(post: BlogPost, base: str) -> FeedEntry:
    title = words(post, "title")
    return FeedEntry(
        id=base + addresses.permanent(post),
        url=base + post.get_absolute_url(),
        title=title.text,
        language=title.language,
        updated=post.updated_at,
        published=post.published_at,
        authors=tuple(writers(post.authors.all())),
        summary=words(post, "summary", title.language).text,
        categories=((post.kind, str(post.get_kind_display())),),
    )
