"""Reads on events. What is over is decided by the clock, each time it is asked."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.db.models.functions import Coalesce
from django.utils import timezone

from content.querysets import EntryQuerySet


class EventQuerySet(EntryQuerySet):
    def ahead(self, moment: datetime | None = None) -> Self:
        """What has not ended, the next first: by its beginning, of a call by its deadline."""
        found = self.filter(ends_at__gt=moment or timezone.now())
        return found.order_by(Coalesce("starts_at", "ends_at"), "pk")

    def past(self, moment: datetime | None = None) -> Self:
        """What has ended, the last first."""
        return self.filter(ends_at__lte=moment or timezone.now()).order_by("-ends_at", "-pk")

    def with_card_data(self) -> Self:
        return self.prefetch_related("organisations", "topics", "countries")

    def with_detail_data(self) -> Self:
        return self.with_card_data().prefetch_related("regions", "goals", "tags", "streams", "sessions")
