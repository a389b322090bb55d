"""References that editors bring in, and what became of each."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from content.models import Entry
from publications.models.library import Publication


class ImportRun(models.Model):
    """References that an editor brings in: first looked at, then, if they say so, written.

    A worker takes runs by a conditional update. One whose worker died is taken again after a while, which is harmless:
    an import recognises what it wrote before.
    """

    class State(models.TextChoices):
        TO_CHECK = "to_check", _("Waiting to be checked")
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Checked, nothing is written yet")
        TO_WRITE = "to_write", _("Waiting to be written")
        WRITING = "writing", _("Being written")
        DONE = "done", _("Written")

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    file = models.FileField(upload_to="imports/")
    name = models.CharField(_("file"), max_length=160)
    source = models.CharField(_("where the references come from"), max_length=120)
    licence = models.ForeignKey("taxonomy.Licence", models.PROTECT, related_name="+")
    language = models.CharField(max_length=8)
    status = models.CharField(max_length=13, choices=Entry.Status, default=Entry.Status.DRAFT)
    state = models.CharField(max_length=8, choices=State, default=State.TO_CHECK)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)  # why nothing of the file could be read
    unknown_organisations = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    touched_at = models.DateTimeField(auto_now=True)  # a worker that lives touches it with every lot

    class Meta:
        ordering = ["-created_at", "-pk"]


class ImportVerdict(models.Model):
    """What becomes of one reference of a run."""

    class Kind(models.TextChoices):
        NEW = "new", _("New")
        SAME = "same", _("Here already")
        REFUSED = "refused", _("Refused")

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="verdicts")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=7, choices=Kind)
    title = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    record = models.ForeignKey(Publication, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["run", "kind", "number"], name="verdict_by_kind")]
