"""Reads on surveys and what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from members.permissions import is_editor

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import Model

    from members.models import User


def _begun() -> Q:
    return Q(opens_at__lte=timezone.now())


class SurveyQuerySet(models.QuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those whose page somebody may open: for editors also what is being prepared or by invitation."""
        if is_editor(user):
            return self
        return self.filter(_begun(), is_ready=True, audience="members")

    def listed(self) -> Self:
        """Without those that an app put to the people of one thing, a webinar say: they stand with it."""
        return self.exclude(audience="invited", subject_type__isnull=False)

    def open(self) -> Self:
        """Those that take answers now."""
        now = timezone.now()
        return self.filter(_begun(), Q(closes_at=None) | Q(closes_at__gt=now), is_ready=True)

    def closed(self) -> Self:
        return self.filter(is_ready=True, closes_at__lte=timezone.now())

    def about(self, subject: Model) -> Self:
        kind = ContentType.objects.get_for_model(subject)
        return self.filter(subject_type=kind, subject_id=subject.pk)

    def with_counts(self) -> Self:
        """With `answered`: how many people did."""
        return self.annotate(answered=Count("participations"))
