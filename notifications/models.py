"""Every mail that leaves is a row first."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content.models import About
from notifications.letter_querysets import LetterQuerySet
from notifications.querysets import NoticeQuerySet


class Letter(models.Model):
    """One mail to one address for one occasion (docs/adr/0018-one-letter-once.md).

    What a dead worker left in `sending` is `unknown`: it may have been sent, so it is never sent again by itself.
    """

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("letter", "Planned")
        SENDING = "sending", pgettext_lazy("letter", "Being sent")
        SENT = "sent", pgettext_lazy("letter", "Sent")
        SKIPPED = "skipped", pgettext_lazy("letter", "Skipped")
        FAILED = "failed", pgettext_lazy("letter", "Refused")
        UNKNOWN = "unknown", pgettext_lazy("letter", "Unknown")
        BOUNCED = "bounced", pgettext_lazy("letter", "Returned")

    occasion = models.CharField(max_length=120)  # what it is about, once: "review-step:55"
    kind = models.CharField(max_length=30)  # key in notifications.kinds: may it be declined, how often
    address = models.EmailField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="letters")
    language = models.CharField(max_length=8)
    template = models.CharField(max_length=80)  # templates/letters/<template>.txt, .html, _subject.txt
    context = models.JSONField(default=dict, null=True)  # plain data: keys, texts, addresses; None once forgotten
    state = models.CharField(max_length=8, choices=State, default=State.PLANNED)
    reason = models.CharField(max_length=200, blank=True)  # a key of notifications.wording, or the server's own words
    due_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)  # how often the server asked to come back later
    created_at = models.DateTimeField(auto_now_add=True)
    claimed_by = models.BigIntegerField(null=True, blank=True)  # the round that has it: notifications.claims
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        constraints = [models.UniqueConstraint(fields=["occasion", "address"], name="one_letter_per_occasion")]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(state="planned", claimed_by=None), name="letter_due"),
            models.Index(fields=["claimed_by"], condition=Q(claimed_by__isnull=False), name="letter_claimed"),
            models.Index(fields=["kind", "state", "-id"], name="letter_counted"),
            models.Index(fields=["state", "-id"], name="letter_of_state"),
            models.Index(Lower("address"), name="letter_address"),
            models.Index(fields=["created_at"], condition=Q(context__isnull=False), name="letter_remembered"),
        ]

    def __str__(self) -> str:
        return f"{self.occasion} → {self.address}"

    def get_absolute_url(self) -> str:
        return reverse("notifications:letter", args=[self.pk])

    @property
    def is_forgotten(self) -> bool:
        return self.context is None


class Suppression(models.Model):
    """An address that gets no letters, since letters to it came back. Lifted rows stay, to know what happened."""

    class Reason(models.TextChoices):
        HARD = "hard", _("The address does not exist")
        SOFT = "soft", _("Three letters came back")
        COMPLAINT = "complaint", _("The reader called a letter unwanted")
        STAFF = "staff", _("An editor")

    address = models.EmailField()  # in small letters
    reason = models.CharField(max_length=9, choices=Reason)
    detail = models.CharField(max_length=200, blank=True)  # what the server said
    since = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("suspended address")
        verbose_name_plural = _("suspended addresses")
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["address"], condition=Q(lifted_at=None), name="suspended_once_at_a_time")
        ]

    def __str__(self) -> str:
        return self.address


class Bounce(models.Model):
    """A letter came back. `key` names the report, so that the same one told twice counts once."""

    class Kind(models.TextChoices):
        HARD = "hard", _("For good")
        SOFT = "soft", _("For now")
        COMPLAINT = "complaint", _("Unwanted")

    key = models.CharField(max_length=100, unique=True)
    letter = models.ForeignKey(Letter, models.SET_NULL, null=True, blank=True, related_name="bounces")
    address = models.EmailField()  # in small letters
    kind = models.CharField(max_length=9, choices=Kind)
    detail = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("returned letter")
        verbose_name_plural = _("returned letters")
        indexes = [models.Index(fields=["address", "kind", "at"], name="bounces_of_address")]


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
    reasons = models.JSONField(default=list)  # what it was followed for: "country:12"
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
