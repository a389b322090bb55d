"""What a member wrote for the blog, on their page of contributions and on their profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blog import pieces
from blog.models import BlogPost
from content.translations import words
from people import contributions

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import User

Status = BlogPost.Status
TONES = {Status.CHANGES_ASKED: "warn", Status.IN_REVIEW: "accent", Status.PUBLISHED: "good"}


def state_of(post: BlogPost) -> tuple[str, str]:
    """Its label and tone."""
    if post.status == Status.WITHDRAWN and post.published_at is None:
        return _("Not published"), ""
    return post.get_status_display(), TONES.get(Status(post.status), "")


def written_by(user: User) -> QuerySet[BlogPost]:
    """What stands on somebody's profile: public, with their name above it."""
    return BlogPost.objects.published().written_by(user)


def own(user: User) -> list[contributions.Own]:
    return [_row(post) for post in pieces.of(user)]


def _row(post: BlogPost) -> contributions.Own:
    label, tone = state_of(post)
    return contributions.Own(
        title=words(post, "title"),
        url=reverse("blog:piece", args=[post.pk]),
        state=label,
        tone=tone,
        kicker=words(post.series, "title").text if post.series else post.get_kind_display(),
        sent_at=post.submitted_at,
    )


def sign_up() -> None:
    contributions.register(contributions.Contribution("blog", gettext_lazy("Blog posts"), "post", records=written_by))
    contributions.register_own(contributions.OwnShelf("blog", gettext_lazy("What you wrote for the blog"), own))
