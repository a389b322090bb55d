"""What happens to discussions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from discussions.models import Post, Thread

if TYPE_CHECKING:
    from members.models import User


@transaction.atomic
def state_changed(*, post: Post, before: str, by: User | None) -> None:
    """A moderator, or a rule, has shown, hidden or removed a post: its thread says so."""
    thread = Thread.objects.select_for_update().get(pk=post.thread_id)
    shown = thread.posts.filter(state="shown")
    if post.number == 1:
        thread.state = post.state
    thread.reply_count = shown.filter(number__gt=1).count()
    if last := shown.order_by("-number").first():
        thread.last_at, thread.last_by = last.created_at, last.author
    thread.save(update_fields=["state", "reply_count", "last_at", "last_by"])
