"""Finds each permission check in the code, and takes one out. What a check is:

filter      a call of visible_to, reachable_by, published, withdrawn, decided_by_them or told_to, or a filter on the
            state written out
owner       owner=request.user and the like, in a filter of a view or of what views read
guard       `raise PermissionDenied`, and `raise Http404` under an `if` of a view
signature   signing.loads
decorator   login_required, reauthentication_required, only, require_POST, require_safe on a view, or inside a decorator
            of ours that stands on it
rule        a predicate of a permissions.py, which then says yes
"""

from __future__ import annotations

import ast
import functools
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType, FunctionType
from typing import Any

import pytest
from django.core import signing
from django.urls import URLPattern
from rules.predicates import Predicate

from content import registry
from tests.access.probes import routes

HOUSE = (
    *("portal", "publications", "communities", "people", "stakeholders", "moderation", "search", "notifications"),
    *("content", "files", "members", "taxonomy"),
)
NOT_SERVED = (".migrations", ".management", ".demo", ".populate", "__main__")
FILTERS = ("visible_to", "reachable_by", "published", "withdrawn", "decided_by_them", "told_to")
OWNERS = ("user", "owner", "opened_by", "blocker", "sender", "recipient", "editor")
THEMSELVES = ("request.user", "user", "by", "self.user", "owner")
ASKS = ("filter", "exclude", "get", "get_object_or_404", "Q", "first")
DECORATORS = ("login_required", "reauthentication_required", "only", "require_POST", "require_safe")


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
    def app(self) -> str:
        return self.name.partition(".")[0]

    @property
    def place(self) -> str:
        """What it is part of: checks of one function are listened for once."""
        return f"door of {self.name}" if self.kind == "decorator" else self.name


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


def parsed(function: FunctionType) -> ast.Module:
    return ast.parse(textwrap.dedent(inspect.getsource(function)))


def tree_of(function: FunctionType) -> ast.Module:
    """Its code as it stands, without what is put around it."""
    tree = parsed(function)
    tree.body[0].decorator_list = []
    return tree


# ---------- Checks in a function's body ----------


def check_in(node: ast.AST, is_view: bool, asks_whose: bool) -> tuple[str, str, ast.AST] | None:
    """Kind and name of the check that a piece of code is, and what stands there without it."""
    if isinstance(node, ast.Raise):
        raised = ast.unparse(node.exc).partition("(")[0] if node.exc else ""
        is_guard = raised == "PermissionDenied" or (raised == "Http404" and is_view and node.cause is None)
        return ("guard", raised, ast.Pass()) if is_guard else None
    if not isinstance(node, ast.Call):
        return None
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if isinstance(node.func, ast.Attribute) and (filtered := _filter(node, called)):
        return "filter", filtered, ast.Call(ast.Name("_everything", ast.Load()), [node.func.value], [])
    if called == "loads" and ast.unparse(node.func) == "signing.loads":
        return "signature", called, ast.Call(ast.Name("_unsigned", ast.Load()), node.args[:1], [])
    if asks_whose and called in ASKS and (named := _owner(node)):
        kept = [one for one in node.keywords if one is not named]
        return "owner", f"{named.arg}={ast.unparse(named.value)}", ast.Call(node.func, node.args, kept)
    return None


def _filter(node: ast.Call, called: str) -> str:
    if called in FILTERS:
        return called
    for given in node.keywords:
        if (given.arg or "").endswith("status") and getattr(given.value, "value", None) == "published":
            return given.arg or ""
    return ""


def _owner(node: ast.Call) -> ast.keyword | None:
    return next((one for one in node.keywords if one.arg in OWNERS and ast.unparse(one.value) in THEMSELVES), None)


class Remover(ast.NodeTransformer):
    """Takes out the nth check of a function, or none, and remembers all it met."""

    def __init__(self, function: FunctionType, number: int = -1) -> None:
        module = function.__module__
        self.is_view = module.endswith("views") and not module.startswith("search.")
        self.asks_whose = module.endswith(("views", "querysets", "contributions"))
        self.number = number
        self.met: list[tuple[str, str]] = []

    def visit(self, node: ast.AST) -> ast.AST:
        node = super().generic_visit(node)
        if found := check_in(node, self.is_view, self.asks_whose):
            self.met.append(found[:2])
            if len(self.met) - 1 == self.number:
                return ast.copy_location(found[2], node)
        return node


def without(function: FunctionType, number: int) -> CodeType:
    """The function's code with that one check removed."""
    return _compiled(function, ast.fix_missing_locations(Remover(function, number).visit(tree_of(function)))).__code__


def _compiled(function: FunctionType, tree: ast.AST, space: dict | None = None) -> FunctionType:
    flags = function.__code__.co_flags & 0x1000000  # annotations that are not evaluated
    made: dict = {}
    exec(compile(tree, inspect.getfile(function), "exec", flags=flags), made if space is None else space, made)
    return next(value for value in made.values() if callable(value))


def _everything(what: Any) -> Any:
    return what.model._default_manager.all() if isinstance(what, registry.ContentType) else what.all()


def _unsigned(token: str) -> Any:
    return signing.JSONSerializer().loads(signing.b64_decode(token.partition(":")[0].encode()))


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
        for helper in (_everything, _unsigned):
            patch.setitem(function.__globals__, helper.__name__, helper)
        patch.setattr(function, "__code__", without(function, number))

    return remove


def _listener(function: FunctionType) -> Callable[[pytest.MonkeyPatch, Heard], None]:
    said = f"_heard_{function.__qualname__.replace('.', '_')}"

    @functools.cache
    def saying() -> CodeType:
        tree = tree_of(function)
        tree.body[0].body.insert(0, ast.Expr(ast.Call(ast.Name(said, ast.Load()), [], [])))
        return _compiled(function, ast.fix_missing_locations(tree)).__code__

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
            if used in DECORATORS:
                yield Site("decorator", name, called, _undecorated(view, patterns, called), _at_door(patterns))
            for inner in inner_decorators(stands_in) if inspect.isfunction(stands_in) else ():
                if inner in DECORATORS:
                    remove = _undecorated(view, patterns, inner, used)
                    yield Site("decorator", name, f"{used}: {inner}", remove, _at_door(patterns))


def definition(function: FunctionType) -> ast.FunctionDef:
    return parsed(function).body[0]


def inner_decorators(decorator: FunctionType) -> list[str]:
    """What a decorator of ours puts around views, or nothing where it is none."""
    if decorator.__module__.partition(".")[0] not in HOUSE:
        return []
    inner = [one for one in ast.walk(definition(decorator)) if isinstance(one, ast.FunctionDef)][1:]
    around = [ast.unparse(one) for function in inner for one in function.decorator_list]
    return around if any(one.startswith("functools.wraps") for one in around) else []


def _undecorated(
    view: FunctionType, patterns: list[URLPattern], left_out: str, of: str = ""
) -> Callable[[pytest.MonkeyPatch], None]:
    """Without a decorator of the view, or without what `of`, a decorator of the view, puts around it."""

    def remove(patch: pytest.MonkeyPatch) -> None:
        space = view.__globals__
        if of:
            space = space | {of: _compiled(space[of], bare(space[of], left_out), space[of].__globals__)}
        easy = _compiled(view, bare(view, "" if of else left_out), space)
        for pattern in patterns:
            patch.setattr(pattern, "callback", easy)

    return remove


def bare(function: FunctionType, left_out: str) -> ast.Module:
    tree = parsed(function)
    for one in ast.walk(tree):
        if isinstance(one, ast.FunctionDef):
            one.decorator_list = [kept for kept in one.decorator_list if ast.unparse(kept) != left_out]
    return tree


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
        if not module.__name__.endswith(".permissions"):
            continue
        for name, thing in vars(module).items():
            is_ours = inspect.isfunction(thing) and thing.__module__ == module.__name__ and name.startswith("can_")
            if id(thing) not in seen and (is_ours or isinstance(thing, Predicate)):
                seen.add(id(thing))
                yield Site("rule", f"{module.__name__}.{name}", "", _yes(thing), _asked(thing))


def _yes(thing: Any) -> Callable[[pytest.MonkeyPatch], None]:
    def remove(patch: pytest.MonkeyPatch) -> None:
        if isinstance(thing, Predicate):
            patch.setattr(thing, "fn", lambda *args: True)
        else:
            patch.setattr(thing, "__code__", (lambda *args, **kwargs: True).__code__)

    return remove


def _asked(thing: Any) -> Callable[[pytest.MonkeyPatch, Heard], None]:
    if not isinstance(thing, Predicate):
        return _listener(thing)
    return lambda patch, heard: patch.setattr(thing, "fn", _telling(thing.fn, heard))


def sites() -> list[Site]:
    return [*in_bodies(), *on_views(), *rules()]
