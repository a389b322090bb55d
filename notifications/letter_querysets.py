"""Reads of letters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

if TYPE_CHECKING:
    pass


class LetterQuerySet(models.QuerySet["Letter"]):
    def planned(self) -> Self:
        return self.filter(state="planned")

    def due(self) -> Self:
        """What may leave now and no round has taken, the longest due first."""
        return self.filter(Q(claimed_by=None), state="planned", due_at__lte=timezone.now()).order_by("due_at", "pk")

    def held_by(self, key: int) -> Self:
        return self.filter(claimed_by=key)

    def to_address(self, address: str) -> Self:
        return self.annotate(small=models.functions.Lower("address")).filter(small=address.lower())
