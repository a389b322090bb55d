"""Reads of notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone

from notifications import kinds, matters

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser

    from members.models import User


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """A member's own notices, of kinds that stand on their page, once nothing can take them back."""
        if not user.is_authenticated:
            return self.none()
        mine = self.filter(user=user, kind__in=kinds.on_page(), shown_from__lte=timezone.now())
        return mine.exclude(matters.unseen_by(user))

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def to_gather(self, *, at: datetime) -> Self:
        """Those whose summary is due."""
        return self.filter(summary=None, summary_due_at__lte=at)

    def waiting(self) -> Self:
        """Those that a later summary gathers."""
        return self.filter(summary=None, summary_due_at__isnull=False)
