"""Reads on organisations."""

from __future__ import annotations

from typing import Self

from content.querysets import EntryQuerySet


class OrganisationQuerySet(EntryQuerySet):
    def with_card_data(self) -> Self:
        return self.select_related("country").prefetch_related("focus")

    def with_detail_data(self) -> Self:
        return self.with_card_data().prefetch_related("aliases")
