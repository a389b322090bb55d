"""A topic that members chose, and the webinar that it became."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PollWinner(models.Model):
    """One of the options of a poll about a series is a webinar now. Of each option there is one."""

    option = models.OneToOneField("surveys.Option", models.CASCADE, related_name="won")
    webinar = models.OneToOneField("webinars.Webinar", models.CASCADE, related_name="poll_winner")
    supposed = models.DateTimeField()  # its time until somebody agrees on one
    votes = models.PositiveIntegerField(_("votes"), default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("winner of a poll")
        verbose_name_plural = _("winners of polls")
        ordering = ["-votes", "pk"]

    def __str__(self) -> str:
        return str(self.option_id)
