"""What discussions hold about a person: what they wrote, what they read, and what they were about to write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from content import caching
from discussions import unsent
from discussions.models import AllRead, Attachment, Edit, Mention, Post, PostTranslation, Reading, Thread, Unsent
from discussions.services import KIND, NUMBER
from members import erasure
from members.erasure import Holding, Row, told

if TYPE_CHECKING:
    from django.core.files.base import File

    from members.models import User


def _written(user: User) -> Iterator[Row]:
    posts = Post.objects.filter(author=user).select_related("thread").prefetch_related("attachments__file")
    for post in posts.order_by("pk").iterator(chunk_size=200):
        yield {
            "discussion": post.thread.title,
            "began_it": post.number == 1,
            "at": post.created_at,
            "changed": post.edited_at,
            "language": post.language,
            "text": post.text,
            "state": post.state,
            "files": [one.file.name for one in post.attachments.all() if one.file],
        }
    for edit in Edit.objects.filter(by=user).order_by("pk").iterator():
        yield {"former_text": edit.text, "language": edit.language, "at": edit.at}


def _files(user: User) -> Iterator[tuple[str, File]]:
    for one in Attachment.objects.filter(post__author=user, file__isnull=False).select_related("file"):
        if one.file:
            yield f"{one.post_id}/{one.file.name}", one.file.file


def _leave_discussions(user: User) -> None:
    """What was never shown to anybody goes with its author; so do the former wordings of what they wrote."""
    for thread in Thread.objects.filter(author=user, state=Post.State.WAITING):
        thread.delete()
    Post.objects.filter(author=user, state=Post.State.WAITING).delete()
    Edit.objects.filter(Q(by=user) | Q(post__author=user)).delete()
    Post.objects.filter(author=user).update(author=None, sent_key="")
    Thread.objects.filter(author=user).update(author=None)
    Thread.objects.filter(last_by=user).update(last_by=None)
    caching.bump(KIND, NUMBER)


def _translated(user: User) -> Iterator[Row]:
    for row in PostTranslation.objects.filter(by=user).order_by("pk").iterator():
        yield {"language": row.language, "text": row.text, "at": row.at}


def _leave_translations(user: User) -> None:
    PostTranslation.objects.filter(by=user).update(by=None)
    caching.bump(KIND)


def _read(user: User) -> Iterator[Row]:
    for row in Reading.objects.filter(user=user).select_related("thread").order_by("pk").iterator():
        yield {"discussion": row.thread.title, "read_to": row.read_to, "wish": row.wish}
    yield from told(AllRead.objects.filter(user=user), "content_type", "object_id")
    for mention in Mention.objects.filter(user=user).select_related("post__thread").order_by("pk").iterator():
        yield {"mentioned_in": mention.post.thread.title, "at": mention.post.created_at}


def _forget_reading(user: User) -> None:
    for model in (Reading, AllRead, Mention):
        model._default_manager.filter(user=user).delete()


def _typed(user: User) -> Iterator[Row]:
    for row in Unsent.objects.filter(user=user).order_by("pk").iterator():
        yield {"typed": row.data, "at": row.updated_at}


def _typed_files(user: User) -> Iterator[tuple[str, File]]:
    for row in Unsent.objects.filter(user=user).prefetch_related("files"):
        for stored in row.files.all():
            yield f"{row.pk}/{stored.name}", stored.file


def _forget_typed(user: User) -> None:
    for row in Unsent.objects.filter(user=user):
        unsent.discard(unsent=row)


WRITTEN = Holding(
    "discussions",
    _("What you wrote in discussions"),
    (Thread, Post, Edit, Attachment),
    _written,
    _leave_discussions,
    _files,
    keeps=_("What others could read, as from a former member: their answers would make no sense without it."),
)
TRANSLATED = Holding(
    "post_translations",
    _("Translations of posts"),
    (PostTranslation,),
    _translated,
    _leave_translations,
    keeps=_("The translations, without your name."),
)
READ = Holding(
    "reading",
    _("Which discussions you read, follow and are mentioned in"),
    (Reading, AllRead, Mention),
    _read,
    _forget_reading,
)
TYPED = Holding("unsent_posts", _("Posts you did not send"), (Unsent,), _typed, _forget_typed, _typed_files)


def sign_up() -> None:
    for holding in (WRITTEN, TRANSLATED, READ, TYPED):
        erasure.register(holding)
