"""Discussions that search engines may know of, under the addresses of their pages."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, IntegerField
from django.db.models.functions import Cast

from content.sitemaps import RECORDS, Address, by_language
from discussions.models import Thread


class PublicThreads:
    key = "discussion"

    def numbers(self) -> list[int]:
        number = Cast(F("pk") / RECORDS, IntegerField())
        rows = Thread.objects.published().order_by().annotate(number=number)
        return sorted(rows.values_list("number", flat=True).distinct())

    def addresses(self, number: int) -> Iterator[Address]:
        first = number * RECORDS
        rows = Thread.objects.published().filter(pk__gte=first, pk__lt=first + RECORDS).order_by("pk")
        for thread in rows.with_card_data():
            yield Address(by_language(thread.get_absolute_url), thread.updated_at)
