"""What happens at a time: events, livestreams, and calls that end at a deadline."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agenda.querysets import EventQuerySet
from content import zones
from content.models import About, Classified, Entry
from content.videos import Player, player_of

LANGUAGES = ("en", "fr", "es", "ar", "pt", "ru", "zh")  # in which streams are interpreted


class Event(Classified, Entry):
    """`ends_at` is what closes it: the end of an event, the deadline of a call. Nothing is saved when it passes: each
    reading compares it with the clock."""

    class Kind(models.TextChoices):
        EVENT = "event", _("Event")
        LIVESTREAM = "livestream", _("Livestream")
        CALL = "call", _("Call with a deadline")

    title = models.CharField(_("title"), max_length=300)
    summary = models.TextField(_("summary"), max_length=600, blank=True)
    body = models.TextField(_("text"), max_length=20_000, blank=True)  # Markdown
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.EVENT)
    starts_at = models.DateTimeField(_("begins (UTC)"), null=True, blank=True)  # a call has a deadline alone
    ends_at = models.DateTimeField(_("ends, or deadline (UTC)"))
    zone = models.CharField(_("time zone"), max_length=64, default="UTC")  # in which it was stated
    whole_days = models.BooleanField(_("whole days, without a time"), default=False)
    place = models.CharField(_("place"), max_length=200, blank=True)
    organisations = models.ManyToManyField(
        "stakeholders.Organisation", blank=True, related_name="events", verbose_name=_("organised by")
    )
    others = models.CharField(_("organised by others"), max_length=300, blank=True)  # who have no page here
    languages = models.JSONField(_("languages"), default=list, blank=True)  # spoken or interpreted there
    link = models.URLField(_("link to take part, or to know more"), max_length=500, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)  # of moves, for calendars (RFC 5545)

    RESERVED_SLUGS = ("feed", "values", "propose")

    objects = EventQuerySet.as_manager()

    class Meta(Entry.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        indexes = [
            models.Index(fields=["status", "ends_at"], name="event_by_end"),
            models.Index(fields=["status", "-published_at"], name="event_newest"),
        ]
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind="call", starts_at=None) | (~Q(kind="call") & Q(starts_at__isnull=False)),
                name="event_begins_unless_it_is_a_call",
                violation_error_message=_("An event begins at a time; a call has a deadline alone."),
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at__gt=F("starts_at")),
                name="event_ends_after_it_begins",
                violation_error_message=_("It ends after it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agenda:detail", args=[self.slug])

    @property
    def is_call(self) -> bool:
        return self.kind == self.Kind.CALL

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def is_on(self) -> bool:
        return self.starts_at is not None and self.starts_at <= timezone.now() < self.ends_at

    @property
    def changes_at(self) -> datetime | None:
        """When pages that show it say something else without anybody saving a row."""
        now = timezone.now()
        return min((one for one in (self.starts_at, self.ends_at) if one and one > now), default=None)

    @property
    def first_day(self) -> datetime:
        """As the clocks of its own zone say."""
        return zones.read(self.starts_at or self.ends_at, self.zone).local

    @property
    def last_day(self) -> datetime:
        """Of whole days the last one, as `ends_at` is the midnight after it."""
        moment = self.ends_at - timedelta(seconds=1) if self.whole_days else self.ends_at
        return zones.read(moment, self.zone).local


class Stream(models.Model):
    """The picture and sound of a livestream in one language."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="streams")
    language = models.CharField(_("language"), max_length=8)
    url = models.URLField(_("address of the video"), max_length=500)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("stream")
        verbose_name_plural = _("streams")
        constraints = [models.UniqueConstraint(fields=["event", "language"], name="one_stream_per_language")]

    def __str__(self) -> str:
        return self.language

    @property
    def player(self) -> Player | None:
        """What may be shown on our page, without cookies; None where we can only lead there."""
        return player_of(self.url)


class Session(models.Model):
    """A part of an event's programme."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField(_("begins (UTC)"))
    ends_at = models.DateTimeField(_("ends (UTC)"))
    title = models.CharField(_("title"), max_length=200)
    people = models.CharField(_("who speaks"), max_length=300, blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("part of the programme")
        verbose_name_plural = _("programme")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="session_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return self.title


class EventLink(About):
    """A record of the portal that came out of an event, or is about it: a publication, a community, a post."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="links")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["content_type", "object_id"], name="eventlink_of_record")]
        constraints = [models.UniqueConstraint(fields=["event", "content_type", "object_id"], name="eventlink_once")]
