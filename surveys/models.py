"""Questions put to people, each of whom answers once.

That somebody answered, and what they answered, are two rows. In an anonymous survey nothing leads from one to the
other: no name, no time, and keys by chance, so that not even the order of the rows tells.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from surveys.querysets import SurveyQuerySet


class Survey(models.Model):
    class Audience(models.TextChoices):
        MEMBERS = "members", _("Members who are signed in")
        INVITED = "invited", _("Those who get a personal link")

    class Results(models.TextChoices):
        VOTERS = "voters", _("Whoever has answered, and everybody once it is closed")
        EDITORS = "editors", _("Editors alone")

    slug = models.SlugField(max_length=80, unique=True, help_text=_("Part of the address. It never changes."))
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what it is for"), max_length=2000, blank=True)
    audience = models.CharField(_("who answers"), max_length=7, choices=Audience, default=Audience.MEMBERS)
    results = models.CharField(_("who sees the results"), max_length=7, choices=Results, default=Results.VOTERS)
    is_anonymous = models.BooleanField(
        _("anonymous"), default=True, help_text=_("Nobody, editors included, can learn who answered what.")
    )
    is_ready = models.BooleanField(_("ready"), default=False, help_text=_("Until then only editors see it."))
    opens_at = models.DateTimeField(_("opens"), default=timezone.now)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    subject_type = models.ForeignKey(ContentType, models.SET_NULL, null=True, blank=True, related_name="+")
    subject_id = models.PositiveBigIntegerField(null=True, blank=True)
    subject = GenericForeignKey("subject_type", "subject_id")  # a series whose next topics it asks for, a webinar
    created_at = models.DateTimeField(auto_now_add=True)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at", "-pk"]
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="surveys_of_subject")]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__gt=F("opens_at")), name="survey_ends_later"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("surveys:detail", args=[self.slug])

    @property
    def is_closed(self) -> bool:
        return self.closes_at is not None and self.closes_at <= timezone.now()

    @property
    def is_open(self) -> bool:
        return self.is_ready and self.opens_at <= timezone.now() and not self.is_closed


class Question(models.Model):
    class Kind(models.TextChoices):
        ONE = "one", pgettext_lazy("answer", "One of the options")
        SEVERAL = "several", pgettext_lazy("answer", "Some of the options")
        SCALE = "scale", pgettext_lazy("answer", "From 1 to 5")
        TEXT = "text", pgettext_lazy("answer", "In words")

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    kind = models.CharField(_("answered by"), max_length=7, choices=Kind, default=Kind.ONE)
    text = models.CharField(_("question"), max_length=300)
    is_required = models.BooleanField(_("has to be answered"), default=True)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self) -> str:
        return self.text

    @property
    def has_options(self) -> bool:
        return self.kind in (self.Kind.ONE, self.Kind.SEVERAL)


class Option(models.Model):
    question = models.ForeignKey(Question, models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    label = models.CharField(_("option"), max_length=200)

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("option")
        verbose_name_plural = _("options")

    def __str__(self) -> str:
        return self.label


class Participation(models.Model):
    """Somebody has answered: a member, or whoever holds the personal link that `key` names."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="participations")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="survey_participations"
    )
    key = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            models.UniqueConstraint(fields=["survey", "user"], condition=Q(key=""), name="member_answers_once"),
            models.UniqueConstraint(fields=["survey", "key"], condition=~Q(key=""), name="link_answers_once"),
            models.CheckConstraint(condition=Q(user=None) ^ Q(key=""), name="member_or_link_answers"),
        ]


class Response(models.Model):
    """What one person answered, all questions together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="responses")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="survey_responses"
    )
    at = models.DateTimeField(null=True, blank=True)  # of an anonymous one nothing is known

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")


class Answer(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(Response, models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    option = models.ForeignKey(Option, models.PROTECT, null=True, blank=True, related_name="answers")
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField(max_length=4000, blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(
                fields=["response", "question"], condition=Q(option=None), name="one_number_or_text_per_question"
            ),
            models.UniqueConstraint(fields=["response", "option"], name="option_chosen_once"),
            models.CheckConstraint(condition=Q(number=None) | Q(number__range=(1, 5)), name="scale_has_five_steps"),
        ]
