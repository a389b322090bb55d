"""What people write to each other, wherever it stands."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from content.models import About
from discussions import places
from discussions.querysets import PostQuerySet, ThreadQuerySet, UnsentQuerySet
from moderation.models import Moderated

PAGE_SIZE = 20  # posts; a page holds the same numbers for ever


class Thread(About):
    """A discussion. Its state is that of its first post; `last_number` is the number that was given last."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("Question")
        NEWS = "news", _("News")
        CALL = "call", _("Open call")
        RESOURCE = "resource", _("Resource")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=8)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="threads")
    state = models.CharField(max_length=7, choices=Moderated.State, default=Moderated.State.SHOWN)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)  # anything that a row of a list shows
    last_at = models.DateTimeField(default=timezone.now)  # of the newest post that is shown
    last_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    last_number = models.PositiveIntegerField(default=0)
    shown_number = models.PositiveIntegerField(default=0)  # of the newest that is shown: who read to it read all
    reply_count = models.PositiveIntegerField(default=0)  # posts that are shown, without the first
    answer = models.ForeignKey("Post", models.SET_NULL, null=True, blank=True, related_name="+")
    is_pinned = models.BooleanField(default=False)
    locked_at = models.DateTimeField(null=True, blank=True)
    locked_reason = models.CharField(max_length=300, blank=True)
    # Comments on a page: number 1 is the page itself, so that none of them can be what the discussion begins with.
    is_comments = models.BooleanField(default=False)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")
        indexes = [
            models.Index(fields=["content_type", "object_id", "-is_pinned", "-last_at"], name="threads_newest_reply"),
            models.Index(fields=["-last_at"], name="threads_newest"),
            models.Index(fields=["author", "-created_at"], name="threads_of_member"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(locked_at=None) | ~Q(locked_reason=""), name="locked_thread_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return places.of_thread(self).path_of_thread(self)

    @property
    def called(self) -> str:
        """Its kind, in words."""
        return gettext("Comments") if self.is_comments else str(self.get_kind_display())

    @property
    def address(self) -> str:
        """`12-what-is-it-called`: the number leads there, the words are for people."""
        return f"{self.pk}-{slugify(self.title)[:60].strip('-')}".rstrip("-")

    @property
    def last_page(self) -> int:
        return max(1, -(-self.last_number // PAGE_SIZE))

    @property
    def is_locked(self) -> bool:
        return self.locked_at is not None

    @staticmethod
    def all_read_marks() -> models.QuerySet[AllRead]:
        """For `ThreadQuerySet`, which can import no model of its own module."""
        return AllRead.objects.all()


class Post(Moderated):
    MOST_LINKS = 10

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="posts")
    number = models.PositiveIntegerField()  # from 1, in the order of writing; never given twice
    reply_to = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replies")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="posts")
    language = models.CharField(_("language"), max_length=8)
    text = models.TextField(_("text"), max_length=20_000)  # Markdown, as it was written
    html = models.TextField(blank=True)  # of the text, made safe (discussions.markup)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    sent_key = models.CharField(max_length=32, blank=True)  # of the form it came from: sent twice, it is one post

    objects = PostQuerySet.as_manager()

    class Meta(Moderated.Meta):
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        indexes = [models.Index(fields=["author", "-created_at"], name="posts_of_member")]
        constraints = [
            *Moderated.Meta.constraints,
            models.UniqueConstraint(fields=["thread", "number"], name="post_number_once"),
            models.UniqueConstraint(fields=["author", "sent_key"], condition=~Q(sent_key=""), name="post_sent_once"),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"

    @property
    def anchor(self) -> str:
        return f"post-{self.pk}"

    @property
    def body(self) -> SafeString:
        return mark_safe(self.html)  # noqa: S308  (made safe by discussions.markup)

    @property
    def page(self) -> int:
        return (self.number - 1) // PAGE_SIZE + 1

    def get_absolute_url(self) -> str:
        query = f"?page={self.page}" if self.page > 1 else ""
        return f"{self.thread.get_absolute_url()}{query}#{self.anchor}"


class Edit(models.Model):
    """What a post said before it was changed."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="edits")
    text = models.TextField()
    language = models.CharField(max_length=8)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")  # who changed it
    at = models.DateTimeField(default=timezone.now)
    was_shown = models.BooleanField(default=True)  # what a moderator had hidden is no history for everybody

    class Meta:
        ordering = ["-at", "-pk"]


class PostTranslation(models.Model):
    """A post in another language, by a member who says so."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=8)
    text = models.TextField(_("text"), max_length=20_000)
    html = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="post_translations")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("translation of a post")
        verbose_name_plural = _("translations of posts")
        constraints = [models.UniqueConstraint(fields=["post", "language"], name="post_translated_once")]

    @property
    def body(self) -> SafeString:
        return mark_safe(self.html)  # noqa: S308  (made safe by discussions.markup)

    @property
    def is_outdated(self) -> bool:
        return self.post.edited_at is not None and self.post.edited_at > self.at


class Attachment(models.Model):
    """A file that came with a post, or a record of the portal that it names."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="attachments")
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, blank=True, related_name="post_attachments")
    content_type = models.ForeignKey(
        "contenttypes.ContentType", models.CASCADE, null=True, blank=True, related_name="+"
    )
    object_id = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False, content_type=None, object_id=None)
                | Q(file=None, content_type__isnull=False, object_id__isnull=False),
                name="attachment_is_a_file_or_a_record",
            )
        ]


class Mention(models.Model):
    post = models.ForeignKey(Post, models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "user"], name="mentioned_once")]


class Reading(models.Model):
    """How far a member has read a thread, and whether they follow it."""

    class Wish(models.TextChoices):
        NONE = "", _("Neither")
        FOLLOW = "follow", _("Following")
        MUTE = "mute", _("Muted")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="readings")
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="readings")
    read_to = models.PositiveIntegerField(default=0)  # number of the last post that stood on a page they saw
    wish = models.CharField(max_length=6, choices=Wish, default=Wish.NONE, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "thread"], name="read_once")]
        indexes = [models.Index(fields=["thread"], condition=Q(wish="follow"), name="thread_followers")]


class AllRead(About):
    """A member has seen whatever was written in a place until then."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "content_type", "object_id"], name="all_read_once")]


class Unsent(About):
    """What somebody typed and has not sent yet: in a place, as an answer in `thread` or the beginning of a new one.

    It is kept before anything is tried, so that whatever fails, text and files are still there.
    """

    KEPT = timedelta(days=30)

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="unsent_posts")
    thread = models.ForeignKey(Thread, models.CASCADE, null=True, blank=True, related_name="unsent")
    data = models.JSONField(default=dict)  # field of the form → what was typed, right or wrong
    files = models.ManyToManyField("files.StoredFile", blank=True, related_name="unsent_posts")
    updated_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = UnsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "thread"], condition=Q(thread__isnull=False), name="one_unsent_answer"
            ),
            models.UniqueConstraint(
                fields=["user", "content_type", "object_id"], condition=Q(thread=None), name="one_unsent_beginning"
            ),
        ]


class News(models.Model):
    """A post whose readers are not told of it yet. Deleted once they are."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="news")
    due_at = models.DateTimeField(default=timezone.now, db_index=True)
