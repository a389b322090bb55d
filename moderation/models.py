"""What is held back, hidden and removed, who decided it, and why."""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from content.models import About
from moderation.querysets import InScopeQuerySet, SanctionQuerySet, ScopedCaseQuerySet


class Moderated(models.Model):
    """Something that somebody wrote. Its state changes through moderation.services alone."""

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("post", "Waiting for approval")
        SHOWN = "shown", pgettext_lazy("post", "Shown")
        HIDDEN = "hidden", pgettext_lazy("post", "Hidden")
        REMOVED = "removed", pgettext_lazy("post", "Removed")

    state = models.CharField(max_length=7, choices=State, default=State.SHOWN)
    state_reason = models.TextField(blank=True)  # as its author and, of what was removed, its readers are told
    state_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="removed") | (Q(state_at__isnull=False) & ~Q(state_reason="")),
                name="%(class)s_removed_has_a_time_and_a_reason",
            )
        ]

    @property
    def is_shown(self) -> bool:
        return self.state == self.State.SHOWN

    @property
    def reason_told(self) -> str:
        """In the reader's language where a rule decided, as it was typed where a moderator did."""
        if self.state == self.State.HIDDEN and not self.state_reason:
            return gettext("Three members reported it. It is hidden until a moderator has decided.")
        return self.state_reason


class InScope(models.Model):
    """A row of one part of the portal, such as a community, which has its own moderators."""

    scope_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    scope_id = models.PositiveBigIntegerField()
    scope = GenericForeignKey("scope_type", "scope_id")

    class Meta:
        abstract = True


class Case(About, InScope):
    """Something that a moderator decides: a first post, what members reported, an appeal.

    `turn` counts what happened to it. A form carries the turn it was made for: of two moderators who decide at the same
    time the second is told, and nothing is decided twice.
    """

    class Subject(models.TextChoices):
        FIRST = "first", _("Waiting for approval")
        REPORT = "report", _("Reported")
        EDITED = "edited", _("Edited after it was hidden")
        OWN = "own", _("Taken up by a moderator")
        APPEAL = "appeal", _("Appeal")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        DECIDED = "decided", _("Decided")

    class Decision(models.TextChoices):
        APPROVED = "approved", pgettext_lazy("post", "Approved")
        KEPT = "kept", pgettext_lazy("post", "Kept")
        HIDDEN = "hidden", pgettext_lazy("post", "Hidden")
        RESTORED = "restored", pgettext_lazy("post", "Restored")
        REMOVED = "removed", pgettext_lazy("post", "Removed")
        UPHELD = "upheld", pgettext_lazy("decision", "Upheld")
        OVERTURNED = "overturned", pgettext_lazy("decision", "Overturned")
        SANCTIONED = "sanctioned", _("Warning, pause or ban")  # of its author: the record is the sanction

    kind = models.CharField(max_length=20)  # key in moderation.registry
    subject = models.CharField(max_length=6, choices=Subject)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="moderation_cases")
    language = models.CharField(max_length=8)  # of what is decided: moderators choose by it
    words = models.TextField(blank=True)  # of whoever appeals, or says why what reports hid should be shown
    appeal_of = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="appeals")
    opened_at = models.DateTimeField(default=timezone.now)
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    claimed_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    turn = models.PositiveIntegerField(default=1)

    objects = ScopedCaseQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at", "pk"]
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = [
            models.Index(fields=["scope_type", "scope_id", "state", "opened_at"], name="moderation_oldest_first"),
            models.Index(fields=["content_type", "object_id"], name="moderation_of_record"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "subject"],
                condition=Q(state="waiting"),
                name="one_open_moderation_case",
            ),
            models.UniqueConstraint(fields=["appeal_of"], name="one_appeal_per_decision"),
            models.CheckConstraint(
                condition=Q(subject="appeal", appeal_of__isnull=False) | (~Q(subject="appeal") & Q(appeal_of=None)),
                name="appeal_is_of_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decision="", decided_at=None)
                | (Q(state="decided", decided_at__isnull=False) & ~Q(decision="")),
                name="moderation_decided_has_a_time",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("moderation:case", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_appeal(self) -> bool:
        return self.subject == self.Subject.APPEAL


class Report(models.Model):
    """A member says that something is wrong with what another wrote. Its author never learns who."""

    class Reason(models.TextChoices):
        SPAM = "spam", _("Advertising")
        RUDE = "rude", _("Insults, threats or harassment")
        PRIVATE = "private", _("Personal or confidential information")
        WRONG = "wrong", _("False or misleading, without a source")
        OFF_TOPIC = "off_topic", _("Off topic")
        OTHER = "other", _("Something else")

    case = models.ForeignKey(Case, models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="post_reports")
    reason = models.CharField(_("what is wrong"), max_length=9, choices=Reason)
    text = models.TextField(_("what happened"), max_length=1000, blank=True)
    is_trusted = models.BooleanField(default=False)  # three of these hide a post
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints = [models.UniqueConstraint(fields=["case", "reporter"], name="reported_once_by_each")]


class Sanction(InScope):
    """A warning, a pause or a ban in one part of the portal."""

    class Kind(models.TextChoices):
        WARNING = "warning", _("Warning")
        PAUSE = "pause", _("Pause")
        BAN = "ban", _("Ban")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sanctions")
    kind = models.CharField(max_length=7, choices=Kind)
    reason = models.TextField(_("reason"), max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)  # of a pause; a ban holds until it is lifted
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    lifted_reason = models.TextField(blank=True)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        indexes = [models.Index(fields=["user", "scope_type", "scope_id"], name="sanctions_of_member")]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "scope_type", "scope_id", "kind"],
                condition=Q(kind="ban", lifted_at=None),
                name="banned_once_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="sanction_has_a_reason"),
            models.CheckConstraint(
                condition=Q(kind="pause", until__isnull=False) | (~Q(kind="pause") & Q(until=None)),
                name="a_pause_has_an_end",
            ),
        ]

    @property
    def is_in_force(self) -> bool:
        is_over = self.until is not None and self.until <= timezone.now()
        return self.kind != self.Kind.WARNING and self.lifted_at is None and not is_over


class Act(InScope):
    """One line of the log: who did what to whom, when and why. Lines are added, never changed."""

    class Verb(models.TextChoices):
        HELD = "held", _("Held for approval")
        REPORTED = "reported", _("Reported")
        AUTO_HIDDEN = "auto_hidden", _("Hidden after three reports")
        APPROVED = "approved", pgettext_lazy("post", "Approved")
        KEPT = "kept", pgettext_lazy("post", "Kept")
        HIDDEN = "hidden", pgettext_lazy("post", "Hidden")
        RESTORED = "restored", pgettext_lazy("post", "Restored")
        REMOVED = "removed", pgettext_lazy("post", "Removed")
        EDITED = "edited", _("Edited by the author")
        APPEALED = "appealed", _("Appealed")
        UPHELD = "upheld", _("Decision upheld")
        OVERTURNED = "overturned", _("Decision overturned")
        WARNED = "warned", _("Warned")
        PAUSED = "paused", _("Paused")
        BANNED = "banned", _("Banned")
        LIFTED = "lifted", _("Sanction lifted")
        CLOSED = "closed", _("Discussion closed to new posts")
        REOPENED = "reopened", _("Discussion reopened")
        RENAMED = "renamed", _("Discussion renamed")
        MOVED = "moved", _("Discussion moved")
        TRANSLATION = "translation", _("Translation removed")

    verb = models.CharField(max_length=11, choices=Verb)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    whom = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    case = models.ForeignKey(Case, models.SET_NULL, null=True, blank=True, related_name="acts")
    sanction = models.ForeignKey(Sanction, models.SET_NULL, null=True, blank=True, related_name="acts")
    reason = models.TextField(blank=True)

    objects = InScopeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        indexes = [models.Index(fields=["scope_type", "scope_id", "-at"], name="acts_of_scope")]

    @property
    def words(self) -> str:
        """The reason as its reader reads it; of a report its key is kept."""
        if self.verb == self.Verb.REPORTED and self.reason in Report.Reason.values:
            return str(Report.Reason(self.reason).label)
        return self.reason


class Standing(models.Model):
    """How far somebody's posts are trusted: counted from decisions, and shown to them (moderation.trust)."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="standing")
    accepted = models.PositiveIntegerField(default=0)  # posts that were shown
    removed = models.PositiveIntegerField(default=0)
    last_removed_at = models.DateTimeField(null=True, blank=True)
