"""Reads of letters."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Count
from django.db.models.functions import Lower
from django.utils import timezone


class LetterQuerySet(models.QuerySet):
    def planned(self) -> Self:
        return self.filter(state="planned")

    def due(self) -> Self:
        """What may leave now and no round has taken, the longest due first."""
        return self.filter(state="planned", claimed_by=None, due_at__lte=timezone.now()).order_by("due_at", "pk")

    def held_by(self, key: int) -> Self:
        return self.filter(claimed_by=key)

    def to_address(self, address: str) -> Self:
        return self.annotate(small=Lower("address")).filter(small=address.lower())

    def found_by(self, words: str) -> Self:
        """Letters to an address, or of an occasion. No words: all."""
        if "@" in words:
            return self.to_address(words)
        return self.filter(occasion=words) if words else self

    def counted(self) -> dict[str, dict[str, int]]:
        """How many there are, by kind and state: one walk over an index."""
        found: dict[str, dict[str, int]] = {}
        for kind, state, number in self.order_by().values_list("kind", "state").annotate(number=Count("pk")):
            found.setdefault(kind, {})[state] = number
        return dict(sorted(found.items()))
