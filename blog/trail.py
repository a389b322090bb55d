"""What the audit trail keeps of the blog."""

from __future__ import annotations

from blog.models import BlogAuthor, BlogImage, BlogPost, BlogSeries
from blog.services import save_post
from content import trail


def sign_up() -> None:
    trail.keep(
        BlogPost,
        without=["agreed", "thread"],
        many=["topics", "countries", "regions", "goals"],
        save=lambda record, by: save_post(post=record, by=by),
    )
    for part in (BlogAuthor, BlogImage, BlogSeries):
        trail.keep(part)
