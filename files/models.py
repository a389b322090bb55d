"""Files people keep with us: checked once, described, and sent only through a view that asks who may read."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

PICTURES_ONLY = _("This file holds only pictures of pages. Its words cannot be searched.")


def storage_path(stored: StoredFile, name: str) -> str:
    """Names on disk say nothing and cannot be guessed; folders stay small."""
    key = get_random_string(24, "abcdefghijklmnopqrstuvwxyz0123456789")
    return f"files/{key[:2]}/{key}{PurePath(name).suffix.lower()[:8]}"


class StoredFile(models.Model):
    class Kind(models.TextChoices):
        PDF = "pdf", "PDF"
        WORD = "docx", "Word"
        SLIDES = "pptx", "PowerPoint"
        SHEET = "xlsx", "Excel"
        CSV = "csv", "CSV"
        IMAGE = "image", _("Image")
        AUDIO = "audio", _("Audio")
        VIDEO = "video", _("Video")
        CAPTIONS = "vtt", _("Captions")

    class Scan(models.TextChoices):
        OFF = "off", _("Not checked for malware")
        CLEAN = "clean", _("No malware found")
        UNKNOWN = "unknown", _("The malware check did not answer")

    key = models.CharField(max_length=12, unique=True, editable=False)
    file = models.FileField(_("file"), upload_to=storage_path)
    name = models.CharField(_("name for readers"), max_length=160)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64, db_index=True)
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    seconds = models.PositiveIntegerField(_("length in seconds"), null=True, blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    preview = models.FileField(_("first page as an image"), upload_to="previews/", blank=True)
    preview_width = models.PositiveSmallIntegerField(default=0)
    preview_height = models.PositiveSmallIntegerField(default=0)
    guesses = models.JSONField(default=dict, blank=True)  # what it says about itself: offered, never imposed
    has_text = models.BooleanField(default=True)
    scan = models.CharField(_("malware check"), max_length=8, choices=Scan, default=Scan.OFF)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("files:download", args=[self.key, self.name])

    @property
    def remark(self) -> StrPromise | str:
        """A sentence for whoever sent it and whoever reviews it; empty where there is nothing to say."""
        is_written = self.kind in (self.Kind.PDF, self.Kind.WORD, self.Kind.SLIDES)
        return PICTURES_ONLY if is_written and not self.has_text else ""


class PageText(models.Model):
    """The words of one page, for search and for reading as plain text."""

    file = models.ForeignKey(StoredFile, models.CASCADE, related_name="page_texts")
    number = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="page_once_per_file")]
