"""A webinar as it is announced: when, by whom, with whom, in which series."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content import zones
from content.models import Classified, Entry
from webinars.models.asked import ASKED_WITHIN
from webinars.querysets import PanellistQuerySet, SeriesQuerySet, WebinarQuerySet

if TYPE_CHECKING:
    from content.zones import Reading

SOON = timedelta(minutes=15)  # before the start: the door opens
PREPARED_WITHIN = timedelta(days=30)  # after the end: what is not there by then is not being prepared


def room_key() -> str:
    """Names a room at a provider: nobody guesses it."""
    return get_random_string(24, "abcdefghijkmnpqrstuvwxyz23456789")


class Series(models.Model):
    """Webinars on one subject, with a page and a calendar of their own. Editors keep them."""

    slug = models.SlugField(max_length=80, unique=True, help_text=_("Part of the address. It never changes."))
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), max_length=4000, blank=True)
    community = models.ForeignKey(
        "communities.Community", models.PROTECT, null=True, blank=True, related_name="webinar_series"
    )
    organisations = models.ManyToManyField(
        "stakeholders.Organisation", blank=True, related_name="webinar_series", verbose_name=_("organised by")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = SeriesQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("webinar series")
        verbose_name_plural = pgettext_lazy("plural", "webinar series")

    def __str__(self) -> str:
        return self.title or self.slug

    def get_absolute_url(self) -> str:
        return reverse("webinars:series", args=[self.slug])


class Webinar(Classified, Entry):
    """Its state follows from the clock and its rows, and is stored nowhere."""

    class State(models.TextChoices):
        UPCOMING = "upcoming", pgettext_lazy("webinar", "Upcoming")
        SOON = "soon", pgettext_lazy("webinar", "Starts soon")
        LIVE = "live", pgettext_lazy("webinar", "Live now")
        PREPARING = "preparing", pgettext_lazy("webinar", "Recording is being prepared")
        COMPLETE = "complete", pgettext_lazy("webinar", "Past webinar")
        CANCELLED = "cancelled", pgettext_lazy("webinar", "Cancelled")

    class Provider(models.TextChoices):
        LINK = "link", _("A link of any service")
        JITSI = "jitsi", _("Jitsi, a room of its own")
        BIGBLUEBUTTON = "bigbluebutton", _("BigBlueButton, a room of its own")

    RESERVED_SLUGS = ("feed", "values", "calendar", "new")

    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("in one or two sentences"), max_length=600, blank=True)
    about = models.TextField(_("more about it"), max_length=10_000, blank=True)  # Markdown
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    zone = models.CharField(_("time zone"), max_length=40, default="UTC", help_text="IANA")  # organisers type in it
    cities = models.JSONField(_("cities whose clocks are shown"), default=list, blank=True)  # names of zones
    series = models.ForeignKey(
        Series, models.PROTECT, null=True, blank=True, related_name="webinars", verbose_name=_("series")
    )
    community = models.ForeignKey(  # protected: without a private one, what it hides would be everybody's
        "communities.Community",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="webinars",
        verbose_name=_("community"),
    )
    organisations = models.ManyToManyField(
        "stakeholders.Organisation", blank=True, related_name="webinars", verbose_name=_("organised by")
    )
    spoken = models.JSONField(_("languages spoken"), default=list)  # ["en"]
    interpreted = models.JSONField(_("languages it is interpreted into"), default=list, blank=True)
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True, help_text=_("Empty: no limit."))
    provider = models.CharField(_("where people meet"), max_length=13, choices=Provider, default=Provider.LINK)
    meeting_link = models.URLField(_("link of the meeting"), max_length=500, blank=True)
    room = models.CharField(max_length=24, default=room_key, editable=False, unique=True)
    # Rises with each change of the time and with the cancellation: calendars know by it what is newer (RFC 5545).
    sequence = models.PositiveIntegerField(default=0, editable=False)
    moved_at = models.DateTimeField(null=True, blank=True, editable=False)
    recorded_at = models.DateTimeField(null=True, blank=True, editable=False)  # the first recording was brought
    summary_post = models.OneToOneField(  # on the blog, drafted or public
        "blog.BlogPost", models.SET_NULL, null=True, blank=True, editable=False, related_name="summed_up"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancelled_reason = models.TextField(_("reason for the cancellation"), blank=True, editable=False)

    objects = WebinarQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = _("webinar")
        verbose_name_plural = _("webinars")
        ordering = ["-starts_at", "-pk"]
        indexes = [
            models.Index(fields=["status", "starts_at"], name="webinar_by_start"),
            models.Index(fields=["status", "ends_at"], name="webinar_by_end"),
            models.Index(fields=["series", "status", "ends_at"], name="webinar_of_series"),
        ]
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="webinar_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(capacity__isnull=True) | Q(capacity__gt=0), name="webinar_has_a_place_or_no_limit"
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(cancelled_reason=""), name="webinar_cancelled_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.slug

    def get_absolute_url(self) -> str:
        return reverse("webinars:detail", args=[self.slug])

    # ----- what the clock makes of it

    def state_at(self, moment: datetime) -> State:
        if self.cancelled_at:
            return self.State.CANCELLED
        if moment < self.starts_at - SOON:
            return self.State.UPCOMING
        if moment < self.starts_at:
            return self.State.SOON
        if moment < self.ends_at:
            return self.State.LIVE
        is_waited_for = self.recorded_at is None and moment < self.ends_at + PREPARED_WITHIN
        return self.State.PREPARING if is_waited_for else self.State.COMPLETE

    @property
    def state(self) -> State:
        return self.state_at(timezone.now())

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def is_ahead(self) -> bool:
        """Whether it has still to begin, and will."""
        return self.cancelled_at is None and self.starts_at > timezone.now()

    @property
    def is_door_open(self) -> bool:
        """Whether those who registered are let in."""
        now = timezone.now()
        return self.cancelled_at is None and self.starts_at - SOON <= now < self.ends_at

    @property
    def takes_questions(self) -> bool:
        """From its announcement until some days after its end."""
        return self.is_published and self.cancelled_at is None and timezone.now() < self.ends_at + ASKED_WITHIN

    @property
    def changes_at(self) -> datetime | None:
        """When its state is another by the clock alone."""
        now = timezone.now()
        steps = (
            self.starts_at - SOON,
            self.starts_at,
            self.ends_at,
            self.ends_at + ASKED_WITHIN,
            self.ends_at + PREPARED_WITHIN,
        )
        return next((step for step in steps if step > now), None)

    # ----- what its rows make of it

    @property
    def is_private(self) -> bool:
        """Whether only members of its community may know of it."""
        return self.community is not None and self.community.is_private

    @property
    def is_listed(self) -> bool:
        """Whether everybody may know of it (WebinarQuerySet.published)."""
        return self.is_published and not self.is_private

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def shown_cities(self) -> list[str]:
        """The zones of the cities whose clocks its page shows."""
        return self.cities or list(settings.WEBINAR_CITIES)

    @property
    def languages(self) -> list[str]:
        """Those one can follow it in: spoken first."""
        return list(dict.fromkeys([*self.spoken, *self.interpreted]))

    def at_home(self) -> Reading:
        """When it starts on the clock of its organisers."""
        return zones.read(self.starts_at, self.zone)


class Organiser(models.Model):
    """A member who may edit a webinar."""

    webinar = models.ForeignKey(Webinar, models.CASCADE, related_name="organisers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="organised_webinars")
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("organiser")
        verbose_name_plural = _("organisers")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["webinar", "user"], name="organiser_once")]


class Panellist(models.Model):
    """Somebody who speaks: a member, or a guest by name."""

    class Role(models.TextChoices):
        SPEAKER = "speaker", pgettext_lazy("in a webinar", "Speaker")
        MODERATOR = "moderator", pgettext_lazy("in a webinar", "Moderator")
        DISCUSSANT = "discussant", pgettext_lazy("in a webinar", "Discussant")

    webinar = models.ForeignKey(Webinar, models.CASCADE, related_name="panellists")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.SPEAKER)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="panels", verbose_name=_("member")
    )
    name = models.CharField(_("name"), max_length=120, blank=True)  # of a guest
    affiliation = models.CharField(_("where they work"), max_length=200, blank=True)
    organisation = models.ForeignKey(
        "stakeholders.Organisation", models.SET_NULL, null=True, blank=True, verbose_name=_("organisation")
    )

    objects = PanellistQuerySet.as_manager()

    class Meta:
        verbose_name = _("panellist")
        verbose_name_plural = _("panellists")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(user__isnull=False) | ~Q(name=""), name="panellist_has_a_name"),
            models.UniqueConstraint(
                fields=["webinar", "user"], condition=Q(user__isnull=False), name="panellist_once_a_webinar"
            ),
        ]

    def __str__(self) -> str:
        return str(self.user) if self.user else self.name
