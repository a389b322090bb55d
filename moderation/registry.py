"""What can be moderated, and whose queue it falls into. Apps above sign up in `apps.py ready()`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.utils.functional import _StrPromise

    from members.models import User


@dataclass(frozen=True)
class Kind:
    """Something that people write and that can be held back, hidden and removed: a post, a question."""

    key: str
    label: _StrPromise
    model: type[Model]  # a moderation.models.Moderated
    template: str  # shows `record` to whoever decides
    author_of: Callable[[Any], User | None]
    scope_of: Callable[[Any], Model]
    url_of: Callable[[Any], str]  # where its readers find it, and its author edits it
    title_of: Callable[[Any], str]  # one line: the discussion it stands in
    text_of: Callable[[Any], str]  # as plain words
    written_by: Callable[[User], QuerySet]
    links_in: Callable[[Any], Sequence[str]] = lambda record: ()  # hosts that its words lead to
    context: Callable[[Any], Mapping[str, Any]] = lambda record: {}  # what the template needs beside the record
    with_people: Callable[[QuerySet], QuerySet] = lambda rows: rows  # what a page of a queue asks at once
    can_be_reported: bool = True  # its manager has `visible_to(user)`
    changed: Callable[..., None] = lambda **what: None  # (record=, before=, by=) after its state has changed


@dataclass(frozen=True)
class Scope:
    """A part of the portal with moderators of its own: a community, the blog."""

    key: str
    label: _StrPromise
    model: type[Model]
    run_by: Callable[[User], QuerySet]  # those whose queue somebody decides
    moderators: Callable[[Any], QuerySet[User]]
    name_of: Callable[[Any], str]
    url_of: Callable[[Any], str]
    shut_out: Callable[..., None]  # (scope=, user=, by=) in the transaction of a ban
    let_in: Callable[..., None]  # (scope=, user=, by=) in the transaction that lifts it
    kinds: Sequence[str] = ()  # of content.caching: they move on when somebody begins or ceases to moderate there


_kinds: dict[str, Kind] = {}
_scopes: dict[str, Scope] = {}


def register(kind: Kind) -> None:
    """Raises ValueError when the key is taken."""
    if kind.key in _kinds:
        raise ValueError(f"{kind.key} is moderated already.")
    _kinds[kind.key] = kind


def register_scope(scope: Scope) -> None:
    """Raises ValueError when the key is taken."""
    if scope.key in _scopes:
        raise ValueError(f"The scope {scope.key} is registered already.")
    _scopes[scope.key] = scope


def kind(key: str) -> Kind:
    """Raises KeyError for what nobody signed up."""
    return _kinds[key]


def kind_of(record: Model) -> Kind:
    return next(one for one in _kinds.values() if isinstance(record, one.model))


def all_kinds() -> list[Kind]:
    return list(_kinds.values())


def all_scopes() -> list[Scope]:
    return list(_scopes.values())


def scope_of(row: Model) -> Scope:
    """What is known of a community, of the blog: the scope that a row is."""
    return next(one for one in _scopes.values() if isinstance(row, one.model))


def scope_of_type(type_id: int) -> Scope:
    """Raises StopIteration for a type that nobody signed up."""
    model = ContentType.objects.get_for_id(type_id).model_class()
    return next(one for one in _scopes.values() if one.model is model)
