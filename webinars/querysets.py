"""Reads on webinars. One of a private community is there for its members alone: no list, search, feed, calendar,
sitemap or count holds it for others, nor for its organisers once they are out of the community."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from content.querysets import EntryQuerySet

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from communities.models import Community
    from members.models import User

    Anybody = User | AnonymousUser

HELD = timedelta(hours=24)  # a place whose address nobody confirmed, and an offer to whoever waited
PRIVATE = Q(community__access="private", community__isnull=False)


def _is_in(user: User) -> Exists:
    """Whether somebody is in the community of the row."""
    rows = apps.get_model("communities", "Membership")._default_manager.current()
    return Exists(rows.filter(community=OuterRef("community"), community__status="published", user=user))


class WebinarQuerySet(EntryQuerySet):
    def published(self) -> Self:
        """What lists, search, feeds and counts may hold."""
        return super().published().exclude(PRIVATE)

    def visible_to(self, user: Anybody) -> Self:
        if user.is_authenticated and user.is_staff:
            return self.all()
        shown = Q(status="published")
        if not user.is_authenticated:
            return self.filter(shown).exclude(PRIVATE)
        theirs = shown | self._is_organised_by(user)
        return self.filter(theirs).exclude(PRIVATE & ~Q(_is_in(user)))

    def shown_to(self, user: Anybody) -> Self:
        """What this reader finds in lists: published, those of their private communities included."""
        found = self.filter(status="published")
        return found.exclude(PRIVATE & ~Q(_is_in(user))) if user.is_authenticated else found.exclude(PRIVATE)

    def withdrawn(self) -> Self:
        """Those whose address answers 410: of a private community's nobody hears that there was one."""
        return super().withdrawn().exclude(PRIVATE)

    def reachable_by(self, user: Anybody) -> Self:
        return self.visible_to(user) | self.withdrawn()

    def organised_by(self, user: User) -> Self:
        """Those somebody may edit: theirs, as long as they are in the community where it is private."""
        return self.filter(self._is_organised_by(user)).exclude(PRIVATE & ~Q(_is_in(user)))

    def _is_organised_by(self, user: User) -> Exists:
        rows = apps.get_model("webinars", "Organiser")._default_manager
        return Exists(rows.filter(webinar=OuterRef("pk"), user=user))

    def of_community(self, community: Community) -> Self:
        return self.filter(community=community)

    # ----- by the clock

    def upcoming(self, moment: datetime | None = None) -> Self:
        """Those that have not ended, the next first."""
        return self.filter(ends_at__gt=moment or timezone.now(), cancelled_at=None).order_by("starts_at", "pk")

    def past(self, moment: datetime | None = None) -> Self:
        return self.filter(ends_at__lte=moment or timezone.now(), cancelled_at=None).order_by("-starts_at", "-pk")

    # ----- with what is shown of them

    def for_cards(self) -> Self:
        """What `cards` makes a row of a list of."""
        return self.select_related("series")

    def with_card_data(self) -> Self:
        """What plain data says of one, in a fixed number of queries."""
        return self.select_related("series", "community").prefetch_related("organisations", "topics", "countries")

    def with_detail_data(self) -> Self:
        """What its page shows, but for terms, which `content.terms` brings in one query."""
        panel = apps.get_model("webinars", "Panellist")._default_manager.with_people()
        found = self.select_related("series", "community", "summary_post")
        return found.prefetch_related("organisations", Prefetch("panellists", panel))


class PanellistQuerySet(models.QuerySet):
    def with_people(self) -> Self:
        return self.select_related("user", "organisation").order_by("position", "pk")


class SeriesQuerySet(models.QuerySet):
    def visible_to(self, user: Anybody) -> Self:
        """A series of a private community is as private as its webinars."""
        if user.is_authenticated and user.is_staff:
            return self.all()
        return self.exclude(PRIVATE & ~Q(_is_in(user))) if user.is_authenticated else self.public()

    def public(self) -> Self:
        return self.exclude(PRIVATE)


class RegistrationQuerySet(models.QuerySet):
    def holding(self, moment: datetime) -> Self:
        return self.filter(self.holds_place(moment))

    def holds_place(self, moment: datetime) -> Q:
        """Those who have a place: registered, though an address that nobody confirmed holds one for a day, and whoever
        a place is offered to."""
        fresh = Q(confirmed_at__isnull=False) | Q(registered_at__gt=moment - HELD)
        return Q(fresh, state="in") | Q(state="offered", offered_until__gt=moment)

    def written_to(self) -> Self:
        """Those who hear of what happens to the webinar: nobody whose address may be a stranger's."""
        return self.filter(confirmed_at__isnull=False).exclude(email="")

    def reminded(self) -> Self:
        return self.written_to().filter(state="in")

    def told(self) -> Self:
        """Those whom a move or the end of it concerns, the waiting list included."""
        return self.written_to().filter(state__in=("in", "waiting", "offered"))

    def waiting(self) -> Self:
        """In the order in which they came; only those whose address is theirs are offered a place."""
        return self.written_to().filter(state="waiting").order_by("registered_at", "pk")

    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def current(self) -> Self:
        return self.filter(state__in=("in", "waiting", "offered"))


class QuestionQuerySet(models.QuerySet):
    def shown(self) -> Self:
        return self.filter(hidden_at=None)

    def open(self) -> Self:
        return self.filter(answered_at=None)

    def answered(self) -> Self:
        return self.filter(answered_at__isnull=False)

    def in_words(self) -> Self:
        """Those whose answer can be read."""
        return self.exclude(answer="")

    def by_votes(self) -> Self:
        """With how many want to know it, the most wanted first; the older of two that are wanted alike."""
        return self.annotate(number=Count("votes")).order_by("-number", "asked_at", "pk")
