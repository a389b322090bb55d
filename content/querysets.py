"""Reads that every content type shares. Every page starts from `visible_to` or `published`."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils import timezone

from content.addresses import plain

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from content.models import Entry, OldAddress
    from members.models import User

CLAIM_HOLDS = timedelta(minutes=30)


class EntryQuerySet(models.QuerySet):
    def published(self) -> Self:
        return self.filter(status="published")

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What a reader may open: published records, their own, and for staff everything."""
        return self.filter(_shown_to(user))

    def reachable_by(self, user: User | AnonymousUser) -> Self:
        """What an address answers for: what a reader may open, and withdrawn records, whose page says why."""
        return self.filter(_shown_to(user) | WITHDRAWN)

    def withdrawn(self) -> Self:
        """Records that were public once: their address answers 410 with the reason."""
        return self.filter(WITHDRAWN)


WITHDRAWN = Q(status="withdrawn", published_at__isnull=False)


def _shown_to(user: User | AnonymousUser) -> Q:
    if user.is_staff:
        return Q(pk__isnull=False)
    return Q(status="published") | Q(owner=user) if user.is_authenticated else Q(status="published")


class CaseQuerySet(models.QuerySet):
    def open(self) -> Self:
        return self.exclude(state="decided")

    def waiting(self) -> Self:
        return self.filter(state="waiting")

    def about(self, record: Entry) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(record), object_id=record.pk)

    def mine(self, user: User) -> Self:
        """Those an editor is looking at, and those that came back to them."""
        return self.filter(_claimed_by_anybody() & Q(claimed_by=user) | Q(editor=user))

    def nobodys(self) -> Self:
        return self.filter(~_claimed_by_anybody(), editor=None)

    def free_for(self, user: User) -> Self:
        """Those an editor may take: not their own, and nobody else is looking at them."""
        others = _claimed_by_anybody() & ~Q(claimed_by=user)
        return self.exclude(opened_by=user).exclude(others)

    def with_people(self) -> Self:
        """With who sent it in, for the how many-th time, and who looks at it."""
        earlier = self.model._default_manager.filter(opened_by=OuterRef("opened_by"), pk__lte=OuterRef("pk"))
        counted = earlier.order_by().values("opened_by").annotate(number=Count("pk")).values("number")
        return self.select_related("opened_by", "editor", "claimed_by").annotate(nth=Subquery(counted))


def claims_end() -> datetime:
    """A claim made before this moment holds no longer."""
    return timezone.now() - CLAIM_HOLDS


def _claimed_by_anybody() -> Q:
    return Q(claimed_by__isnull=False, claimed_at__gt=claims_end())


class OldAddressQuerySet(models.QuerySet["OldAddress"]):
    def note_hit(self, path: str) -> None:
        # A reader is sent on even while somebody else holds the database.
        with suppress(OperationalError):
            self.filter(path=path).update(hits=F("hits") + 1, last_hit_at=timezone.now())

    def leading_from(self, path: str, query: str = "") -> OldAddress | None:
        """The row for an address, with its query (the former platform's facets) or without; slashes at the end
        and upper case make no difference."""
        path = plain(path)
        candidates = [f"{path}?{plain(query)}", path] if query else [path]
        found = {row.path: row for row in self.filter(path__in=candidates)}
        return next((found[candidate] for candidate in candidates if candidate in found), None)
