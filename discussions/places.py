"""Where discussions hang: a community, later a post of the blog or a webinar. Apps above sign up in `ready()`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType

from notifications import following
from search import signals

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import Model, QuerySet

    from discussions.models import Thread
    from members.models import User

    Anybody = User | AnonymousUser


@dataclass(frozen=True)
class People:
    """Whom a page names: who wrote, by key; who is mentioned, by handle."""

    users: Collection[int] = ()
    handles: Collection[str] = ()


@dataclass(frozen=True)
class PagesOf:
    """The paths to people's pages."""

    users: Mapping[int, str] = field(default_factory=dict)
    handles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """What discussions ask of a place. Each answer holds for the moment it is asked: nothing of it is kept."""

    key: str
    model: type[Model]
    read_by: Callable[[Anybody], QuerySet]  # places whose discussions somebody may read
    run_by: Callable[[Anybody], QuerySet]  # places whose discussions somebody moderates
    may_write: Callable[[Anybody, Any], bool]
    path_of: Callable[[Any], str]  # its list of discussions
    path_of_thread: Callable[[Thread], str]
    name_of: Callable[[Any], str]  # in the language of the moment
    readers: Callable[[Any], QuerySet[User]]  # its people: who can be mentioned, and is told
    touched: Callable[[Any], None]  # something new was written there
    find_people: Callable[[Any, Collection[str]], Mapping[str, User]]  # of its people, by handle
    pages_of: Callable[[People, Anybody], PagesOf]  # of those whose page a reader may open
    apart: Callable[
        [Collection[int]], AbstractSet[tuple[int, int]]
    ]  # who does not meet whom, of these people: both ways
    # Whose moderators decide about it: a community is decided in by its own, a post of the blog by those of the blog.
    scope_of: Callable[[Any], Model] = lambda row: row
    takes_threads: bool = True  # whether discussions may be moved there


_places: dict[str, Place] = {}


def register(place: Place) -> None:
    """Raises ValueError when the key is taken. Its name, told as a reason, is for whom may read there."""
    if place.key in _places:
        raise ValueError(f"The place {place.key} is registered already.")
    _places[place.key] = place
    signals.connect()  # who may read there decides what is found: search listens to its rows, too
    following.explain(following.Reason(place.key, place.read_by, place.name_of))


def all_places() -> list[Place]:
    return list(_places.values())


def of(row: Model) -> Place:
    """What is known of a community, of a post of the blog."""
    return next(place for place in _places.values() if isinstance(row, place.model))


def of_thread(thread: Thread) -> Place:
    model = ContentType.objects.get_for_id(thread.content_type_id).model_class()
    return next(place for place in _places.values() if place.model is model)


def row_of(thread: Thread) -> Model:
    """The community, the post of the blog where a thread hangs."""
    row: Model | None = thread.record
    assert row is not None, "A place is never deleted before its threads."  # noqa: S101
    return row


def scope_of(row: Model) -> Model:
    """The part of the portal whose moderators decide there, and from which somebody is paused or banned."""
    return of(row).scope_of(row)


def stands_at(thread: Thread, row: Model) -> bool:
    """Whether a thread hangs there; no query."""
    return thread.content_type_id == ContentType.objects.get_for_model(row).pk and thread.object_id == row.pk


def path_to_start(row: Model) -> str:
    """Where a discussion is begun. Every place has its pages of discussions in the same order below its own."""
    return f"{of(row).path_of(row)}discussions/start/"


def path_to_read_all(row: Model) -> str:
    return f"{of(row).path_of(row)}discussions/read/"
