"""Reads on threads and posts. Who may read is for the place to say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from discussions import places

if TYPE_CHECKING:
    from django.db.models import Model

    from members.models import User

HELD = ("waiting", "hidden")  # seen by its author and by whoever decides


def _standing_in(rows: dict[type[Model], models.QuerySet], prefix: str = "") -> Q:
    wanted = Q(pk__in=[])
    for model, places_ in rows.items():
        kind = ContentType.objects.get_for_model(model)
        wanted |= Q(**{f"{prefix}content_type": kind, f"{prefix}object_id__in": places_.order_by().values("pk")})
    return wanted


def read_by(user: User | AnonymousUser, prefix: str = "") -> Q:
    """Threads in places that somebody may read."""
    return _standing_in({place.model: place.read_by(user) for place in places.all_places()}, prefix)


def run_by(user: User | AnonymousUser, prefix: str = "") -> Q:
    """Threads in places that somebody moderates."""
    if not user.is_authenticated:
        return Q(pk__in=[])
    return _standing_in({place.model: place.run_by(user) for place in places.all_places()}, prefix)


def _written_by(user: User | AnonymousUser) -> Q:
    return Q(author=user.pk) if user.is_authenticated else Q(pk__in=[])


class ThreadQuerySet(models.QuerySet):
    def published(self) -> Self:
        """What visitors find: shown, in places that everybody may read."""
        return self.filter(read_by(AnonymousUser()), state="shown")

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What an address answers for: what was removed still says so, what is held is for author and moderators."""
        held = Q(state__in=HELD)
        mine = _written_by(user) | run_by(user)
        return self.filter(read_by(user)).filter(~held | mine)

    def listed_for(self, user: User | AnonymousUser) -> Self:
        """What lists show: not what was removed."""
        return self.visible_to(user).exclude(state="removed")

    def at(self, place: Model) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(place), object_id=place.pk)


class PostQuerySet(models.QuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Posts whose words somebody may read: what is not shown is for its author and for moderators."""
        mine = _written_by(user) | run_by(user, "thread__")
        return self.filter(read_by(user, "thread__")).filter(Q(state="shown", thread__state="shown") | mine)

    def in_order(self) -> Self:
        return self.order_by("number")

    def page(self, number: int, size: int) -> Self:
        """Posts of one page by their numbers, so that a page stays what it is whatever is hidden or removed on it."""
        return self.filter(number__gt=(number - 1) * size, number__lte=number * size)
