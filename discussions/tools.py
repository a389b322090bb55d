"""What moderators do with a discussion, and the answer that whoever asked may choose, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone

from content import caching
from content.services import about
from content.text import one_line
from discussions import permissions, places
from discussions.models import Post, Thread, Unsent
from discussions.services import KIND, NUMBER
from moderation import services as moderation
from moderation.models import Act, Case

if TYPE_CHECKING:
    from django.db.models import Model

    from members.models import User

Verb = Act.Verb


def _only_moderators(by: User, place: Model) -> None:
    if not permissions.can_moderate(by, place):
        raise PermissionError("Only who moderates a place decides about its discussions.")


def _keep(thread: Thread, *fields: str) -> None:
    thread.save(update_fields=[*fields, "updated_at"])
    caching.bump(KIND)


def _log(thread: Thread, place: Model, verb: Act.Verb, by: User, reason: str = "") -> None:
    """Where they moderate, and for whoever began the discussion: which one it was, and why."""
    said = f"{thread.title}: {reason}" if reason else thread.title
    moderation.note_tool(scope=place, verb=verb, by=by, whom=thread.author, reason=said)


def _log_arrival(thread: Thread, place: Model, by: User) -> None:
    """For the moderators there alone: whoever began the discussion may not know of the place."""
    moderation.note_tool(scope=place, verb=Verb.MOVED, by=by, whom=None, reason=thread.title)


@transaction.atomic
def mark_answer(*, by: User, thread: Thread, post: Post | None) -> None:
    """The post that answers a question; None takes the mark away.

    Raises PermissionError for whoever neither asked nor moderates, ValueError for what can be no answer.
    """
    if not permissions.can_mark_answer(by, thread, moderates=permissions.can_moderate(by, places.row_of(thread))):
        raise PermissionError("Whoever asked says what answers it, or a moderator.")
    if post is not None and (post.thread_id != thread.pk or post.number == 1 or not post.is_shown):
        raise ValueError("An answer is a post of the discussion that everybody sees, and not the question.")
    thread.answer = post
    _keep(thread, "answer")


@transaction.atomic
def pin(*, by: User, thread: Thread, on: bool) -> None:
    _only_moderators(by, places.row_of(thread))
    thread.is_pinned = on
    _keep(thread, "is_pinned")


@transaction.atomic
def lock(*, by: User, thread: Thread, reason: str) -> None:
    """Close it to new posts. Everybody reads the reason."""
    place = places.row_of(thread)
    _only_moderators(by, place)
    thread.locked_at, thread.locked_reason = timezone.now(), one_line(reason, 300)
    _keep(thread, "locked_at", "locked_reason")
    _log(thread, place, Verb.CLOSED, by, thread.locked_reason)


@transaction.atomic
def reopen(*, by: User, thread: Thread) -> None:
    place = places.row_of(thread)
    _only_moderators(by, place)
    thread.locked_at, thread.locked_reason = None, ""
    _keep(thread, "locked_at", "locked_reason")
    _log(thread, place, Verb.REOPENED, by)


@transaction.atomic
def retitle(*, by: User, thread: Thread, title: str, kind: str) -> None:
    """A question that becomes something else has no answer any more."""
    place, before = places.row_of(thread), thread.title
    _only_moderators(by, place)
    thread.title, thread.kind = one_line(title, 200), kind
    if kind != Thread.Kind.QUESTION:
        thread.answer = None
    _keep(thread, "title", "kind", "answer")
    _log(thread, place, Verb.RENAMED, by, "" if before == thread.title else before)


@transaction.atomic
def move(*, by: User, thread: Thread, place: Model) -> None:
    """Into another place that they moderate, with what waits there for a decision and what others are typing."""
    before = places.row_of(thread)
    for one in (before, place):
        _only_moderators(by, one)
    there = about(place)
    waiting = Case.objects.waiting().filter(
        content_type=ContentType.objects.get_for_model(Post), object_id__in=thread.posts.values("pk")
    )
    waiting.update(scope_type=there["content_type"], scope_id=there["object_id"])
    Unsent.objects.filter(thread=thread).update(**there)
    thread.content_type, thread.object_id, thread.is_pinned = there["content_type"], there["object_id"], False
    thread.record = place
    _keep(thread, "content_type", "object_id", "is_pinned")
    _log(thread, before, Verb.MOVED, by)
    _log_arrival(thread, place, by)
    caching.bump(NUMBER)
