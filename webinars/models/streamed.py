"""Where a webinar can be followed while it takes place, beside the meeting itself."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from content.videos import Player, player_of


class Stream(models.Model):
    """Its picture and sound in one language, for everybody who may read its page."""

    webinar = models.ForeignKey("webinars.Webinar", models.CASCADE, related_name="streams")
    language = models.CharField(_("language"), max_length=8)
    link = models.URLField(_("address of the video"), max_length=500)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("stream of a webinar")
        verbose_name_plural = _("streams of webinars")
        constraints = [models.UniqueConstraint(fields=["webinar", "language"], name="streamed_once_a_language")]

    def __str__(self) -> str:
        return self.language

    @property
    def player(self) -> Player | None:
        """None where we can only lead there."""
        return player_of(self.link)
