"""Profiles that search engines may know of: those whose members chose to be found by everyone."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import F, IntegerField
from django.db.models.functions import Cast
from django.urls import reverse

from content.sitemaps import RECORDS, Address, by_language
from people.models import Profile
from people.visibility import Audience


class PublicProfiles:
    key = "member"

    def numbers(self) -> list[int]:
        number = Cast(F("pk") / RECORDS, IntegerField())
        # By the index of one column, closed accounts among them: ten times as quick, and a map may be short.
        rows = Profile.objects.filter(listing=Profile.Listing.EVERYONE).order_by()
        return sorted(rows.annotate(number=number).values_list("number", flat=True).distinct())

    def addresses(self, number: int) -> Iterator[Address]:
        first = number * RECORDS
        rows = Profile.objects.found_by(Audience.VISITOR).filter(pk__gte=first, pk__lt=first + RECORDS).order_by("pk")
        shapes = by_language(lambda: reverse("people:detail", args=["-handle-"]))
        for handle in rows.values_list("handle", flat=True).iterator():
            yield Address({code: shape.replace("-handle-", handle) for code, shape in shapes.items()})
