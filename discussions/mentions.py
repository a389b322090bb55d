"""Whom a post mentions: people of its place, by the handle of their page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from discussions import places
from discussions.markup import mentioned_in
from discussions.models import Mention, Post

if TYPE_CHECKING:
    from django.db.models import Model

    from members.models import User

Called = Mapping[str, "User"]

MOST = 20  # people one post calls


def find(place: Model, text: str) -> Called:
    """Whoever of the place's people a text calls, by handle."""
    handles = mentioned_in(text)[:MOST]
    return places.of(place).find_people(place, handles) if handles else {}


def keep(post: Post, called: Called) -> set[int]:
    """Let a post mention these and nobody else. Whom it did not mention before, by key: the others know already."""
    people = {user.pk for user in called.values()} - {post.author_id}
    if post.edited_at:
        post.mentions.exclude(user__in=people).delete()
        people -= set(post.mentions.values_list("user_id", flat=True))
    if people:
        Mention.objects.bulk_create([Mention(post=post, user_id=pk) for pk in people], ignore_conflicts=True)
    return people
