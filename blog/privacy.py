"""What the blog holds about a person: what they wrote, above what they are named, and what they remarked as editors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from blog.models import BlogAuthor, BlogImage, BlogPost, Remark
from blog.services import forget_pictures
from content import caching
from content.privacy import entries
from members import erasure
from members.erasure import Holding, Row, forget_trail, told

if TYPE_CHECKING:
    from members.models import User


def _remove(post: BlogPost) -> None:
    """With its pictures, but for those that another post shows too."""
    images = list(post.images.select_related("file"))
    for rows in (post.images.all(), post.authors.all()):
        forget_trail(rows.model, rows.values_list("pk", flat=True))
    post.delete()
    forget_pictures(images)


def _forget_agreed(user: User) -> None:
    BlogPost.objects.filter(owner=user).update(agreed={})


def _credits(user: User) -> Iterator[Row]:
    for row in BlogAuthor.objects.filter(user=user).select_related("post").order_by("pk").iterator():
        yield {"post": str(row.post), "credit": row.credit, "affiliation": row.affiliation}


def _no_longer_named(user: User) -> None:
    """Their name is gone with their account; where they worked goes from here. What was never public names nobody."""
    BlogAuthor.objects.filter(user=user, post__published_at=None).delete()
    BlogAuthor.objects.filter(user=user).update(affiliation="")
    caching.bump("post")


def _remarks(user: User) -> Iterator[Row]:
    yield from told(Remark.objects.filter(by=user))


def _unsigned(user: User) -> None:
    Remark.objects.filter(by=user).update(by=None)


def sign_up() -> None:
    erasure.register(
        entries(
            "blog_posts",
            _("What you wrote for the blog"),
            BlogPost,
            remove=_remove,
            erase_rest=_forget_agreed,
        )
    )
    erasure.register(
        Holding(
            "blog_credits",
            _("Posts of the blog that name you"),
            (BlogAuthor,),
            _credits,
            _no_longer_named,
            keeps=_("That a former member wrote it."),
        )
    )
    erasure.register(
        Holding(
            "blog_remarks",
            _("Your remarks on texts for the blog"),
            (Remark,),
            _remarks,
            _unsigned,
            keeps=_("The remark itself: it is the house’s own word."),
        )
    )
    erasure.harmless(BlogImage, "Credits of pictures, as published; no member among them.")
