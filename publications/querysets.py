"""Reads on publications."""

from __future__ import annotations

from typing import Self

from content.querysets import EntryQuerySet


class PublicationQuerySet(EntryQuerySet):
    def with_card_data(self) -> Self:
        """What a row in a list shows, in a fixed number of queries."""
        return self.select_related("type", "series").prefetch_related(
            "publishers__organisation", "documents__file", "countries"
        )
