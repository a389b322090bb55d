"""People. Sign-up, profiles and privacy build on this one row."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields) -> User:
        """Raises ValueError without an email address. Without a password, nobody can sign in by password."""
        if not email:
            raise ValueError("A member needs an email address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    @transaction.atomic
    def create_superuser(self, email: str, password: str | None = None, **fields) -> User:
        """An administrator whose address counts as confirmed: whoever runs this command is trusted to know it."""
        user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        user.emailaddress_set.create(email=user.email.lower(), verified=True, primary=True)
        user.groups.add(Group.objects.get_or_create(name="administrator")[0])
        return user

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("email address"), unique=True)
    display_name = models.CharField(_("name"), max_length=120)
    language = models.CharField(_("language"), max_length=8, default="en")
    time_zone = models.CharField(_("time zone"), max_length=40, default="UTC", help_text="IANA")
    is_staff = models.BooleanField(_("editor"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    erased_at = models.DateTimeField(_("account deleted"), null=True, blank=True, editable=False)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(
                Lower("email"), name="email_once_whatever_its_case", violation_error_message=_("This email is taken.")
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(is_active=False, display_name=""),
                name="former_member_has_no_name",
            ),
        ]

    def __str__(self) -> str:
        return gettext("Former member") if self.is_former else self.display_name or self.email

    @property
    def is_former(self) -> bool:
        """The account was deleted: the row stays for what they shared and for counts, and says nobody."""
        return self.erased_at is not None

    @property
    def initials(self) -> str:
        words = self.display_name.split() or [self.email]
        return "".join(word[0] for word in dict.fromkeys([words[0], words[-1]])).upper()

    def get_full_name(self) -> str:
        return gettext("Former member") if self.is_former else self.display_name

    def get_short_name(self) -> str:
        return self.get_full_name()


class Consent(models.Model):
    """Somebody said yes or no to one purpose. Rows are added, never changed: the newest counts, all are proof."""

    user = models.ForeignKey(User, models.CASCADE, null=True, blank=True, related_name="consents")
    address = models.EmailField(blank=True)  # of somebody without an account
    purpose = models.CharField(max_length=30)  # key in members.consents
    given = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)
    version = models.CharField(max_length=20)  # of the text that was shown
    language = models.CharField(max_length=8)  # it was shown in
    source = models.CharField(max_length=200)  # path of the page

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["user", "purpose", "-at"], name="consent_of_member"),
            models.Index(fields=["address", "purpose", "-at"], condition=~Q(address=""), name="consent_of_address"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(user__isnull=False) | ~Q(address=""), name="consent_is_somebodys")
        ]


class DataExport(models.Model):
    """A member's wish to have everything about them in one file. A worker claims it and says how far it got."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")

    user = models.ForeignKey(User, models.CASCADE, related_name="exports")
    state = models.CharField(max_length=7, choices=State, default=State.PLANNED)
    language = models.CharField(max_length=8)
    path = models.CharField(max_length=100, blank=True)  # in storage; new for each try
    size = models.PositiveBigIntegerField(default=0)  # bytes
    parts = models.PositiveSmallIntegerField(default=0)
    parts_done = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(default=timezone.now)
    touched_at = models.DateTimeField(null=True, blank=True)  # last sign of the worker
    ready_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True, db_index=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "asked_at"], condition=Q(state__in=["planned", "running"]), name="export_due")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(state__in=["planned", "running"]), name="one_export_at_a_time"
            )
        ]

    @property
    def is_unfinished(self) -> bool:
        return self.state in (self.State.PLANNED, self.State.RUNNING)

    @property
    def is_late(self) -> bool:
        """No worker took it though the schedule has come round."""
        return self.state == self.State.PLANNED and timezone.now() - self.asked_at > timedelta(minutes=3)
