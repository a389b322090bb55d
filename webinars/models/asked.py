"""What people ask in a webinar, who wants to know it too, and what was answered."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from webinars.querysets import QuestionQuerySet

LONGEST_QUESTION, LONGEST_ANSWER = 600, 4000  # characters
ASKED_WITHIN = timedelta(days=7)  # after the end: as long as people ask and vote


class Question(models.Model):
    """Asked by a member, or by whoever holds the link of a registration; nobody else is told by whom.

    It is shown at once, and an organiser who hides it says why.
    """

    webinar = models.ForeignKey("webinars.Webinar", models.CASCADE, related_name="questions")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="webinar_questions"
    )
    registration = models.ForeignKey(
        "webinars.Registration", models.SET_NULL, null=True, blank=True, related_name="questions"
    )
    language = models.CharField(_("language"), max_length=8)
    text = models.CharField(_("question"), max_length=LONGEST_QUESTION)
    asked_at = models.DateTimeField(default=timezone.now)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.CharField(_("reason"), max_length=300, blank=True)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("answer"), max_length=LONGEST_ANSWER, blank=True)  # empty: it was answered live
    answer_language = models.CharField(_("language of the answer"), max_length=8, blank=True)
    answered_name = models.CharField(_("answered by"), max_length=120, blank=True)  # as it is shown
    answered_by = models.ForeignKey(  # whose account wrote it down
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    post = models.ForeignKey(  # where the community goes on with it
        "discussions.Post", models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question in a webinar")
        verbose_name_plural = _("questions in webinars")
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["webinar", "asked_at"], name="question_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(hidden_at=None) | ~Q(hidden_reason=""), name="question_hidden_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(answer="") | (Q(answered_at__isnull=False) & ~Q(answer_language="")),
                name="question_answered_at_a_time_in_a_language",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_hidden(self) -> bool:
        return self.hidden_at is not None

    @property
    def is_answered(self) -> bool:
        return self.answered_at is not None

    @property
    def was_answered_live(self) -> bool:
        return self.is_answered and not self.answer


class Vote(models.Model):
    """One person wants to know it too. Without either, somebody whose data are deleted: it still counts."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="votes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    registration = models.ForeignKey("webinars.Registration", models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("vote for a question")
        verbose_name_plural = _("votes for questions")
        constraints = [
            models.UniqueConstraint(fields=["question", "user"], name="question_voted_once_by_member"),
            models.UniqueConstraint(fields=["question", "registration"], name="question_voted_once_by_registration"),
            models.CheckConstraint(condition=Q(user=None) | Q(registration=None), name="question_voted_as_one_person"),
        ]
