"""Reads on cases, decisions and sanctions. Whoever decides sees what falls into a queue of theirs, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils import timezone

from moderation import registry

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import Model

    from members.models import User


def in_scopes_of(user: User | AnonymousUser) -> Q:
    """Rows that fall into a queue that somebody decides."""
    wanted = Q(pk__in=[])
    if user.is_authenticated:
        for scope in registry.all_scopes():
            kind = ContentType.objects.get_for_model(scope.model)
            wanted |= Q(scope_type=kind, scope_id__in=scope.run_by(user).order_by().values("pk"))
    return wanted


# What was done about somebody that they are not told: who reported them, and reports that led to nothing.
NOT_TOLD = ("reported", "kept")


class InScopeQuerySet(models.QuerySet):
    def told_to(self, user: User) -> Self:
        """Lines of the log that concern somebody and that they may read."""
        return self.filter(whom=user).exclude(verb__in=NOT_TOLD)

    def in_scope(self, scope: Model) -> Self:
        return self.filter(scope_type=ContentType.objects.get_for_model(scope), scope_id=scope.pk)

    def about(self, record: Model) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(record), object_id=record.pk)


class ScopedCaseQuerySet(InScopeQuerySet):
    def decided_by_them(self, user: User | AnonymousUser) -> Self:
        """Those that somebody may decide: never about themselves, and an appeal never where the decision was theirs.

        Administrators decide appeals of every scope.
        """
        mine = in_scopes_of(user)
        if user.is_authenticated and user.is_superuser:
            mine |= Q(subject="appeal")
        return self.filter(mine).exclude(author=user.pk).exclude(subject="appeal", appeal_of__decided_by=user.pk)

    def told_to(self, user: User | AnonymousUser) -> Self:
        """What somebody reads about themselves: what was decided, their appeals, and what reports have hidden."""
        decided = Q(state="decided") & ~Q(decision="kept")
        hidden = Q(state="waiting", acts__verb="auto_hidden")
        return self.filter(decided | hidden | Q(subject="appeal"), author=user.pk).distinct()

    def waiting(self) -> Self:
        return self.filter(state="waiting")

    def with_people(self) -> Self:
        people = self.select_related("author", "claimed_by", "decided_by", "appeal_of__decided_by")
        return people.prefetch_related("scope")


class SanctionQuerySet(InScopeQuerySet):
    def in_force(self) -> Self:
        """Pauses and bans that hold now."""
        now = timezone.now()
        return self.exclude(kind="warning").filter(Q(until=None) | Q(until__gt=now), lifted_at=None)
