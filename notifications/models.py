"""Every mail that leaves is a row first."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


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
