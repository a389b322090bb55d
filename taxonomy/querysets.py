"""Reads on the vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from treebeard.mp_tree import MP_NodeManager, MP_NodeQuerySet

if TYPE_CHECKING:
    from taxonomy.models import Topic


class TopicQuerySet(MP_NodeQuerySet):
    def by_slug(self, slug: str) -> Topic:
        """The topic that has, or once had, this slug.

        Raises Topic.DoesNotExist.
        """
        return self.filter(models.Q(slug=slug) | models.Q(former_slugs__slug=slug)).distinct().get()


class TopicManager(MP_NodeManager.from_queryset(TopicQuerySet)):  # type: ignore[misc]
    def get_queryset(self) -> TopicQuerySet:
        return TopicQuerySet(self.model, using=self._db).order_by("path")
