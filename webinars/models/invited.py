"""The personal link of somebody on a panel, and what they remark on the draft of the summary."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from webinars.models.registered import registration_key


class PanelLink(models.Model):
    """Whoever holds it answers questions and remarks on the summary in the name of one panellist, until it expires.

    There is one that works for each panellist: a new one takes the place of the old.
    """

    panellist = models.ForeignKey("webinars.Panellist", models.CASCADE, related_name="panel_links")
    key = models.CharField(max_length=32, unique=True, default=registration_key, editable=False)
    email = models.EmailField(_("email"), blank=True)  # of a guest; members are written to at their own address
    language = models.CharField(_("language"), max_length=8)
    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    expires_at = models.DateTimeField(_("works until"))
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("link of a panellist")
        verbose_name_plural = _("links of panellists")
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["panellist"], condition=Q(revoked_at=None), name="one_working_link_a_panellist"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("sent_at")), name="panel_link_works_for_a_while"),
        ]

    def __str__(self) -> str:
        return str(self.panellist_id)

    def get_absolute_url(self) -> str:
        return reverse("webinars:panel", args=[self.panellist.webinar.slug, self.key])

    def works_at(self, moment: datetime) -> bool:
        return self.revoked_at is None and moment < self.expires_at


class SummaryRemark(models.Model):
    """What a panellist says about one paragraph of the draft. Organisers and editors read it in place."""

    webinar = models.ForeignKey("webinars.Webinar", models.CASCADE, related_name="summary_remarks")
    panellist = models.ForeignKey(
        "webinars.Panellist", models.SET_NULL, null=True, blank=True, related_name="summary_remarks"
    )
    name = models.CharField(_("name"), max_length=160)  # as it was then
    language = models.CharField(_("language"), max_length=8)  # of the draft that it is about
    paragraph = models.TextField()  # as it stood: a remark on words that were changed says so
    text = models.TextField(_("remark"), max_length=2000)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("remark of a panellist")
        verbose_name_plural = _("remarks of panellists")
        ordering = ["at", "pk"]


class SummaryApproval(models.Model):
    """A panellist agrees with the draft in one language: with the words that it had at that moment."""

    webinar = models.ForeignKey("webinars.Webinar", models.CASCADE, related_name="summary_approvals")
    panellist = models.ForeignKey(
        "webinars.Panellist", models.SET_NULL, null=True, blank=True, related_name="summary_approvals"
    )
    name = models.CharField(_("name"), max_length=160)  # as it was then
    language = models.CharField(_("language"), max_length=8)
    words = models.CharField(max_length=16)  # names the text (webinars.summaries.fingerprint)
    at = models.DateTimeField(_("agreed on"), default=timezone.now)

    class Meta:
        verbose_name = _("agreement of a panellist")
        verbose_name_plural = _("agreements of panellists")
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["panellist", "language"], name="one_agreement_a_language")]
