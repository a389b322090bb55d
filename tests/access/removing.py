"""Finds each permission check in the code, and takes one out. What a check is:

in a body   a filter, an owner, a standing, a guard, a signature (tests.access.checks); from the body of a decorator of
            ours, for one view after another
decorator   login_required, reauthentication_required, only, require_POST, require_safe on a view, or inside a decorator
            of ours that stands on it
door        inside, members_only, administrators_only on a page of a community, which then is as open as its front
rule        a predicate of a module of permissions, or one named below, which then says yes, or no where it shuts out
"""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import pkgutil
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any

import pytest
from django.conf import settings
from django.urls import URLPattern
from rules.predicates import Predicate

from communities.doors import front
from tests.access.checks import HELPERS, Remover, compiled, parsed, tree_of, without
from tests.access.probes import routes

# From the top floor down, as import-linter knows them: tests/test_architecture.py says that no app is missing there.
FLOORS = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
HOUSE: tuple[str, ...] = tuple(FLOORS["root_packages"])
NOT_SERVED = (".migrations", ".management", ".demo", ".populate", "__main__")
DECORATORS = ("login_required", "reauthentication_required", "only", "require_POST", "require_safe")
DOORS = ("inside", "members_only", "administrators_only")
# Predicates that stand elsewhere than in a module of permissions.
RULES = (
    *(f"communities.doors.Door.{name}" for name in ("is_inside", "can_write", "can_moderate", "can_administer")),
    *("communities.doors.Door.can_archive", "communities.places.may_write"),
    *(
        "discussions.showing.may_see_all",
        "discussions.showing._Around.is_readable",
        "discussions.files.may_read_unsent",
    ),
)
YES = ("can_", "runs", "is_moderator", "takes_people")  # how those of permissions begin
NO = ("is_banned", "is_outdated", "must_ask")

Heard = Callable[[], object]


@dataclass(frozen=True)
class Site:
    kind: str
    name: str
    check: str
    remove: Callable[[pytest.MonkeyPatch], None]
    listen: Callable[[pytest.MonkeyPatch, Heard], None]  # has `heard` called whenever what the check is part of runs

    def __str__(self) -> str:
        return f"{self.kind}: {self.name} {self.check}"

    @property
    def called(self) -> str:
        return f"{self.name} {self.check}".strip()

    @property
    def app(self) -> str:
        return self.name.partition(".")[0]

    @property
    def place(self) -> str:
        """What it is part of: checks of one function are listened for once."""
        return f"door of {self.name}" if self.kind in ("decorator", "door") else self.name


# ---------- Functions of the house ----------


def functions() -> Iterator[tuple[str, FunctionType]]:
    """Functions and methods of the house, by where they stand, without what decorators wrap around them."""
    for module in modules():
        for name, thing in list(vars(module).items()):
            members = vars(thing).items() if inspect.isclass(thing) else [("", thing)]
            for inner, member in members:
                bare = getattr(member, "func", None) or getattr(member, "fget", None) or member
                bare = inspect.unwrap(bare) if callable(bare) else bare
                if inspect.isfunction(bare) and bare.__module__ == module.__name__:
                    yield ".".join(filter(None, [module.__name__, name, inner])), bare


def modules() -> Iterator[Any]:
    for app in HOUSE:
        for found in pkgutil.walk_packages(importlib.import_module(app).__path__, f"{app}."):
            if not any(part in found.name for part in NOT_SERVED):
                yield importlib.import_module(found.name)


# ---------- Checks in a function's body ----------


def in_bodies() -> Iterator[Site]:
    seen = set()
    for name, function in functions():
        if function in seen or function.__closure__ or function.__code__.co_filename == "<string>":
            continue  # what dataclasses write themselves
        if inner_decorators(function):
            continue  # a decorator has done its work when the views were read: on_views takes it from each of them
        seen.add(function)
        remover = Remover(function)
        remover.visit(tree_of(function))
        for number, (kind, check) in enumerate(remover.met):
            yield Site(kind, name, f"{check}[{number}]", _code_remover(function, number), _listener(function))


def _code_remover(function: FunctionType, number: int) -> Callable[[pytest.MonkeyPatch], None]:
    def remove(patch: pytest.MonkeyPatch) -> None:
        for helper in HELPERS:
            patch.setitem(function.__globals__, helper.__name__, helper)
        patch.setattr(function, "__code__", without(function, number))

    return remove


def _listener(function: FunctionType) -> Callable[[pytest.MonkeyPatch, Heard], None]:
    said = f"_heard_{function.__qualname__.replace('.', '_')}"

    @functools.cache
    def saying() -> CodeType:
        tree = tree_of(function)
        tree.body[0].body.insert(0, ast.Expr(ast.Call(ast.Name(said, ast.Load()), [], [])))
        return compiled(function, ast.fix_missing_locations(tree)).__code__

    def listen(patch: pytest.MonkeyPatch, heard: Heard) -> None:
        patch.setitem(function.__globals__, said, heard)
        patch.setattr(function, "__code__", saying())

    return listen


# ---------- Decorators of views ----------


def on_views() -> Iterator[Site]:
    by_view: dict[FunctionType, list[URLPattern]] = {}
    for _name, pattern in routes():
        view = inspect.unwrap(pattern.callback)
        if inspect.isfunction(view) and view.__module__.partition(".")[0] in HOUSE:
            by_view.setdefault(view, []).append(pattern)
    for view, patterns in by_view.items():
        name = f"{view.__module__}.{view.__name__}"
        for decorator in definition(view).decorator_list:
            called = ast.unparse(decorator)
            used, stands_in = called.partition("(")[0], view.__globals__.get(called.partition("(")[0])
            if used in (*DECORATORS, *DOORS):
                kind = "door" if used in DOORS else "decorator"
                yield Site(kind, name, called, _undecorated(view, patterns, bare(view, called)), _at_door(patterns))
            elif inspect.isfunction(stands_in) and (around := inner_decorators(stands_in)):
                for kind, check, easy in _eased(stands_in, around):
                    remove = _undecorated(view, patterns, easy, used)
                    yield Site(kind, name, f"{used}: {check}", remove, _at_door(patterns))


def definition(function: FunctionType) -> ast.FunctionDef:
    return parsed(function).body[0]


def inner_decorators(decorator: FunctionType) -> list[str]:
    """What a decorator of ours puts around views, or nothing where it is none."""
    if decorator.__module__.partition(".")[0] not in HOUSE:
        return []
    inner = [one for one in ast.walk(definition(decorator)) if isinstance(one, ast.FunctionDef)][1:]
    around = [ast.unparse(one) for function in inner for one in function.decorator_list]
    return around if any(one.startswith("functools.wraps") for one in around) else []


def _eased(decorator: FunctionType, around: list[str]) -> Iterator[tuple[str, str, ast.AST]]:
    """A decorator of ours without one of the decorators inside it, or without one of the checks it makes itself."""
    for inner in around:
        if inner in DECORATORS:
            yield "decorator", inner, bare(decorator, inner)
    whole = Remover(decorator)
    whole.visit(parsed(decorator))
    for number, (kind, check) in enumerate(whole.met):
        tree = Remover(decorator, number).visit(parsed(decorator))
        yield kind, f"{check}[{number}]", ast.fix_missing_locations(tree)


def _undecorated(
    view: FunctionType, patterns: list[URLPattern], easy: ast.AST, of: str = ""
) -> Callable[[pytest.MonkeyPatch], None]:
    """With an easier definition of the view, or of the decorator `of` that stands on it."""

    def remove(patch: pytest.MonkeyPatch) -> None:
        helpers = {helper.__name__: helper for helper in (front, *HELPERS)}
        space = view.__globals__ | helpers
        if of:
            space = space | {of: compiled(space[of], easy, space[of].__globals__ | helpers)}
        easier = compiled(view, parsed(view) if of else easy, space)
        for pattern in patterns:
            patch.setattr(pattern, "callback", easier)

    return remove


def bare(function: FunctionType, left_out: str) -> ast.Module:
    """Without a decorator; where it is a door, with one that asks for no more than the front."""
    tree = parsed(function)
    instead = [ast.Name(front.__name__, ast.Load())] if left_out in DOORS else []
    for one in ast.walk(tree):
        if isinstance(one, ast.FunctionDef):
            kept = [(instead if ast.unparse(its) == left_out else [its]) for its in one.decorator_list]
            one.decorator_list = [its for some in kept for its in some]
    return ast.fix_missing_locations(tree)


def _at_door(patterns: list[URLPattern]) -> Callable[[pytest.MonkeyPatch, Heard], None]:
    def listen(patch: pytest.MonkeyPatch, heard: Heard) -> None:
        for pattern in patterns:
            patch.setattr(pattern, "callback", _telling(pattern.callback, heard))

    return listen


def _telling(function: Callable[..., Any], heard: Heard) -> Callable[..., Any]:
    @functools.wraps(function)
    def telling(*args: Any, **kwargs: Any) -> Any:
        heard()
        return function(*args, **kwargs)

    return telling


# ---------- Rules ----------


def rules() -> Iterator[Site]:
    seen = set()
    for module in reversed(list(modules())):  # a rule is named where it stands, not where it is used
        for name, thing in vars(module).items() if module.__name__.endswith("permissions") else ():
            is_ours = inspect.isfunction(thing) and thing.__module__ == module.__name__ and name.startswith((*YES, *NO))
            if id(thing) not in seen and (is_ours or isinstance(thing, Predicate)):
                seen.add(id(thing))
                yield Site("rule", f"{module.__name__}.{name}", "", _answering(thing, name not in NO), _asked(thing))
    for name, function in functions():
        if name in RULES:
            is_yes = name.rpartition(".")[2] not in NO
            yield Site("rule", name, "", _answering(function, is_yes), _listener(function))


def _answering(thing: Any, answer: bool) -> Callable[[pytest.MonkeyPatch], None]:
    """What nobody is refused by: yes, or no where it says who is shut out."""

    def remove(patch: pytest.MonkeyPatch) -> None:
        if isinstance(thing, Predicate):
            patch.setattr(thing, "fn", lambda *args: True)
        else:
            easy = (lambda *args, **kwargs: True) if answer else (lambda *args, **kwargs: False)
            patch.setattr(thing, "__code__", easy.__code__)

    return remove


def _asked(thing: Any) -> Callable[[pytest.MonkeyPatch, Heard], None]:
    if not isinstance(thing, Predicate):
        return _listener(thing)
    return lambda patch, heard: patch.setattr(thing, "fn", _telling(thing.fn, heard))


def sites() -> list[Site]:
    return [*in_bodies(), *on_views(), *rules()]
