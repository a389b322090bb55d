"""People who work on the same problem, and what they keep together."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communities.querysets import (
    CommunityDocumentQuerySet,
    CommunityQuerySet,
    InvitationQuerySet,
    MembershipQuerySet,
    ShelfItemQuerySet,
    quiet_since,
)
from content.models import About, Classified, Entry


class Community(Classified, Entry):
    """Its request is decided by editors like any record; published, it lives by its members."""

    class Access(models.TextChoices):
        OPEN = "open", pgettext_lazy("community", "Open")
        REQUEST = "request", pgettext_lazy("community", "By request")
        PRIVATE = "private", pgettext_lazy("community", "Private")

    class Activity(models.TextChoices):
        ACTIVE = "active", pgettext_lazy("community", "Active")
        QUIET = "quiet", pgettext_lazy("community", "Quiet")
        ARCHIVED = "archived", pgettext_lazy("community", "Archived")

    RESERVED_SLUGS = ("new", "feed", "values", "mine", "invitations", "shelve")

    name = models.CharField(_("name"), max_length=160)
    purpose = models.TextField(_("purpose"), max_length=1000)  # one paragraph, on its front
    about = models.TextField(_("about"), max_length=10_000, blank=True)  # Markdown
    audience = models.TextField(_("who it is for"), max_length=1000, blank=True)
    plan = models.TextField(_("plan for the first year"), max_length=4000, blank=True)  # for editors and admins
    access = models.CharField(_("who may join"), max_length=7, choices=Access, default=Access.OPEN)
    languages = models.JSONField(_("languages"), default=list)  # spoken there: ["en", "fr"]
    question = models.CharField(_("question to who asks to join"), max_length=300, blank=True)
    organisations = models.ManyToManyField(
        "stakeholders.Organisation", blank=True, related_name="communities", verbose_name=_("organised by")
    )
    last_activity_at = models.DateTimeField(default=timezone.now)  # anything: a post, a document, somebody new
    archived_at = models.DateTimeField(null=True, blank=True)
    archived_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    archived_reason = models.TextField(blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)  # its admins were asked whether it goes on

    objects = CommunityQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = _("community")
        verbose_name_plural = _("communities")
        indexes = [models.Index(fields=["status", "access", "-last_activity_at"], name="community_by_activity")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("communities:detail", args=[self.slug])

    @property
    def activity(self) -> str:
        """Active: anything in three months. The report counts by the same rule (CommunityQuerySet.active)."""
        if self.archived_at:
            return self.Activity.ARCHIVED
        return self.Activity.ACTIVE if self.last_activity_at >= quiet_since() else self.Activity.QUIET

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    @property
    def is_open(self) -> bool:
        return self.access == self.Access.OPEN

    @property
    def is_private(self) -> bool:
        return self.access == self.Access.PRIVATE

    @property
    def is_listed(self) -> bool:
        """Whether everybody may know of it (CommunityQuerySet.listed)."""
        return self.is_published and not self.is_private


class Membership(models.Model):
    """One person in one community. The row stays when they go, and is theirs again when they come back."""

    class Role(models.TextChoices):
        MEMBER = "member", pgettext_lazy("in a community", "Member")
        FACILITATOR = "facilitator", pgettext_lazy("in a community", "Facilitator")
        ADMIN = "admin", pgettext_lazy("in a community", "Administrator")

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("in a community", "Asked to join")
        IN = "in", pgettext_lazy("in a community", "Member")
        DECLINED = "declined", pgettext_lazy("in a community", "Declined")
        LEFT = "left", pgettext_lazy("in a community", "Left")
        REMOVED = "removed", pgettext_lazy("in a community", "Removed")
        BANNED = "banned", pgettext_lazy("in a community", "Banned")

    community = models.ForeignKey(Community, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=11, choices=Role, default=Role.MEMBER)
    state = models.CharField(max_length=8, choices=State)
    answer = models.TextField(_("answer"), max_length=1000, blank=True)  # to the question of who asks to join
    asked_at = models.DateTimeField(null=True, blank=True)
    joined_at = models.DateTimeField(null=True, blank=True)
    conduct_version = models.CharField(max_length=20, blank=True)  # of the code of conduct they accepted
    conduct_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)  # why they were declined or removed; they are told
    wanted = models.CharField(max_length=500, blank=True)  # path inside, where somebody was going who had to ask first
    is_paused: bool  # of rows that were read `with_pause()`

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        indexes = [
            models.Index(fields=["community", "state", "-joined_at"], name="members_newest_first"),
            models.Index(fields=["user", "state"], name="communities_of_member"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["community", "user"], name="member_once"),
            models.CheckConstraint(
                condition=~Q(state="in")
                | (Q(joined_at__isnull=False, conduct_at__isnull=False) & ~Q(conduct_version="")),
                name="member_accepted_the_code_of_conduct",
            ),
            models.CheckConstraint(condition=Q(state="in") | Q(role="member"), name="only_members_have_a_role"),
        ]


def invitation_key() -> str:
    return get_random_string(24, "abcdefghijklmnopqrstuvwxyz0123456789")


def invitation_end() -> datetime:
    return timezone.now() + Invitation.HOLDS


class Invitation(models.Model):
    """Somebody was asked to come in: a member by name, or whoever holds the letter that went to an address.

    Nobody who invites learns whether an address has an account.
    """

    HOLDS = timedelta(days=30)

    community = models.ForeignKey(Community, models.CASCADE, related_name="invitations")
    address = models.EmailField(_("email address"), blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="invitations_received"
    )
    role = models.CharField(_("role"), max_length=11, choices=Membership.Role, default=Membership.Role.MEMBER)
    language = models.CharField(_("language of the letter"), max_length=8)
    note = models.TextField(_("a few words of your own"), max_length=1000, blank=True)
    key = models.CharField(max_length=24, unique=True, default=invitation_key, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="invitations_sent")
    at = models.DateTimeField(default=timezone.now)  # it was sent last
    expires_at = models.DateTimeField(default=invitation_end)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="invitations_accepted"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                "community",
                Lower("address"),
                condition=Q(accepted_at=None, withdrawn_at=None) & ~Q(address=""),
                name="invited_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["community", "user"],
                condition=Q(accepted_at=None, withdrawn_at=None),
                name="member_invited_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(user=None) ^ Q(address=""), name="invitation_goes_to_an_address_or_a_member"
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("communities:invitation", args=[self.key])

    @property
    def holds(self) -> bool:
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > timezone.now()


class Folder(models.Model):
    community = models.ForeignKey(Community, models.CASCADE, related_name="folders")
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]
        verbose_name = _("folder")
        verbose_name_plural = _("folders")
        constraints = [models.UniqueConstraint("community", Lower("name"), name="folder_name_once")]

    def __str__(self) -> str:
        return self.name


class Document(models.Model):
    """A file that a community keeps for itself, in versions under one address."""

    RESTORABLE = timedelta(days=30)  # after it was removed

    community = models.ForeignKey(Community, models.CASCADE, related_name="documents")
    folder = models.ForeignKey(
        Folder, models.SET_NULL, null=True, blank=True, related_name="documents", verbose_name=_("folder")
    )
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=8)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="community_documents")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    removed_reason = models.TextField(blank=True)

    objects = CommunityDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = [
            models.Index(fields=["community", "-updated_at"], name="documents_newest_first"),
            models.Index(fields=["community", "folder", "-updated_at"], name="documents_of_folder"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at=None) | ~Q(removed_reason=""), name="removed_document_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("communities:document", args=[self.community.slug, self.pk])

    @property
    def current(self) -> DocumentVersion | None:
        """None once the files of a removed document were deleted."""
        return next(iter(self.versions.all()), None)

    @property
    def deleted_at(self) -> datetime | None:
        """When the files of a removed document go for good."""
        return self.removed_at + self.RESTORABLE if self.removed_at else None

    @property
    def is_restorable(self) -> bool:
        return self.removed_at is not None and self.current is not None


class DocumentVersion(models.Model):
    document = models.ForeignKey(Document, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="community_versions")
    note = models.CharField(_("what is new"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of documents")
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="document_version_once")]


class ShelfItem(About):
    """A record of the portal that a community recommends to its members."""

    community = models.ForeignKey(Community, models.CASCADE, related_name="shelf")
    note = models.CharField(_("why it is worth reading"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="shelved")
    at = models.DateTimeField(default=timezone.now)

    objects = ShelfItemQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        indexes = [models.Index(fields=["content_type", "object_id"], name="shelves_of_record")]
        constraints = [models.UniqueConstraint(fields=["community", "content_type", "object_id"], name="shelved_once")]
