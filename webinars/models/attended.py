"""Who came, as the tools of the meeting wrote it down, and what else was counted of a webinar."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AttendanceImport(models.Model):
    """A file of a meeting tool that was read. Until somebody says so it counts for nothing, and goes after a day.

    The file is not kept, and of whoever did not register neither name nor address.
    """

    class Tool(models.TextChoices):
        ZOOM = "zoom", "Zoom"
        TEAMS = "teams", "Microsoft Teams"
        MEET = "meet", "Google Meet"
        BIGBLUEBUTTON = "bigbluebutton", "BigBlueButton"
        OTHER = "other", _("Another tool")

    webinar = models.ForeignKey("webinars.Webinar", models.CASCADE, related_name="attendance_imports")
    tool = models.CharField(_("tool"), max_length=13, choices=Tool)
    digest = models.CharField(max_length=64, editable=False)  # of the file, to know it again
    number = models.PositiveIntegerField(_("people"), default=0)
    matched = models.PositiveIntegerField(_("of them registered"), default=0)
    team = models.PositiveIntegerField(_("organisers and panel"), default=0)  # left out
    problems = models.JSONField(default=list, blank=True)  # [[number of the line, key of a reason]]
    day = models.DateField(null=True, blank=True)  # which most of its times are of
    read_at = models.DateTimeField(default=timezone.now)
    imported_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("attendance that was imported")
        verbose_name_plural = _("attendance that was imported")
        ordering = ["-read_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["webinar", "digest"], condition=Q(imported_at__isnull=False), name="file_counts_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_tool_display()} ({self.webinar_id})"


class Attendance(models.Model):
    """One person in one file. `person` is the same number for the same person in all files of a webinar.

    The marks are keyed hashes, by which somebody is known again in another file; they go when registrations lose names.
    """

    batch = models.ForeignKey(AttendanceImport, models.CASCADE, related_name="rows")
    registration = models.ForeignKey(
        "webinars.Registration", models.SET_NULL, null=True, blank=True, related_name="attendances"
    )
    address_mark = models.CharField(max_length=32, blank=True)
    name_marks = models.JSONField(default=list, blank=True)
    seconds = models.PositiveIntegerField(null=True, blank=True)  # None: the file does not say
    person = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("attendance of a person")
        verbose_name_plural = _("attendances of people")
        ordering = ["pk"]


class Figure(models.Model):
    """A number that somebody knows from elsewhere: one for each source, the newest."""

    class Kind(models.TextChoices):
        ATTENDED = "attended", pgettext_lazy("number of a webinar", "Attended")
        LIVE = "live", pgettext_lazy("number of a webinar", "Live viewers")
        VIEWS = "views", pgettext_lazy("number of a webinar", "Later views")

    webinar = models.ForeignKey("webinars.Webinar", models.CASCADE, related_name="figures")
    kind = models.CharField(_("what was counted"), max_length=8, choices=Kind)
    number = models.PositiveIntegerField(pgettext_lazy("how many", "number"))
    source = models.CharField(_("source"), max_length=120)
    counted_on = models.DateField(_("counted on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("figure of a webinar")
        verbose_name_plural = _("figures of webinars")
        ordering = ["kind", "source"]
        constraints = [
            models.UniqueConstraint(fields=["webinar", "kind", "source"], name="figure_once_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.number}"


class DayOfPlays(models.Model):
    """How many people pressed a recording on one day; nobody's name."""

    webinar = models.ForeignKey("webinars.Webinar", models.CASCADE, related_name="plays")
    language = models.CharField(max_length=8)
    day = models.DateField()
    number = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["webinar", "language", "day"], name="plays_once_a_day")]
