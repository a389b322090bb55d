"""Posts as something that can be moderated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from discussions import services
from discussions.models import Post
from moderation import registry

if TYPE_CHECKING:
    from django.db.models import Model


def _place(post: Post) -> Model:
    return post.thread.record


def sign_up() -> None:
    registry.register(
        registry.Kind(
            key="post",
            label=_("Post"),
            model=Post,
            template="discussions/_moderated.html",
            author_of=lambda post: post.author,
            scope_of=_place,
            url_of=lambda post: post.get_absolute_url(),
            title_of=lambda post: post.thread.title,
            with_people=lambda rows: rows.select_related("author", "thread"),
            changed=lambda *, record, before, by: services.state_changed(post=record, before=before, by=by),
        )
    )
