"""What members of the demonstration wrote to each other, brought in at once, with the counters that writing keeps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Max, Q

from communities.models import Community
from content.services import about
from discussions.markup import mentioned_in, to_html
from discussions.models import Attachment, Edit, Mention, Post, PostTranslation, Reading, Thread
from moderation.models import Standing
from people.models import Profile
from portal.demo import chance, moderating
from portal.demo.shelf import FOLDER, Loaded, Shelf, entries
from publications.models import Publication

Shown = Post.State.SHOWN
People = dict[str, int]  # key of a member by handle
COUNTED = ["state", "last_number", "shown_number", "reply_count", "last_at", "last_by", "answer"]


def first_words(listed: list[dict[str, Any]]) -> dict[tuple[str, str], datetime]:
    """When somebody wrote first in a community: (its slug, their name) → that moment."""
    found: dict[tuple[str, str], datetime] = {}
    for entry in listed:
        for post in entry["posts"]:
            at, key = chance.ago(post) - timedelta(days=1), (entry["community"], post["by"])
            found[key] = min(at, found.get(key, at))
    return found


def load(shelf: Shelf, folder: Path = FOLDER) -> int:
    """How many discussions are new. One that was loaded once is left alone, whatever was written in it."""
    loaded = Loaded("discussion")
    listed = [entry | {"slug": entry["key"]} for entry in entries("discussions.yaml", folder)]
    news = [entry for entry in listed if entry["slug"] not in loaded.said]
    if not news:
        return 0
    places = Community.objects.in_bulk([entry["community"] for entry in news], field_name="slug")
    threads = Thread.objects.bulk_create([_thread(shelf, entry, places[entry["community"]]) for entry in news])
    people = dict(Profile.objects.values_list("handle", "user_id"))
    posts = _posts(shelf, news, threads, people)
    _around(shelf, news, posts, people)
    moderating.load(
        shelf,
        (
            (places[entry["community"]], post, said)
            for entry in news
            for post, said in zip(posts[entry["key"]], entry["posts"], strict=True)
        ),
    )
    _count(news, threads, posts)
    _note_standing({post.author_id for group in posts.values() for post in group})
    loaded.note(news)
    return len(news)


def _thread(shelf: Shelf, entry: dict[str, Any], place: Community) -> Thread:
    first = entry["posts"][0]
    locked = entry.get("locked")
    return Thread(
        **about(place),
        kind=entry["kind"],
        title=entry["title"],
        language=entry["language"],
        author=shelf.accounts[first["by"]],
        created_at=chance.ago(first, entry["key"], "1"),
        is_pinned=entry.get("pinned", False),
        locked_at=chance.ago(locked) if locked else None,
        locked_reason=locked["reason"] if locked else "",
    )


def _posts(shelf: Shelf, news: list[dict[str, Any]], threads: list[Thread], people: People) -> dict[str, list[Post]]:
    """The posts of each discussion by its key, in order."""
    posts = {
        entry["key"]: [_post(shelf, entry, thread, number, people) for number in range(1, len(entry["posts"]) + 1)]
        for entry, thread in zip(news, threads, strict=True)
    }
    Post.objects.bulk_create([post for group in posts.values() for post in group])
    answers = []
    for entry in news:
        group = posts[entry["key"]]
        for post, said in zip(group, entry["posts"], strict=True):
            if "reply_to" in said:
                post.reply_to = group[said["reply_to"] - 1]
                answers.append(post)
    Post.objects.bulk_update(answers, ["reply_to"])
    return posts


def _post(shelf: Shelf, entry: dict[str, Any], thread: Thread, number: int, people: People) -> Post:
    said = entry["posts"][number - 1]
    text = said["text"].strip()
    return Post(
        thread=thread,
        number=number,
        author=shelf.accounts[said["by"]],
        language=said.get("language", entry["language"]),
        text=text,
        html=to_html(text, people),
        created_at=chance.ago(said, entry["key"], str(number)),
        edited_at=chance.ago(said["edited"]) if "edited" in said else None,
        **moderating.state_of(said),
    )


def _around(shelf: Shelf, news: list[dict[str, Any]], posts: dict[str, list[Post]], people: People) -> None:
    """What hangs on the posts."""
    pairs = [pair for entry in news for pair in zip(posts[entry["key"]], entry["posts"], strict=True)]
    kind = ContentType.objects.get_for_model(Publication)
    Mention.objects.bulk_create(
        Mention(post=post, user_id=people[handle])
        for post, _said in pairs
        for handle in mentioned_in(post.text)
        if handle in people
    )
    Attachment.objects.bulk_create(
        Attachment(post=post, content_type=kind, object_id=pk)
        for post, said in pairs
        for pk in shelf.all("publications", said.get("attach"))
    )
    Edit.objects.bulk_create(
        Edit(post=post, text=said["was"].strip(), language=post.language, by=post.author, at=post.edited_at)
        for post, said in pairs
        if "was" in said
    )
    PostTranslation.objects.bulk_create(row for post, said in pairs for row in _translations(shelf, post, said, people))
    Reading.objects.bulk_create(row for group in posts.values() for row in _readings(group))


def _translations(shelf: Shelf, post: Post, said: dict[str, Any], people: People) -> Iterator[PostTranslation]:
    for one in said.get("translation", []):
        text = one["text"].strip()
        yield PostTranslation(
            post=post,
            language=one["language"],
            text=text,
            html=to_html(text, people),
            by=shelf.accounts[one["by"]],
            at=chance.ago(one),
        )


def _readings(group: list[Post]) -> Iterator[Reading]:
    """Whoever wrote has read that far and follows what comes."""
    last = {post.author_id: post for post in group}
    for author, post in last.items():
        yield Reading(user_id=author, thread=post.thread, read_to=post.number, wish=Reading.Wish.FOLLOW)


def _count(news: list[dict[str, Any]], threads: list[Thread], posts: dict[str, list[Post]]) -> None:
    """What a discussion and its community know of their posts without asking."""
    for entry, thread in zip(news, threads, strict=True):
        group = posts[entry["key"]]
        shown = [post for post in group if post.state == Shown]
        thread.state = group[0].state
        thread.last_number = group[-1].number
        thread.reply_count = sum(post.number > 1 for post in shown)
        newest = shown[-1]
        thread.shown_number, thread.last_at, thread.last_by = newest.number, newest.created_at, newest.author
        thread.answer = next(
            (post for post, said in zip(group, entry["posts"], strict=True) if said.get("answer")), None
        )
    Thread.objects.bulk_update(threads, COUNTED)
    for thread in threads:
        Community.objects.filter(pk=thread.object_id, last_activity_at__lt=thread.last_at).update(
            last_activity_at=thread.last_at
        )


def _note_standing(authors: set[int]) -> None:
    """How far their posts are trusted, from what became of them."""
    removed = Q(state=Post.State.REMOVED)
    rows = (
        Post.objects.filter(author__in=authors)
        .order_by()
        .values("author")
        .annotate(
            accepted=Count("pk", filter=Q(state=Shown)),
            removed=Count("pk", filter=removed),
            last_removed_at=Max("state_at", filter=removed),
        )
    )
    Standing.objects.bulk_create(
        [Standing(user_id=row.pop("author"), **row) for row in rows],
        update_conflicts=True,
        unique_fields=["user"],
        update_fields=["accepted", "removed", "last_removed_at"],
    )
