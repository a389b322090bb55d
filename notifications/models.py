"""Every mail that leaves is a row first."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from content.models import About
from notifications.querysets import NoticeQuerySet


class Letter(models.Model):
    """One mail to one address for one occasion. A worker claims it, commits, sends, commits again.

    What a dead worker left in `sending` is `unknown`: it may have been sent, so it is never sent again by itself.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        SKIPPED = "skipped", _("Skipped")
        FAILED = "failed", _("Refused by the mail server")
        UNKNOWN = "unknown", _("Unknown")
        BOUNCED = "bounced", _("Returned")

    occasion = models.CharField(max_length=120)  # what it is about, once: "review-step:55"
    kind = models.CharField(max_length=30)  # key in notifications.kinds: may it be declined, how often
    address = models.EmailField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="letters")
    language = models.CharField(max_length=8)
    template = models.CharField(max_length=80)  # templates/letters/<template>.txt, .html, _subject.txt
    context = models.JSONField(default=dict)  # plain data: keys, texts, addresses
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    reason = models.CharField(max_length=200, blank=True)  # why it was skipped, refused or returned
    due_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(auto_now_add=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [models.UniqueConstraint(fields=["occasion", "address"], name="one_letter_per_occasion")]
        indexes = [models.Index(fields=["state", "due_at"], name="letter_due")]


class Preference(models.Model):
    """What a member chose, where it differs from what everybody gets. Who chose nothing has no row."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="letter_preference")
    frequencies = models.JSONField(default=dict)  # key of a kind → notifications.kinds.Frequency
    plain_text_only = models.BooleanField(_("Plain text only"), default=False)
    paused_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("choice of letters")
        verbose_name_plural = _("choices of letters")


class Follow(About):
    """A member wants to hear what is new about a topic, a country, a region…"""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "content_type", "object_id"], name="followed_once"),
        ]
        indexes = [models.Index(fields=["content_type", "object_id"], name="followers_of")]


class Announcement(About):
    """A record became public and its followers are not told yet. Deleted once they are."""

    due_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="announced_once_at_a_time"),
        ]


class Notice(models.Model):
    """Something a member is told: on their page at once, and by letter as they chose.

    `summary_due_at` is when the summary that gathers it leaves; empty when no summary does. Rows decide what is due,
    so that a worker that was down loses nothing.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=30)
    occasion = models.CharField(max_length=120)
    template = models.CharField(max_length=80)  # its subject is the notice's text: letters/<template>_subject.txt
    context = models.JSONField(default=dict)
    content_type = models.ForeignKey(ContentType, models.CASCADE, null=True, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True)
    record = GenericForeignKey()
    reasons = models.JSONField(default=list)  # what it was followed for: notifications.following.reason_of
    shown_from = models.DateTimeField(default=timezone.now)  # a decision may be taken back until then
    read_at = models.DateTimeField(null=True, blank=True)
    summary_due_at = models.DateTimeField(null=True, blank=True)
    summary = models.ForeignKey(Letter, models.SET_NULL, null=True, blank=True, related_name="gathered")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-shown_from", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "occasion"], name="told_once_per_occasion")]
        indexes = [
            models.Index(fields=["user", "-shown_from", "-id"], name="notices_of_a_member"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notices_unread"),
            models.Index(fields=["summary_due_at"], condition=Q(summary=None), name="notices_to_gather"),
            models.Index(fields=["occasion"], name="notices_of_an_occasion"),
        ]
