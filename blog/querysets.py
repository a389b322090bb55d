"""Reads on posts of the blog and their series."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.utils import timezone

from content.querysets import EntryQuerySet

if TYPE_CHECKING:
    from members.models import User

MONTH = timedelta(days=30)


class BlogPostQuerySet(EntryQuerySet):
    def with_card_data(self) -> Self:
        """What a row in a list and its line as data need, in four queries."""
        return self.select_related("series").prefetch_related(self._authors(), "topics", "countries")

    def with_detail_data(self) -> Self:
        images = apps.get_model("blog", "BlogImage")._default_manager.select_related("file", "licence")
        return self.with_card_data().prefetch_related(Prefetch("images", images), "regions", "goals", "tags")

    def _authors(self) -> Prefetch:
        rows = apps.get_model("blog", "BlogAuthor")._default_manager.select_related("user")
        return Prefetch("authors", rows)

    def written_by(self, user: User) -> Self:
        """Those above which a member stands, newest first."""
        return self.filter(authors__user=user).distinct().order_by("-published_at", "-pk")

    def read_most(self) -> Self:
        """Of the last month, the most read first."""
        since = timezone.now().date() - MONTH
        recent = Sum("day_counts__views", filter=Q(day_counts__day__gt=since))
        return self.annotate(recent_views=recent).filter(recent_views__gt=0).order_by("-recent_views", "-pk")


class SeriesQuerySet(QuerySet):
    def shown(self) -> Self:
        """With a post that everybody may read, and how many there are."""
        number = Count("posts", filter=Q(posts__status="published"))
        newest = models.Max("posts__published_at", filter=Q(posts__status="published"))
        return self.annotate(number=number, newest_at=newest).filter(number__gt=0).order_by("-newest_at", "pk")
