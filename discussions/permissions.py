"""Who may do what in a discussion. Who reads and who writes is for its place to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discussions import places
from discussions.models import Post, Thread

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import Model

    from members.models import User

    Anybody = User | AnonymousUser


def can_write(user: Anybody, place: Model) -> bool:
    return user.is_authenticated and places.of(place).may_write(user, place)


def can_moderate(user: Anybody, place: Model) -> bool:
    return user.is_authenticated and places.of(place).run_by(user).filter(pk=place.pk).exists()


def can_edit(user: Anybody, post: Post) -> bool:
    """Its author, also in a discussion that takes no new posts. What was removed stays as it was decided about."""
    return user.is_authenticated and post.author_id == user.pk and post.state != Post.State.REMOVED


def can_translate(user: Anybody, post: Post) -> bool:
    """What everybody reads there; whether one writes there at all is asked besides."""
    return user.is_authenticated and post.is_shown and post.thread.state == Post.State.SHOWN


def can_mark_answer(user: Anybody, thread: Thread, *, moderates: bool) -> bool:
    """Whoever asked, and moderators."""
    is_asker = user.is_authenticated and thread.author_id == user.pk
    return thread.kind == Thread.Kind.QUESTION and (is_asker or moderates)
