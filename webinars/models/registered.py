"""Who registered for a webinar, and which rounds of reminders there were."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from webinars.models.announced import Webinar
from webinars.querysets import HELD, RegistrationQuerySet

SECTOR_LENGTH = 13
__all__ = ["HELD", "Registration", "ReminderRound"]


def registration_key() -> str:
    """In the personal link: whoever holds it is that person, and nobody guesses it."""
    return get_random_string(32, "abcdefghijkmnpqrstuvwxyz23456789")


class Registration(models.Model):
    """One person, by address, in one webinar. Whoever registers again has the row there is.

    After some months name and address go; country, sector and state stay, to be counted.
    """

    class State(models.TextChoices):
        IN = "in", pgettext_lazy("registration", "Registered")
        WAITING = "waiting", pgettext_lazy("registration", "On the waiting list")
        OFFERED = "offered", pgettext_lazy("registration", "A place is offered")
        LAPSED = "lapsed", pgettext_lazy("registration", "The offer ran out")
        CANCELLED = "cancelled", pgettext_lazy("registration", "Cancelled")

    class Sector(models.TextChoices):
        GOVERNMENT = "government", _("Government")
        INTERNATIONAL = "international", _("International organisation")
        NGO = "ngo", _("Non-governmental organisation")
        RESEARCH = "research", _("Research and academia")
        PRIVATE = "private", _("Private sector")
        OTHER = "other", pgettext_lazy("sector", "Other")

    webinar = models.ForeignKey(Webinar, models.CASCADE, related_name="registrations")
    key = models.CharField(max_length=32, unique=True, default=registration_key, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="registrations"
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("email"), blank=True)  # in small letters
    country = models.ForeignKey("taxonomy.Country", models.SET_NULL, null=True, blank=True, related_name="+")
    sector = models.CharField(_("sector"), max_length=SECTOR_LENGTH, choices=Sector, blank=True)
    language = models.CharField(max_length=8)
    zone = models.CharField(max_length=40, default="UTC")
    state = models.CharField(max_length=9, choices=State)
    consented_at = models.DateTimeField(default=timezone.now)
    consent_version = models.CharField(max_length=20)
    registered_at = models.DateTimeField(default=timezone.now)  # last time they did: the place in the queue
    confirmed_at = models.DateTimeField(null=True, blank=True)  # somebody who reads that address said that it is theirs
    offered_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # cancelled by them, or their offer ran out
    letters = models.PositiveSmallIntegerField(default=0)  # confirmations sent to the address

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["registered_at", "pk"]
        indexes = [models.Index(fields=["webinar", "state", "registered_at"], name="registration_in_order")]
        constraints = [
            models.UniqueConstraint(fields=["webinar", "email"], condition=~Q(email=""), name="registered_once"),
            models.CheckConstraint(
                condition=~Q(state="offered") | Q(offered_until__isnull=False), name="registration_offered_until"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.webinar_id})"

    def get_absolute_url(self) -> str:
        return reverse("webinars:own", args=[self.webinar.slug, self.key])

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None

    @property
    def is_in(self) -> bool:
        return self.state == self.State.IN

    @property
    def waits(self) -> bool:
        return self.state == self.State.WAITING

    def is_offered_at(self, moment: datetime) -> bool:
        return self.state == self.State.OFFERED and self.offered_until is not None and moment < self.offered_until


class ReminderRound(models.Model):
    """The reminders of one kind for one time of a webinar were planned: once, whoever wakes the planner how often.

    `sequence` is the webinar's: one that was moved is reminded of anew. Of its recording people are told once.
    """

    class Kind(models.TextChoices):
        WEEK = "week"
        DAY = "day"
        HOUR = "hour"
        RECORDING = "tape"

    webinar = models.ForeignKey(Webinar, models.CASCADE, related_name="reminder_rounds")
    kind = models.CharField(max_length=4, choices=Kind)
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    number = models.PositiveIntegerField(default=0)  # of letters that were planned

    class Meta:
        constraints = [models.UniqueConstraint(fields=["webinar", "kind", "sequence"], name="reminded_once")]
