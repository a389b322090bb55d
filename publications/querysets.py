"""Reads on publications."""

from __future__ import annotations

from typing import Self

from django.db.models import Exists, OuterRef, Prefetch

from content.querysets import EntryQuerySet
from files.models import PageText


class PublicationQuerySet(EntryQuerySet):
    def with_card_data(self) -> Self:
        """What a row in a list shows, in four queries."""
        return self.select_related("type", "series").prefetch_related(*self._who_and_what(), "countries")

    def with_exchange_data(self) -> Self:
        """What citations, export files, metadata and plain data say of it, in ten queries whatever the number."""
        return (
            self.with_card_data()
            .select_related("licence")
            .prefetch_related("authors", "topics", "regions", "goals", "tags")
        )

    def with_detail_data(self) -> Self:
        """What its page shows, but for the terms, which `around.attach_terms` brings in one query."""
        texts = PageText.objects.filter(file__documents__publication=OuterRef("pk"), file__documents__replaced_on=None)
        whole = self.select_related("type", "series", "licence", "owner")
        return whole.prefetch_related(*self._who_and_what(), "authors").annotate(has_text=Exists(texts))

    def _who_and_what(self) -> tuple[Prefetch, Prefetch]:
        publishers = self.model.publishers.rel.related_model.objects.select_related("organisation")  # type: ignore[attr-defined]
        documents = self.model.documents.rel.related_model.objects.select_related("file")  # type: ignore[attr-defined]
        return Prefetch("publishers", publishers), Prefetch("documents", documents)
