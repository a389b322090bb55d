"""Processor time in which 5,000 followers of a discussion are told of a post: planned as they chose, for the most part
for the summary of the day, for every tenth as a letter at once."""

from __future__ import annotations

import time

from django.utils import timezone

from communities.models import Community, Membership
from content.services import about
from discussions import notices
from discussions.models import News, Post, Reading, Thread
from members.models import User
from notifications.models import Letter, Notice, Preference


def measure(*, quick: bool) -> dict[str, float]:
    number, turns = (500, 2) if quick else (5000, 4)
    thread = _followed_by(number)
    try:
        taken = [_told(thread) for _turn in range(turns)]
    finally:
        _forget(thread)
    return {"processor": min(taken), "followers": number}


def _followed_by(number: int) -> Thread:
    languages = ("en", "fr", "es")
    User.objects.bulk_create(
        User(email=f"follower{place}@bench.example", display_name="A follower", language=languages[place % 3])
        for place in range(number)
    )
    people = list(User.objects.filter(email__endswith="@bench.example", email__startswith="follower"))
    community = Community.objects.create(
        slug="bench-telling", name_en="Telling", purpose_en="To be told.", languages=["en"], status="published",
        published_at=timezone.now(),
    )  # fmt: skip
    thread = Thread.objects.create(**about(community), kind="question", title="Who pays?", language="en")
    now = timezone.now()
    inside = {"state": "in", "joined_at": now, "conduct_at": now, "conduct_version": "1"}
    Membership.objects.bulk_create(Membership(community=community, user=one, **inside) for one in people)
    Reading.objects.bulk_create(Reading(thread=thread, user=one, wish="follow") for one in people)
    Preference.objects.bulk_create(Preference(user=one, frequencies={"thread": "at_once"}) for one in people[::10])
    return thread


def _told(thread: Thread) -> float:
    thread.last_number += 1
    author = User.objects.filter(email__startswith="follower").order_by("pk")[0]
    words = "A sentence of some length, as people write them. " * 20
    post = Post.objects.create(
        thread=thread, number=thread.last_number, author=author, language="en", text=words, html=f"<p>{words}</p>"
    )
    News.objects.create(post=post)
    begin = time.process_time()
    notices.tell_due()
    taken = time.process_time() - begin
    followers = Reading.objects.filter(thread=thread).count() - 1
    assert Notice.objects.filter(occasion=f"post:{post.pk}").count() == followers
    assert Letter.objects.filter(occasion=f"post:{post.pk}").count() >= followers // 11
    return taken


def _forget(thread: Thread) -> None:
    occasions = [f"post:{pk}" for pk in thread.posts.values_list("pk", flat=True)]
    Letter.objects.filter(occasion__in=occasions).delete()
    community = thread.record
    thread.delete()
    User.objects.filter(email__startswith="follower", email__endswith="@bench.example").delete()
    community.delete()
