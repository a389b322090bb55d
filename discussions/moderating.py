"""What moderation asks of a post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from discussions import places, services
from discussions.markup import links_in
from discussions.models import Post
from discussions.plain import plain
from moderation import registry

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import User

KEY = "post"
LONGEST = 30_000  # characters that moderators read of a post: more than one may have


def _scope_of(post: Post) -> Any:
    return places.scope_of(places.row_of(post.thread))


def _author_of(post: Post) -> User | None:
    return post.author


def _with_people(posts: QuerySet) -> QuerySet:
    return posts.select_related("author", "thread").prefetch_related("thread__record", "attachments__file")


def _context(post: Post) -> dict[str, Any]:
    """What was said before it: what it answers, or the post that stands above it."""
    earlier = Post.objects.filter(thread=post.thread_id, number__lt=post.number, state="shown").select_related("author")
    answered = earlier.filter(pk=post.reply_to_id).first() if post.reply_to_id else None
    return {"before": answered or earlier.order_by("-number").first()}


def sign_up() -> None:
    registry.register(
        registry.Kind(
            key=KEY,
            label=_("Post"),
            model=Post,
            template="discussions/_moderated.html",
            author_of=_author_of,
            scope_of=_scope_of,
            url_of=lambda post: post.get_absolute_url(),
            title_of=lambda post: post.thread.title,
            text_of=lambda post: plain(post.html, LONGEST),
            written_by=lambda user: Post.objects.filter(author=user),
            links_in=lambda post: links_in(post.text),
            context=_context,
            with_people=_with_people,
            changed=lambda *, record, before, by: services.state_changed(post=record, before=before, by=by),
        )
    )
