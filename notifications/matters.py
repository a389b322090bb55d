"""What is told of that is no record of `content.registry`: a post in a discussion. Apps above sign up in `ready()`.

A letter names it in its context (`about`), so that the right to see it is asked again when the letter leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import Model, QuerySet
    from django.utils.functional import _StrPromise

    from content.translations import Words
    from members.models import User
    from notifications.models import Letter, Notice

Pair = tuple[int, int]  # key of what is told, key of whom it is told to
ABOUT = "about"  # in the context of a letter: [["post", 12], …]
NOT_VISIBLE = "no_longer_visible"


@dataclass(frozen=True)
class Said:
    """How one of them stands in a list, in the language of the moment."""

    title: Words
    path: str
    item: str  # what a summary names once, however much of it is new: "thread:12"
    where: str  # the place it hangs in
    by: str  # whoever wrote it


@dataclass(frozen=True)
class Matter:
    key: str
    model: type[Model]
    heading: _StrPromise  # over all of them in a summary
    rows: Callable[[User | AnonymousUser], QuerySet]  # that somebody may see, with whatever `said` needs
    told_to: Callable[[Collection[Pair]], AbstractSet[Pair]]  # those of the pairs that may be told now
    said: Callable[[Any], Said]


_matters: dict[str, Matter] = {}


def register(matter: Matter) -> None:
    """Raises ValueError when the key is taken."""
    if matter.key in _matters:
        raise ValueError(f"Something called {matter.key} is told of already.")
    _matters[matter.key] = matter


def of(record: Model | type[Model] | None) -> Matter | None:
    model = record if isinstance(record, type) else type(record)
    return next((matter for matter in _matters.values() if issubclass(model, matter.model)), None)


def of_type(type_id: int | None) -> Matter | None:
    return of(ContentType.objects.get_for_id(type_id).model_class()) if type_id else None


def named(record: Model | None) -> dict[str, Any]:
    """The part of a letter's context that says what it is about."""
    matter = of(record)
    return {ABOUT: [[matter.key, record.pk]]} if matter and record else {}


def named_in(notices: Iterable[Notice]) -> dict[str, Any]:
    """The same for a summary."""
    parts = [[matter.key, one.object_id] for one in notices if (matter := of_type(one.content_type_id))]
    return {ABOUT: parts} if parts else {}


def unseen_by(user: User) -> Q:
    """Notices about what their reader may not see any more: they do not even learn that something is gone."""
    unseen = Q(pk__in=[])
    for matter in _matters.values():
        there = matter.rows(user).filter(pk=OuterRef("object_id"))
        unseen |= Q(~Exists(there), content_type=ContentType.objects.get_for_model(matter.model))
    return unseen


def still_told(notices: Sequence[Notice]) -> list[Notice]:
    """Without those whose reader may not be told of the thing now."""
    asked: dict[str, set[Pair]] = {}
    keys = {notice: matter.key for notice in notices if (matter := of_type(notice.content_type_id))}
    for notice, key in keys.items():
        asked.setdefault(key, set()).add(_pair(notice))
    allowed = {key: _matters[key].told_to(pairs) for key, pairs in asked.items()}
    return [notice for notice in notices if notice not in keys or _pair(notice) in allowed[keys[notice]]]


def _pair(notice: Notice) -> Pair:
    return notice.object_id or 0, notice.user_id


def refusals(letters: Iterable[Letter]) -> dict[int, str]:
    """Why letters must not leave, by their keys: asked for all of a round at once."""
    concerned = {letter: parts for letter in letters if letter.user_id and (parts := _parts(letter.context))}
    asked: dict[str, set[Pair]] = {}
    for letter, parts in concerned.items():
        for key, pk in parts:
            asked.setdefault(key, set()).add((pk, letter.user_id or 0))
    allowed = {key: _matters[key].told_to(pairs) for key, pairs in asked.items()}
    return {
        letter.pk: NOT_VISIBLE
        for letter, parts in concerned.items()
        if any((pk, letter.user_id) not in allowed[key] for key, pk in parts)
    }


def are_open_to(user: User | AnonymousUser, context: Mapping[str, Any] | None) -> bool:
    """Whether somebody else may read a letter: all that it tells of must be open to them, too."""
    asked: dict[str, set[int]] = {}
    for key, pk in _parts(context):
        asked.setdefault(key, set()).add(pk)
    return all(_matters[key].rows(user).filter(pk__in=pks).count() == len(pks) for key, pks in asked.items())


def _parts(context: Mapping[str, Any] | None) -> list[tuple[str, int]]:
    return [(key, pk) for key, pk in (context or {}).get(ABOUT, ()) if key in _matters]
