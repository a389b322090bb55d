"""Whom we tell of a post that is shown: each person once, by their strongest reason.

Never its author, nobody who has muted the discussion (not even when they are mentioned: muted means nothing), nobody
who keeps apart from the author, and only people of the place at that moment. All of it is asked again when a letter
leaves (`told_to`). Its words are those of the moment it was planned; what was hidden meanwhile does not leave.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import override

from content import wording
from content.text import one_line
from discussions import places
from discussions.models import AllRead, News, Post, PostTranslation, Reading
from discussions.plain import plain
from discussions.showing import person_of
from members import waking
from moderation import telling
from notifications import notices, services
from notifications.models import Notice
from notifications.notices import Message
from notifications.unsubscribing import TARGET

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import User
    from notifications.matters import Pair

TELL = "discussions.tasks.tell_of_posts"
MENTION, REPLY, THREAD, NEW_THREAD = "mention", "reply", "thread", "new_thread"  # kinds of letters
AT_A_TIME = 2000  # people told in one go
LEASE = timedelta(minutes=2)  # for one telling; broken off, somebody else goes on after it
LONGEST = 1500  # characters of a post in a letter
TEMPLATE = "discussions/post"


def announce(post: Post) -> None:
    """Have people told of a post, in the transaction in which it becomes shown."""
    News.objects.bulk_create([News(post=post)], ignore_conflicts=True)
    waking.wake(TELL)


def tell_due() -> None:
    """Tell of each post that nobody was told of yet. Broken off and run again, it goes on: nobody is told twice."""
    while news := _taken():
        for post in _told_of([news.post_id]):
            tell(post)
        news.delete()


def _taken() -> News | None:
    """One that is due, for this worker alone as long as the lease holds."""
    now = timezone.now()
    due = News.objects.filter(due_at__lte=now).order_by("due_at", "pk")
    for pk, due_at in due.values_list("pk", "due_at")[:20]:
        if News.objects.filter(pk=pk, due_at=due_at).update(due_at=now + LEASE):
            return News.objects.get(pk=pk)
    return None


def tell(post: Post) -> None:
    """In a number of queries that grows with thousands of people alone."""
    people = _People.of(post)
    listeners = people.listeners()
    while some := list(islice(listeners, AT_A_TIME)):
        _tell(post, people, some)


def tell_called(post: Post, users: Collection[int]) -> None:
    """Tell those whom a change of a post mentions for the first time. A few people: at once."""
    people = _People.of(post)
    _tell(post, people, list(people.listeners(users)))


def tell_translator(translation: PostTranslation, reason: str) -> None:
    """That a moderator removed their translation, and why; in the transaction that removes it."""
    translator, thread = translation.by, translation.post.thread
    if translator is None or not translator.is_active:
        return
    with override(translator.language):
        context = {
            "title": one_line(thread.title),
            "scope": one_line(places.of_thread(thread).name_of(thread.record)),
            "language": wording.language_name(translation.language),
            "path": translation.post.get_absolute_url(),
        }
    notices.notify(
        kind=telling.TO_AUTHOR,
        occasion=f"translation-removed:{translation.pk}",
        recipients=[translator],
        template="discussions/translation_removed",
        context=context | {"note": reason},
    )


@dataclass(frozen=True)
class _People:
    """Those whom a post concerns."""

    post: Post
    mentioned: frozenset[int]
    answered: frozenset[int]  # whoever asked, wrote the post that this one answers, or answered it before
    apart: frozenset[int]  # from its author

    @classmethod
    def of(cls, post: Post) -> _People:
        answered = {post.thread.author_id}
        if post.reply_to:
            before = Post.objects.shown().filter(reply_to=post.reply_to_id, number__lt=post.number)
            answered |= {post.reply_to.author_id, *before.values_list("author_id", flat=True)}
        pairs = places.of_thread(post.thread).apart([post.author_id]) if post.author_id else ()
        return cls(
            post,
            frozenset(post.mentions.values_list("user_id", flat=True)),
            frozenset(pk for pk in answered if pk and post.number > 1),
            frozenset(other for one, other in pairs if one == post.author_id),
        )

    def listeners(self, of: Collection[int] | None = None) -> Iterator[User]:
        """Of the people of the place, or some of them; of a new discussion all of them hear."""
        thread = self.post.thread
        mine = Reading.objects.filter(thread=thread, user=OuterRef("pk"))
        people = (
            places.of_thread(thread).readers(thread.record).annotate(is_following=Exists(mine.filter(wish="follow")))
        )
        if self.post.number > 1:
            people = people.filter(Q(is_following=True) | Q(pk__in=self.mentioned | self.answered))
        if of is not None:
            people = people.filter(pk__in=of)
        people = people.exclude(pk__in=[self.post.author_id]).exclude(Exists(mine.filter(wish="mute")))
        rows = people.only("email", "language", "time_zone").order_by("pk")
        return (user for user in rows.iterator(AT_A_TIME) if user.pk not in self.apart)

    def kind_for(self, user: Any) -> str:
        """By the strongest reason. Whoever follows a thread before its first post is shown: nobody but its author."""
        if user.pk in self.mentioned:
            return MENTION
        if user.pk in self.answered:
            return REPLY
        return THREAD if user.is_following else NEW_THREAD


def _tell(post: Post, people: _People, some: Sequence[User]) -> None:
    occasion = f"post:{post.pk}"
    told = set(Notice.objects.filter(occasion=occasion, user__in=some).values_list("user_id", flat=True))
    groups: dict[tuple[str, str], list[User]] = defaultdict(list)
    for user in some:
        if user.pk not in told:
            groups[people.kind_for(user), services.spoken(user.language)].append(user)
    for (kind, language), readers in groups.items():
        message = Message(kind, occasion, TEMPLATE, about=post, in_letter=_words(post, kind, language))
        notices.tell(message, dict.fromkeys(readers, _reasons(post, kind)))


def _reasons(post: Post, kind: str) -> list[str]:
    thread = post.thread
    if kind == THREAD:
        return [f"thread:{thread.pk}"]
    return [f"{places.of_thread(thread).key}:{thread.object_id}"] if kind == NEW_THREAD else []


def _words(post: Post, kind: str, language: str) -> dict[str, Any]:
    """What a letter that leaves at once says. Not kept with the notice: names and words are their author's."""
    thread = post.thread
    with override(language):
        said = {
            "told": kind,
            "author": one_line(person_of(post.author).name),
            "place": one_line(places.of_thread(thread).name_of(thread.record)),
            "title": one_line(thread.title),
            "text": plain(post.html, LONGEST),
            "lang": post.language,
            "written_in": wording.written_in([post.language]) if post.language != language else "",
            "path": post.get_absolute_url(),
        }
    # Nobody has done with a community by stopping one of its discussions: there it is the kind that stops.
    return said if kind == NEW_THREAD else said | {TARGET: f"thread:{thread.pk}"}


# ---------- Asked again when a letter leaves ----------


def told_to(pairs: Collection[Pair]) -> set[Pair]:
    """Of pairs of post and person, those of which the person may be told now. Queries grow with places alone."""
    posts = {post.pk: post for post in _told_of(pk for pk, _user in pairs)}
    readers = {user for _pk, user in pairs}
    muted = set(
        Reading.objects.filter(
            thread__in={post.thread_id for post in posts.values()}, user__in=readers, wish=Reading.Wish.MUTE
        ).values_list("thread_id", "user_id")
    )
    inside, apart = _inside(posts.values(), readers), _apart(posts.values())
    return {
        (pk, user)
        for pk, user in pairs
        if (post := posts.get(pk))
        and user in inside[_place_of(post)]
        and (post.thread_id, user) not in muted
        and (post.author_id, user) not in apart
    }


def _told_of(pks: Iterable[int]) -> QuerySet[Post]:
    """Those that everybody there sees. A letter names its author: one who is gone is not named any more."""
    shown = Post.objects.shown().filter(pk__in=set(pks), thread__state=Post.State.SHOWN, author__is_active=True)
    return shown.select_related("thread", "author", "reply_to").prefetch_related("thread__record")


def _place_of(post: Post) -> tuple[int, int]:
    return post.thread.content_type_id, post.thread.object_id


def _inside(posts: Iterable[Post], readers: Collection[int]) -> Mapping[tuple[int, int], set[int]]:
    """Of some people, those of each place."""
    threads = {_place_of(post): post.thread for post in posts}
    return {
        key: set(places.of_thread(thread).readers(thread.record).filter(pk__in=readers).values_list("pk", flat=True))
        for key, thread in threads.items()
    }


def _apart(posts: Iterable[Post]) -> set[tuple[int, int]]:
    authors: dict[str, set[int]] = defaultdict(set)
    for post in posts:
        if post.author_id:
            authors[places.of_thread(post.thread).key].add(post.author_id)
    found: set[tuple[int, int]] = set()
    for place in places.all_places():
        if place.key in authors:
            found |= place.apart(authors[place.key])
    return found


def still_news(told: Sequence[Notice]) -> list[Notice]:
    """For a summary: without what its reader has seen on the site meanwhile."""
    if not told:
        return []
    user = told[0].user_id
    read = Reading.objects.filter(user=user, thread=OuterRef("thread"), read_to__gte=OuterRef("number"))
    all_read = AllRead.objects.filter(
        user=user,
        content_type=OuterRef("thread__content_type"),
        object_id=OuterRef("thread__object_id"),
        at__gte=OuterRef("created_at"),
    )
    seen = Post.objects.filter(Exists(read) | Exists(all_read), pk__in=[notice.object_id for notice in told])
    keys = set(seen.values_list("pk", flat=True))
    return [notice for notice in told if notice.object_id not in keys]
