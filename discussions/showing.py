"""Posts as one reader may see them. Templates get this, so that none can print what it must not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from content import wording
from discussions import attaching, permissions, places
from discussions.markup import MENTION, with_people
from discussions.models import Attachment, Post, PostTranslation, Thread

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from discussions.hall import Hall
    from files.models import StoredFile
    from members.models import User

State = Post.State


@dataclass(frozen=True)
class Person:
    name: str
    initials: str = ""
    path: str = ""  # of their page, where the reader may open it


@dataclass(frozen=True)
class Translated:
    row: PostTranslation
    html: SafeString
    by: Person


@dataclass(frozen=True)
class Shown:
    post: Post
    author: Person
    html: SafeString | None = None  # none: the reader may not see the words
    parent: Post | None = None  # the one it answers
    parent_author: str = ""
    is_nested: bool = False  # it stands right below what it answers, or below another answer to that
    translation: Translated | None = None
    files: Sequence[StoredFile] = ()
    records: Sequence[attaching.Named] = ()
    is_answer: bool = False
    is_own: bool = False
    may_edit: bool = False
    may_translate: bool = False

    @property
    def is_foreign(self) -> bool:
        return self.post.language != get_language()

    @property
    def written_in(self) -> str:
        return wording.written_in([self.post.language])


def person_of(user: User | None, paths: Mapping[int, str] | None = None) -> Person:
    """Accounts that are closed or deleted are called alike."""
    if user is None or not user.is_active:
        return Person(gettext("Former member"))
    return Person(user.display_name, user.initials, (paths or {}).get(user.pk, ""))


def show(rows: QuerySet[Post], thread: Thread, hall: Hall) -> list[Shown]:
    """What a reader sees of some posts of a thread, in a fixed number of queries. What waits is for two sides alone."""
    found = rows.select_related("author", "reply_to__author").with_what_stands_by(get_language() or "")  # type: ignore[attr-defined]
    posts = [post for post in found if post.state != State.WAITING or may_see_all(hall, post)]
    translated = _by_post(PostTranslation.objects.select_related("by"), [one for one in posts if one.is_translated])
    attached = _by_post(Attachment.objects.select_related("file"), [one for one in posts if one.has_attachments])
    for post in posts:
        post.thread = thread
        post.for_reader = [one for one in translated[post.pk] if one.language == get_language()]
        post.with_it = attached[post.pk]
    around = _Around(hall, thread, posts)
    shown: list[Shown] = []
    for post in posts:
        shown.append(around.shown(post, shown[-1] if shown else None))
    return shown


def _by_post(rows: QuerySet, posts: Sequence[Post]) -> dict[int, list]:
    """Most pages have none, and ask for none."""
    found: dict[int, list] = defaultdict(list)
    for row in rows.filter(post__in=posts) if posts else ():
        found[row.post_id].append(row)
    return found


def may_see_all(hall: Hall, post: Post) -> bool:
    """What is hidden, removed or waiting: its author, and who moderates."""
    return hall.can_moderate or (hall.user.is_authenticated and post.author_id == hall.user.pk)


class _Around:
    """What stands around posts, read once for all of them."""

    def __init__(self, hall: Hall, thread: Thread, posts: Sequence[Post]) -> None:
        self.hall, self.thread = hall, thread
        said = [*posts, *(one for post in posts for one in post.for_reader)]  # type: ignore[attr-defined]
        users = {post.author_id for post in posts} | {one.by_id for post in posts for one in post.for_reader}  # type: ignore[attr-defined]
        people = places.People(users - {None}, {handle for one in said for handle in MENTION.findall(one.html)})  # type: ignore[arg-type]
        pages = places.of(hall.place).pages_of(people, hall.user)
        self.paths, self.called = pages.users, pages.handles
        self.records = attaching.records_of([one for post in posts for one in post.with_it])  # type: ignore[attr-defined]

    def shown(self, post: Post, before: Shown | None) -> Shown:
        parent = post.reply_to
        is_nested = before is not None and parent is not None and parent.pk in (before.post.pk, before.post.reply_to_id)
        known = {
            "post": post,
            "author": person_of(post.author, self.paths),
            "is_nested": is_nested,
            "is_own": self.hall.user.is_authenticated and post.author_id == self.hall.user.pk,
        }
        if not (self.is_readable(post) or may_see_all(self.hall, post)):
            return Shown(**known)  # type: ignore[arg-type]
        return Shown(
            **known,  # type: ignore[arg-type]
            html=with_people(post.html, self.called),
            parent=parent,
            parent_author=person_of(parent.author).name if parent else "",
            translation=self._translation(post),
            files=[one.file for one in post.with_it if one.file],  # type: ignore[attr-defined]
            records=self._records(post.with_it),  # type: ignore[attr-defined]
            is_answer=post.pk == self.thread.answer_id,
            may_edit=self.hall.can_write and permissions.can_edit(self.hall.user, post),
            may_translate=self.hall.can_write and permissions.can_translate(self.hall.user, post),
        )

    def is_readable(self, post: Post) -> bool:
        return post.is_shown and self.thread.state == State.SHOWN

    def _translation(self, post: Post) -> Translated | None:
        for row in post.for_reader:  # type: ignore[attr-defined]
            if row.language != post.language:
                row.post = post
                return Translated(row, with_people(row.html, self.called), person_of(row.by, self.paths))
        return None

    def _records(self, attachments: Iterable[Attachment]) -> list[attaching.Named]:
        keys = [(one.content_type_id, one.object_id) for one in attachments if one.content_type_id]
        return [attaching.as_named(self.records[key]) for key in keys if key in self.records]
