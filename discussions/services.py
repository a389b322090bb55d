"""What members write: discussions, posts, changes of them and translations.

A post is one short transaction: its words are made safe before it, and who is told is found out after it, from `News`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content import caching
from content.services import about
from content.text import one_line
from discussions import mentions, notices, permissions, places
from discussions.markup import links_in, to_html
from discussions.models import Attachment, Edit, Post, PostTranslation, Reading, Thread, Unsent
from discussions.refusals import NotSent, refuse, too_many, too_many_links
from moderation import services as moderation
from moderation import trust
from moderation.models import Act

if TYPE_CHECKING:
    from django.db.models import Model

    from files.models import StoredFile
    from members.models import User

KIND = "discussion"  # names the generation of pages that show threads and posts
NUMBER = "discussion_number"  # of pages that only say how many there are
AN_HOUR = timedelta(hours=1)
MOST, MOST_OF_NEW = 30, 5  # posts an hour, of a member and of a new one
State = Post.State


@dataclass(frozen=True)
class Typed:
    """What a form brought. `key` is of that form: what it sends twice is one post."""

    text: str
    language: str
    files: Sequence[StoredFile] = ()
    records: Sequence[Model] = ()
    key: str = ""
    unsent: Unsent | None = None  # where it was kept until now

    @property
    def sent_key(self) -> str:
        """Of the form and of what it says: a changed text that the same form sends again is another post."""
        return hashlib.sha256(f"{self.key}\n{self.text}".encode()).hexdigest()[:32] if self.key else ""


@dataclass(frozen=True)
class Ready:
    typed: Typed
    called: mentions.Called
    html: str


# ---------- Writing ----------


def start_thread(*, by: User, place: Model, kind: str, title: str, typed: Typed) -> Thread:
    """Begin a discussion. Raises NotSent with the sentence for whoever wrote it."""
    ready = _ready(by, place, typed)
    try:
        with transaction.atomic():
            return _start(by, place, Thread(kind=kind, title=one_line(title, 200)), ready)
    except (IntegrityError, NotSent):
        if twin := _twin(by, typed):
            return twin.thread
        raise


def _start(by: User, place: Model, thread: Thread, ready: Ready) -> Thread:
    refuse(by, place)
    state = _state_for(by, ready.typed)
    for name, value in {**about(place), "language": ready.typed.language, "author": by, "state": state}.items():
        setattr(thread, name, value)
    thread.save()
    thread.record = place
    post = _write(by, thread, Post(state=state), ready)
    thread.save(update_fields=_count(thread, post))
    caching.bump(NUMBER)
    Reading.objects.create(user=by, thread=thread, read_to=1, wish=Reading.Wish.FOLLOW)
    return thread


def write_post(*, by: User, thread: Thread, typed: Typed, reply_to: Post | None = None) -> Post:
    """Answer in a discussion. `reply_to` another post: one level, so that an answer to an answer hangs on the same one.

    Raises NotSent with the sentence for whoever wrote it.
    """
    place = places.row_of(thread)
    ready = _ready(by, place, typed)
    parent = (reply_to.reply_to_id or reply_to.pk) if reply_to else None
    try:
        with transaction.atomic():
            thread = Thread.objects.select_for_update().get(pk=thread.pk)
            thread.record = place
            refuse(by, place, thread)
            post = _write(by, thread, Post(state=_state_for(by, typed), reply_to_id=parent), ready)
            thread.save(update_fields=_count(thread, post))
            return post
    except (IntegrityError, NotSent):
        if twin := _twin(by, typed):
            return twin
        raise


@transaction.atomic
def open_comments(*, place: Model, title: str, language: str, author: User | None) -> Thread:
    """A discussion whose beginning is a page of its place: it is listed once somebody has commented.

    `author`: of the page, who is told of comments as of answers.
    """
    thread = Thread.objects.create(
        **about(place),
        kind=Thread.Kind.RESOURCE,
        title=one_line(title, 200),
        language=language,
        author=author,
        last_number=1,
        shown_number=1,
        is_comments=True,
    )
    thread.record = place
    return thread


@transaction.atomic
def open_answers(
    *, place: Model, title: str, language: str, author: User, posts: Sequence[tuple[str, str]]
) -> tuple[Thread, list[Post]]:
    """A discussion that begins with what editors have read already, such as the questions of a webinar: one post for
    each text and its language. People are told of the first alone, and nothing counts against the author's hour.
    """
    now = timezone.now()
    shown = {"last_number": len(posts), "shown_number": len(posts), "reply_count": len(posts) - 1}
    thread = Thread.objects.create(
        **about(place),
        kind=Thread.Kind.RESOURCE,
        title=one_line(title, 200),
        language=language,
        author=author,
        last_at=now,
        last_by=author,
        **shown,
    )
    thread.record = place
    made = [
        Post.objects.create(
            thread=thread, author=author, number=number, text=text, html=to_html(text), language=spoken, created_at=now
        )
        for number, (text, spoken) in enumerate(posts, 1)
    ]
    notices.announce(made[0])
    _tell_pages(thread)
    caching.bump(NUMBER)
    return thread, made


def _ready(by: User, place: Model, typed: Typed) -> Ready:
    """Before anything is locked: whom it mentions, and its words made safe."""
    if len(links_in(typed.text)) > Post.MOST_LINKS:
        raise too_many_links(Post.MOST_LINKS)
    called = mentions.find(place, typed.text)
    return Ready(typed, called, to_html(typed.text, called))


def _twin(by: User, typed: Typed) -> Post | None:
    """What the same form brought before. Asked where writing failed: the database refuses a second one by itself."""
    if not typed.sent_key:
        return None
    return Post.objects.select_related("thread").filter(author=by, sent_key=typed.sent_key).first()


def _state_for(by: User, typed: Typed) -> str:
    """Raises NotSent for whoever has written all that one may write in an hour."""
    written = Post.objects.written_since(by, timezone.now() - AN_HOUR).count()
    if written >= MOST_OF_NEW and written >= (limit := MOST_OF_NEW if trust.is_new(by) else MOST):
        raise too_many(limit)
    return State.WAITING if trust.must_wait(by, links=len(links_in(typed.text))) else State.SHOWN


def _write(by: User, thread: Thread, post: Post, ready: Ready) -> Post:
    typed = ready.typed
    post.thread, post.author, post.number = thread, by, thread.last_number + 1
    post.text, post.html, post.language, post.sent_key = typed.text, ready.html, typed.language, typed.sent_key
    post.save(force_insert=True)
    Attachment.objects.bulk_create(
        [Attachment(post=post, file=stored) for stored in typed.files]
        + [Attachment(post=post, **about(record)) for record in typed.records]
    )
    mentions.keep(post, ready.called)
    if typed.unsent:
        typed.unsent.delete()
    if post.is_shown:
        notices.announce(post)
        moderation.note_shown(record=post)
    else:
        moderation.hold(record=post, by=by)
    return post


def _count(thread: Thread, post: Post) -> list[str]:
    """Let a thread know of its new post; answers the columns that changed."""
    thread.last_number = post.number
    if post.is_shown:
        thread.shown_number, thread.last_at, thread.last_by = post.number, post.created_at, post.author
        thread.reply_count += post.number > 1
    _tell_pages(thread)
    return ["last_number", "shown_number", "last_at", "last_by", "reply_count", "updated_at"]


def _tell_pages(thread: Thread) -> None:
    caching.bump(KIND)
    if thread.state == State.SHOWN:
        place = places.row_of(thread)
        transaction.on_commit(lambda: places.of(place).touched(place))


# ---------- Changing what was written ----------


@transaction.atomic
def edit_post(*, by: User, post: Post, text: str, language: str) -> Post:
    """Raises PermissionError for anybody but its author, NotSent for what cannot be changed any more."""
    place = places.row_of(post.thread)
    ready = _ready(by, place, Typed(text, language))
    post = Post.objects.select_for_update().select_related("thread").get(pk=post.pk)
    post.thread.record = place
    if post.author_id != by.pk:
        raise PermissionError("A post is changed by whoever wrote it.")
    if not permissions.can_edit(by, post):
        raise NotSent(_("A moderator removed this post, so it cannot be changed any more."))
    refuse(by, place)
    if (post.text, post.language) == (text, language):
        return post
    _refuse_new_links(by, post, text)
    Edit.objects.create(post=post, text=post.text, language=post.language, by=by, was_shown=post.is_shown)
    post.text, post.language, post.html, post.edited_at = text, language, ready.html, timezone.now()
    post.save(update_fields=["text", "language", "html", "edited_at"])
    if (called := mentions.keep(post, ready.called)) and post.is_shown:
        notices.tell_called(post, called)
    moderation.note_edited(record=post, by=by)
    caching.bump(KIND)
    return post


def _refuse_new_links(by: User, post: Post, text: str) -> None:
    """What everybody reads leads to no other site that a moderator would have looked at first."""
    added = set(links_in(text)) - set(links_in(post.text))
    if post.is_shown and added and trust.must_wait(by, links=len(links_in(text))):
        raise NotSent(_("You can add links to this post once more of your posts here were approved."))


@transaction.atomic
def translate_post(*, by: User, post: Post, language: str, text: str) -> PostTranslation:
    """Put a post into another language, or put there what is there already. Raises NotSent."""
    place = places.row_of(post.thread)
    ready = _ready(by, place, Typed(text, language))
    refuse(by, place)
    if not permissions.can_translate(by, post):
        raise NotSent(_("This post is not shown at the moment, so it cannot be translated."))
    if language == post.language:
        raise NotSent(_("The post is in that language already."))
    if trust.must_wait(by, links=len(links_in(text))):
        raise NotSent(_("You can translate once your first posts here were approved."))
    said = {"text": text, "html": ready.html, "by": by, "at": timezone.now()}
    made, _is_new = PostTranslation.objects.update_or_create(post=post, language=language, defaults=said)
    caching.bump(KIND)
    return made


@transaction.atomic
def remove_translation(*, by: User, translation: PostTranslation, reason: str = "") -> None:
    """A moderator gives a reason, which stands in the log and is told to whoever translated.

    Raises PermissionError for whoever neither wrote it nor moderates the place, NotSent for a moderator without reason.
    """
    place = places.row_of(translation.post.thread)
    if translation.by_id != by.pk:
        if not permissions.can_moderate(by, place):
            raise PermissionError("A translation is removed by whoever wrote it, or by a moderator.")
        if not (reason := one_line(reason, 300)):
            raise NotSent(_("Give a reason, which whoever translated it reads"))
        moderation.note_tool(scope=place, verb=Act.Verb.TRANSLATION, by=by, whom=translation.by, reason=reason)
        notices.tell_translator(translation, reason)
    translation.delete()
    caching.bump(KIND)


# ---------- What moderation decided ----------


@transaction.atomic
def state_changed(*, post: Post, before: str, by: User | None) -> None:
    """A post was approved, hidden, removed or restored: its thread counts anew, and what was held back is told."""
    thread = Thread.objects.select_for_update(of=("self",)).select_related("answer").get(pk=post.thread_id)
    if post.number == 1:
        thread.state = post.state
        caching.bump(NUMBER)
    shown = thread.posts.shown().select_related("author")
    newest = shown.order_by("-number").first()
    thread.reply_count = shown.filter(number__gt=1).count()
    thread.shown_number = newest.number if newest else 0
    thread.last_at, thread.last_by = (newest.created_at, newest.author) if newest else (thread.created_at, None)
    if post.state == State.REMOVED and thread.answer_id == post.pk:
        thread.answer = None
    thread.save()
    if before == State.WAITING and post.is_shown:
        notices.announce(post)
    _tell_pages(thread)
