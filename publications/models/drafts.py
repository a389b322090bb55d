"""What members prepare for the library, and what communities proposed to it."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from publications.models.library import Document, Publication
from publications.querysets import KEPT, DraftQuerySet


def draft_key() -> str:
    """Stands in the draft's address and says nothing of how many there are."""
    return get_random_string(16, "abcdefghijklmnopqrstuvwxyz0123456789")


class Draft(models.Model):
    """What a member is preparing: a new publication, the revision of one in review, or a correction of a published one.

    It holds what was typed as it was typed, right or wrong. The publication is touched only when the draft is sent
    and, for a correction, accepted.
    """

    class Beginning(models.TextChoices):
        FILE = "file", _("A file")
        REFERENCE = "reference", _("A reference")
        LINK = "link", _("A link")
        BLANK = "blank", _("A blank form")
        RECORD = "record", _("A publication")

    class Step(models.TextChoices):
        FILE = "file", _("File")
        DETAILS = "details", _("Details")
        CHECK = "check", _("Check and send")

    key = models.CharField(max_length=16, unique=True, default=draft_key, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    begun_with = models.CharField(max_length=9, choices=Beginning)
    step = models.CharField(max_length=7, choices=Step, default=Step.DETAILS)
    data = models.JSONField(default=dict)  # field of the form → values, as a browser sends them
    guessed = models.JSONField(default=list)  # fields that a program filled and nobody looked at yet
    others = models.JSONField(default=list)  # similar publications that the member says are other ones
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, blank=True, related_name="drafts")
    publication = models.ForeignKey(Publication, models.CASCADE, null=True, blank=True, related_name="drafts")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)  # what it says became what the publication says
    before = models.JSONField(default=dict)  # what stood there, so that it can be taken out again

    objects = DraftQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at"]
        indexes = [models.Index(fields=["owner", "-updated_at"], name="draft_of_owner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(applied_at__isnull=True) | Q(sent_at__isnull=False), name="draft_applied_after_it_was_sent"
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(publication__isnull=False), name="draft_sent_has_a_publication"
            ),
            models.UniqueConstraint(
                fields=["owner", "publication"],
                condition=Q(sent_at__isnull=True),
                name="one_unsent_draft_per_owner_and_publication",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.get_begun_with_display()

    def get_absolute_url(self) -> str:
        return reverse(f"publications:draft_{self.step}", args=[self.key])

    @property
    def title(self) -> str:
        return " ".join(self.first("title").split())

    @property
    def kept_until(self) -> datetime:
        return self.updated_at + KEPT

    @property
    def days_left(self) -> int:
        return max((self.kept_until - timezone.now()).days, 0)

    @property
    def replaced(self) -> Document | None:
        """The document of its publication that the file would replace."""
        return (
            self.publication.documents.current().filter(pk=self.first("replaces") or 0).first()
            if self.publication
            else None
        )

    def first(self, field: str) -> str:
        return (self.data.get(field) or [""])[0]


class Proposal(models.Model):
    """A document of a community on its way into the library: as a draft, and once that was sent as a publication."""

    document = models.OneToOneField("communities.Document", models.CASCADE, related_name="proposal")
    draft = models.OneToOneField(Draft, models.CASCADE, null=True, related_name="proposal")
    publication = models.ForeignKey(Publication, models.CASCADE, null=True, related_name="proposals")
    shelved_at = models.DateTimeField(null=True)  # put on the community's shelf once, whatever members do there then

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            models.CheckConstraint(
                condition=Q(draft__isnull=False, publication=None) | Q(draft=None, publication__isnull=False),
                name="proposal_is_a_draft_or_a_publication",
            )
        ]
