"""Telling of posts in tests, and what may happen before a letter leaves."""

from __future__ import annotations

from django.utils import timezone

from communities.models import Membership
from discussions import notices, reading
from discussions.models import Mention, Post, Thread
from members.models import User
from notifications import digests
from notifications.models import Letter, Notice
from people.models import Block
from tests import factories


def tell(thread, author, text="They do.", *, mentions=None, **fields) -> Post:
    post = factories.post(thread, text, author=author, **fields)
    if mentions:
        Mention.objects.create(post=post, user=mentions)
    notices.tell(notices._told_of([post.pk])[0])
    return post


def letter_to(user) -> Letter:
    return Letter.objects.get(user=user)


def summary_of(user) -> Letter:
    Notice.objects.filter(user=user).update(summary_due_at=timezone.now())
    digests.gather()
    return Letter.objects.select_related("user").get(user=user, kind="digest")


def shape(letter: Letter) -> list:
    """Community, reason, items."""
    return [
        (place["heading"], reason["heading"], [item["text"] for item in reason["items"]])
        for section in digests.context_of(letter)["sections"]
        for place in section["parts"]
        for reason in place["parts"]
    ]


# ---------- What shuts it ----------


def hide(post, writer, reader):
    Post.objects.filter(pk=post.pk).update(state="hidden")


def remove(post, writer, reader):
    Post.objects.filter(pk=post.pk).update(state="removed", state_reason="Spam.", state_at=timezone.now())


def hide_its_thread(post, writer, reader):
    Thread.objects.filter(pk=post.thread_id).update(state="hidden")


def shut_out(post, writer, reader):
    Membership.objects.filter(user=reader).update(state="removed")


def mute(post, writer, reader):
    reading.wish(by=reader, thread=post.thread, wish="mute")


def keep_apart(post, writer, reader):
    Block.objects.create(blocker=reader, blocked=writer)


def close_the_author(post, writer, reader):
    User.objects.filter(pk=writer.pk).update(is_active=False)


def move_away(post, writer, reader):
    elsewhere = factories.community("Elsewhere", access="private")
    Thread.objects.filter(pk=post.thread_id).update(object_id=elsewhere.pk)


CHANGES = [hide, remove, hide_its_thread, shut_out, mute, keep_apart, close_the_author, move_away]
