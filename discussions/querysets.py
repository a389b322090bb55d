"""Reads on threads and posts. Who may read is for the place to say."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from discussions import places
from moderation.models import Sanction

if TYPE_CHECKING:
    from django.db.models import Model

    from discussions.models import Thread
    from members.models import User

FRESH = timedelta(days=30)  # what is older is not new to somebody who never opened it
SEARCHED = 2000  # discussions of a place, the newest, that a word is looked for in
NOT_BEGUN = Q(is_comments=True, reply_count=0)  # comments that nobody has written yet
HELD = ("waiting", "hidden")  # seen by its author and by whoever decides


def _related(rows: models.QuerySet, name: str) -> models.Manager:
    """Rows of another model that point here, which cannot be imported from below it."""
    model: Any = rows.model._meta.get_field(name).related_model
    manager: models.Manager = model._default_manager
    return manager


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
        """What visitors find: shown, in places that everybody may read.

        With the names under which every content type has its address and its times.
        """
        public = self.filter(read_by(AnonymousUser()), state="shown").exclude(NOT_BEGUN)
        return public.annotate(slug=Cast("pk", CharField()), published_at=F("created_at"))

    def withdrawn(self) -> Self:
        """No short address leads to what was removed."""
        return self.none()

    def with_card_data(self) -> Self:
        return self.prefetch_related("record")

    def at_any(self, model: type[Model], keys: Collection[int]) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(model), object_id__in=keys)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What an address answers for: what was removed still says so, what is held is for author and moderators."""
        held = Q(state__in=HELD)
        mine = _written_by(user) | run_by(user)
        return self.filter(read_by(user)).filter(~held | mine)

    def listed_for(self, user: User | AnonymousUser) -> Self:
        """What lists show: not what was removed."""
        return self.visible_to(user).exclude(NOT_BEGUN).exclude(state="removed")

    def at(self, place: Model) -> Self:
        return self.filter(content_type=ContentType.objects.get_for_model(place), object_id=place.pk)

    def of_kind(self, kind: str) -> Self:
        """`unanswered`: questions without an answer."""
        if kind == "unanswered":
            return self.filter(kind="question", answer=None)
        return self.filter(kind=kind) if kind else self

    def saying(self, words: str) -> Self:
        """Those of the newest in whose title or posts each of the words occurs."""
        if not words:
            return self
        posts = _related(self, "posts")
        found = self.filter(pk__in=self.order_by("-last_at").values("pk")[:SEARCHED])
        for word in words.split()[:6]:
            said = Exists(posts.filter(thread=OuterRef("pk"), state="shown", text__icontains=word))
            found = found.filter(Q(title__icontains=word) | said)
        return found

    def with_reading(self, user: User | AnonymousUser) -> Self:
        """With `read_to` and `wish` of a reader, and `is_unread`: something was written that they have not seen."""
        if not user.is_authenticated:
            return self.annotate(is_unread=Value(False))
        readings = _related(self, "readings")
        mine = readings.filter(user=user, thread=OuterRef("pk"))
        found = self.annotate(
            read_to=Coalesce(Subquery(mine.values("read_to")[:1]), Value(0)),
            wish=Coalesce(Subquery(mine.values("wish")[:1]), Value("")),
        )
        unread = Q(last_at__gt=self._all_read_at(user), shown_number__gt=F("read_to")) & ~Q(wish="mute")
        return found.annotate(is_unread=Case(When(unread, then=True), default=False))

    def numbers_for(self, user: User | AnonymousUser) -> dict[str, int]:
        """How many there are, `all` and `unread`, in one query."""
        rows = self.with_reading(user).order_by()
        return rows.aggregate(all=Count("pk"), unread=Count("pk", filter=Q(is_unread=True)))

    def unread_by_place(self, user: User, model: type[Model], keys: Collection[int]) -> dict[int, int]:
        """How many a reader has something unread in, by the key of each of these places; one query."""
        rows = self.listed_for(user).at_any(model, keys).with_reading(user).filter(is_unread=True)
        return dict(rows.order_by().values_list("object_id").annotate(Count("pk")))

    def with_standing(self, user: User | AnonymousUser) -> Self:
        """With `is_paused` there and `has_unsent` text of a reader: rare, and one question with the thread."""
        if not user.is_authenticated:
            return self.annotate(is_paused=Value(False), has_unsent=Value(False))
        paused = Sanction.objects.in_force().filter(
            user=user, kind="pause", scope_type=OuterRef("content_type"), scope_id=OuterRef("object_id")
        )
        typed = _related(self, "unsent")
        return self.annotate(
            is_paused=Exists(paused), has_unsent=Exists(typed.filter(user=user, thread=OuterRef("pk")))
        )

    def _all_read_at(self, user: User) -> Coalesce:
        model: Any = self.model
        marks = model.all_read_marks().filter(
            user=user, content_type=OuterRef("content_type"), object_id=OuterRef("object_id")
        )
        return Coalesce(Subquery(marks.values("at")[:1]), Value(timezone.now() - FRESH))


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

    def shown(self) -> Self:
        return self.filter(state="shown")

    def with_what_stands_by(self, language: str) -> Self:
        """With `is_translated` into a language and `has_attachments`: most posts have neither."""
        translations = _related(self, "translations")
        attachments = _related(self, "attachments")
        return self.annotate(
            is_translated=Exists(translations.filter(post=OuterRef("pk"), language=language)),
            has_attachments=Exists(attachments.filter(post=OuterRef("pk"))),
        )

    def written_since(self, user: User, since: datetime) -> Self:
        return self.filter(author=user, created_at__gt=since)


class UnsentQuerySet(models.QuerySet):
    def of(self, user: User, place: Model, thread: Thread | None) -> Self:
        """What somebody began to write there: an answer, or the beginning of a new discussion."""
        if thread is not None:
            return self.filter(user=user, thread=thread)
        here = ContentType.objects.get_for_model(place)
        return self.filter(user=user, thread=None, content_type=here, object_id=place.pk)

    def forgotten(self) -> Self:
        kept: timedelta = self.model.KEPT  # type: ignore[attr-defined]
        return self.filter(updated_at__lt=timezone.now() - kept)
