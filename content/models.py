"""What every content type shares: a record's life, its terms, its translations, its readers."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager

from content import registry
from content.addresses import plain
from content.querysets import CaseQuerySet, EntryQuerySet, OldAddressQuerySet


class Entry(models.Model):
    """A record with a life: draft → in review ⇄ changes asked → published → withdrawn."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        IN_REVIEW = "in_review", _("In review")
        CHANGES_ASKED = "changes_asked", _("Changes asked")
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    slug = models.SlugField(max_length=120, unique=True, help_text=_("Part of the address. It never changes."))
    status = models.CharField(_("status"), max_length=13, choices=Status, default=Status.DRAFT)
    original_language = models.CharField(_("original language"), max_length=8, default="en")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="%(class)ss",
        verbose_name=_("shared by"),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(_("published here"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.TextField(_("reason for withdrawal"), blank=True)
    view_count = models.PositiveIntegerField(default=0, editable=False)
    download_count = models.PositiveIntegerField(default=0, editable=False)

    RESERVED_SLUGS: tuple[str, ...] = ()  # last parts of addresses that are pages of their own

    objects = EntryQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False), name="%(class)s_published_has_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | (Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason="")),
                name="%(class)s_withdrawn_has_a_time_and_a_reason",
            ),
        ]

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED


class Classified(models.Model):
    """A record that carries terms of the shared vocabulary."""

    topics = models.ManyToManyField("taxonomy.Topic", blank=True, related_name="%(class)ss", verbose_name=_("topics"))
    countries = models.ManyToManyField(
        "taxonomy.Country", blank=True, related_name="%(class)ss", verbose_name=_("countries")
    )
    regions = models.ManyToManyField(
        "taxonomy.Region", blank=True, related_name="%(class)ss", verbose_name=_("regions")
    )
    goals = models.ManyToManyField(
        "taxonomy.Goal", blank=True, related_name="%(class)ss", verbose_name=_("Sustainable Development Goals")
    )
    tags = TaggableManager(through="taxonomy.Tagging", blank=True, verbose_name=_("tags"))

    class Meta:
        abstract = True


class About(models.Model):
    """A row about a record of any type."""

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    record = GenericForeignKey()

    class Meta:
        abstract = True


class Case(About):
    """Something of a member's that an editor decides: a new record, a correction, or one published at once.

    `turn` counts what happened to it. A form carries the turn it was made for, so that of two editors who decide at
    the same time the second is told, and nothing is decided twice.
    """

    class Subject(models.TextChoices):
        NEW = "new", _("New")
        CORRECTION = "correction", _("Correction")
        LOOK = "look", _("Published, to review")  # by somebody we trust

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting for an editor")
        WITH_MEMBER = "with_member", _("Waiting for the member")
        DECIDED = "decided", _("Decided")

    class Decision(models.TextChoices):
        PUBLISHED = "published", _("Published")
        KEPT = "kept", _("Fine as it is")
        CHANGES_ASKED = "changes_asked", _("Changes asked")
        DUPLICATE = "duplicate", _("Duplicate")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    kind = models.CharField(max_length=20)  # key in content.registry
    subject = models.CharField(max_length=10, choices=Subject, default=Subject.NEW)
    state = models.CharField(max_length=11, choices=State, default=State.WAITING)
    language = models.CharField(max_length=8)  # the record is written in: editors choose by it
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="cases")
    opened_at = models.DateTimeField(auto_now_add=True)
    waiting_since = models.DateTimeField()  # the promise is counted from the last sending
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    claimed_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=13, choices=Decision, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    duplicate_of = models.PositiveBigIntegerField(null=True, blank=True)  # a record of the same type
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)  # what taking the decision back restores
    turn = models.PositiveIntegerField(default=1)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["waiting_since", "pk"]
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [
            models.Index(fields=["state", "waiting_since"], name="case_oldest_first"),
            models.Index(fields=["state", "-decided_at"], name="case_decided_last"),
            models.Index(fields=["content_type", "object_id"], name="case_of_record"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "subject"],
                condition=~Q(state="decided"),
                name="one_open_case_per_record_and_subject",
            )
        ]

    @property
    def duplicate_path(self) -> str:
        """The permanent path of the record that was here already."""
        return f"/p/{registry.get(self.kind).short}{self.duplicate_of}" if self.duplicate_of else ""


class ReviewStep(About):
    """One step of a record's life: who did what, when, and what was said."""

    class Kind(models.TextChoices):
        STARTED = "started", _("Draft started")
        SENT = "sent", _("Sent for review")
        CHANGES_ASKED = "changes_asked", _("Changes asked")
        SAID = "said", _("Message")
        PUBLISHED = "published", _("Published")
        KEPT = "kept", _("Fine as it is")
        DECLINED = "declined", _("Declined")
        DUPLICATE = "duplicate", _("Duplicate")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        UNDONE = "undone", _("Decision taken back")
        EDITED = "edited", _("Edited")

    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="steps")
    kind = models.CharField(max_length=13, choices=Kind, default=Kind.EDITED)
    status = models.CharField(max_length=13, choices=Entry.Status)  # of the record after the step
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id", "at"])]


class TranslationState(About):
    """How far one field of a record is translated into one language."""

    class Origin(models.TextChoices):
        HUMAN = "human", _("Translated by a person")
        MACHINE = "machine", _("Translated by a machine")

    language = models.CharField(max_length=8)
    field = models.CharField(max_length=40)
    origin = models.CharField(max_length=7, choices=Origin, default=Origin.HUMAN)
    updated_at = models.DateTimeField()
    outdated_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "language", "field"], name="one_state_per_field_and_language"
            )
        ]


class Visit(About):
    """Somebody read or downloaded a record today. The visitor is a hash that cannot be undone after the day."""

    class Kind(models.TextChoices):
        VIEW = "view", _("View")
        DOWNLOAD = "download", _("Download")

    kind = models.CharField(max_length=8, choices=Kind)
    day = models.DateField()
    visitor = models.CharField(max_length=22)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "visitor", "kind", "content_type", "object_id"], name="counted_once_a_day"
            )
        ]


class DailySalt(models.Model):
    """The secret of one day's visitor hashes, deleted with them."""

    day = models.DateField(primary_key=True)
    salt = models.CharField(max_length=64)


class OldAddress(models.Model):
    """An address of the former platform and where it leads now. Staff edit this table."""

    path = models.CharField(
        _("old address"), max_length=500, unique=True, help_text=_("Without host, decoded: /discover/publications/…")
    )
    target = models.CharField(
        _("leads to"), max_length=500, help_text=_("Without language: /discover/publications/…/ or /p/p12")
    )
    hits = models.PositiveIntegerField(_("hits"), default=0, editable=False)
    last_hit_at = models.DateTimeField(_("last hit"), null=True, editable=False)

    objects = OldAddressQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        constraints = [models.CheckConstraint(condition=~Q(path=F("target")), name="old_address_leads_elsewhere")]

    def __str__(self) -> str:
        return self.path

    def clean(self) -> None:
        """What people paste is as a browser shows it; what is looked up is not."""
        self.path = plain(self.path)
        first = self.target.strip("/").split("/")[0]
        if not self.target.startswith("/") or self.target.startswith("//") or first in dict(settings.LANGUAGES):
            raise ValidationError(
                {"target": _("Begin with / and leave out host and language: /discover/publications/…")}
            )
