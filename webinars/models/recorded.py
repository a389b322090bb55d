"""What comes of a webinar: recordings with chapters, and files: slides, sound, transcripts."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from content import wording


class Recording(models.Model):
    """One language of it: an address where it can be seen, or a file of ours."""

    webinar = models.ForeignKey("webinars.Webinar", models.CASCADE, related_name="recordings")
    language = models.CharField(_("language"), max_length=8)
    link = models.URLField(_("address of the video"), max_length=500, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", models.PROTECT, null=True, blank=True, related_name="webinar_recordings"
    )
    seconds = models.PositiveIntegerField(_("length in seconds"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        constraints = [
            models.UniqueConstraint(fields=["webinar", "language"], name="recorded_once_a_language"),
            models.CheckConstraint(condition=Q(link="") ^ Q(file=None), name="recording_is_a_link_or_a_file"),
        ]


class Chapter(models.Model):
    recording = models.ForeignKey(Recording, models.CASCADE, related_name="chapters")
    second = models.PositiveIntegerField(_("begins at second"))
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        ordering = ["second"]
        verbose_name = _("chapter")
        verbose_name_plural = _("chapters")
        constraints = [models.UniqueConstraint(fields=["recording", "second"], name="chapter_begins_once")]


class Material(models.Model):
    """A file that goes with it."""

    class Kind(models.TextChoices):
        SLIDES = "slides", pgettext_lazy("of a webinar", "Slides")
        AUDIO = "audio", pgettext_lazy("of a webinar", "Sound alone")
        TRANSCRIPT = "transcript", pgettext_lazy("of a webinar", "Transcript")
        OTHER = "other", pgettext_lazy("of a webinar", "Other document")

    webinar = models.ForeignKey("webinars.Webinar", models.CASCADE, related_name="materials")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    language = models.CharField(_("language"), max_length=8)
    title = models.CharField(_("title"), max_length=200, blank=True)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, related_name="webinar_materials")
    position = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["kind", "position", "pk"]
        verbose_name = _("file of a webinar")
        verbose_name_plural = _("files of webinars")
        constraints = [
            models.UniqueConstraint(
                fields=["webinar", "language"], condition=Q(kind="transcript"), name="one_transcript_a_language"
            )
        ]

    @property
    def name(self) -> str:
        return self.title or self.file.name


class Minute(models.Model):
    """What was said in one minute of a recording, for reading, for search and for links to it."""

    material = models.ForeignKey(Material, models.CASCADE, related_name="minutes")
    number = models.PositiveSmallIntegerField()  # from 0
    text = models.TextField()

    class Meta:
        ordering = ["number"]
        verbose_name = _("minute of a transcript")
        verbose_name_plural = _("minutes of transcripts")
        constraints = [models.UniqueConstraint(fields=["material", "number"], name="minute_once_a_transcript")]

    @property
    def second(self) -> int:
        return self.number * 60

    @property
    def clock(self) -> str:
        return wording.position(self.second)
