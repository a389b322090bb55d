"""Reads on profiles and messages. Every page starts from `visible_to`, every list from `found_by`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Max, Prefetch, Q
from django.db.models.functions import Coalesce

from people.visibility import Audience
from stakeholders.models import Affiliation
from taxonomy.models import Country, Topic

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from members.models import User


def kept_apart(user: User) -> list[int]:
    """Keys of the members who blocked this one or whom they blocked."""
    blocked = user.blocks.values_list("blocked_id")
    return [pk for (pk,) in blocked.union(user.blocked_by.values_list("blocker_id"))]


def apart_from(user: User) -> Q:
    """Rows whose `user` is one of them, as part of another question."""
    return Q(user__in=user.blocks.values("blocked_id")) | Q(user__in=user.blocked_by.values("blocker_id"))


class ProfileQuerySet(models.QuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Whose page a reader may open: by the listing each member chose, and never across a block."""
        active = self.filter(user__is_active=True)
        if not user.is_authenticated:
            return active.filter(listing="everyone")
        found = active.filter(Q(listing__in=("everyone", "members")) | Q(user=user))
        return found.exclude(apart_from(user))

    def listed(self, user: User | AnonymousUser) -> Self:
        """Who stands in the lists of a reader."""
        if not user.is_authenticated:
            return self.found_by(Audience.VISITOR)
        return self.found_by(Audience.MEMBER).without(kept_apart(user))

    def found_by(self, audience: Audience) -> Self:
        """Whom an audience finds in lists, counts and searches."""
        listings = ("everyone",) if audience == Audience.VISITOR else ("everyone", "members")
        return self.filter(user__is_active=True, listing__in=listings)

    def without(self, users: list[int]) -> Self:
        return self.exclude(user__in=users) if users else self

    def with_shown_data(self) -> Self:
        """All that a page or a row may show, in five queries whatever the number."""
        affiliations = Affiliation.objects.filter(organisation__status="published").select_related("organisation")
        return self.select_related("user", "country", "photo").prefetch_related(
            Prefetch("user__affiliations", affiliations),
            Prefetch("topics", Topic.objects.order_by("path")),
            Prefetch("experience", Country.objects.order_by("slug")),
        )


class MessageQuerySet(models.QuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Messages are for the two who wrote them. Staff see one only in a report."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(sender=user) | Q(recipient=user))

    def threads(self) -> Self:
        return self.filter(thread=None).select_related("sender", "recipient")

    def with_newest(self) -> Self:
        """Conversations by their newest message, that one first."""
        newest = Coalesce(Max("replies__sent_at"), "sent_at")
        return self.annotate(newest_at=newest, answers=Count("replies")).order_by("-newest_at", "-pk")

    def of_thread(self, first: int) -> Self:
        return self.filter(Q(pk=first) | Q(thread=first)).select_related("sender__profile")
