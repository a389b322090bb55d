"""What a permission check is in the code of a function, and the function without one of them.

filter      a call of visible_to, open_to, run_by and the like, or a part of a filter that says what is public, who is
            in a community, what is private, what was removed
owner       owner=request.user and the like, in a filter of a view or of what views read
standing    whether somebody is in a community now
guard       `raise PermissionDenied` and the like, and `raise Http404` under an `if` of a view
signature   signing.loads
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from types import CodeType, FunctionType
from typing import Any

from django.core import signing
from django.db.models import Q

FILTERS = (
    *("visible_to", "reachable_by", "published", "withdrawn", "decided_by_them", "told_to"),
    *("open_to", "of_member", "run_by", "read_by", "kept_for", "listed_for"),
    *("current", "pending", "shown"),
)
CONDITIONS = ("read_by", "run_by", "in_scopes_of", "_written_by")  # functions whose Q says which rows somebody may read
PARTS = (("state", "in"), ("state", "shown"), ("access", "private"), ("removed_at", None))  # of a filter
OWNERS = ("user", "owner", "opened_by", "blocker", "sender", "recipient", "editor", "author", "whom", "reporter")
THEMSELVES = ("request.user", "user", "by", "self.user", "owner", "user.pk", "by.pk", "request.user.pk")
ASKS = ("filter", "exclude", "get", "get_object_or_404", "Q", "first")
REFUSALS = ("PermissionDenied", "PermissionError", "NotSent")
VIEWS = ("views", "doors", "pages", "desk")  # how modules of what answers requests are called


def parsed(function: FunctionType) -> ast.Module:
    return ast.parse(textwrap.dedent(inspect.getsource(function)))


def tree_of(function: FunctionType) -> ast.Module:
    """Its code as it stands, without what is put around it."""
    tree = parsed(function)
    tree.body[0].decorator_list = []
    return tree


def check_in(node: ast.AST, is_view: bool, asks_whose: bool) -> tuple[str, str, ast.AST] | None:
    """Kind and name of the check that a piece of code is, and what stands there without it."""
    if isinstance(node, ast.Raise):
        raised = ast.unparse(node.exc).partition("(")[0] if node.exc else ""
        is_guard = raised in REFUSALS or (raised == "Http404" and is_view and node.cause is None)
        return ("guard", raised, ast.Pass()) if is_guard else None
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Eq):
        there = ast.unparse(node.comparators[0])
        return ("standing", there, ast.Constant(True)) if there.endswith("State.IN") else None
    return _call(node, asks_whose) if isinstance(node, ast.Call) else None


def _call(node: ast.Call, asks_whose: bool) -> tuple[str, str, ast.AST] | None:
    called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    if isinstance(node.func, ast.Attribute) and (filtered := _filter(node, called)):
        return "filter", filtered, ast.Call(ast.Name("_everything", ast.Load()), [node.func.value], [])
    if isinstance(node.func, ast.Name) and called in CONDITIONS:
        return "filter", called, ast.Call(ast.Name("_whatever", ast.Load()), [], [])
    if called == "loads" and ast.unparse(node.func) == "signing.loads":
        return "signature", called, ast.Call(ast.Name("_unsigned", ast.Load()), node.args[:1], [])
    if called in ASKS and (part := _part(node)):
        return "filter", f"{part.arg}={ast.unparse(part.value)}", _without_keyword(node, part)
    if asks_whose and called in ASKS and (named := _owner(node)):
        return "owner", f"{named.arg}={ast.unparse(named.value)}", _without_keyword(node, named)
    return None


def _filter(node: ast.Call, called: str) -> str:
    if called in FILTERS and not (called == "shown" and node.args):  # a page asks what is shown to somebody
        return called
    for given in node.keywords:
        if (given.arg or "").endswith("status") and getattr(given.value, "value", None) == "published":
            return given.arg or ""
    return ""


def _part(node: ast.Call) -> ast.keyword | None:
    for one in node.keywords:
        if isinstance(one.value, ast.Constant) and (one.arg, one.value.value) in PARTS:
            return one
    return None


def _owner(node: ast.Call) -> ast.keyword | None:
    return next((one for one in node.keywords if one.arg in OWNERS and ast.unparse(one.value) in THEMSELVES), None)


def _without_keyword(node: ast.Call, left_out: ast.keyword) -> ast.Call:
    return ast.Call(node.func, node.args, [one for one in node.keywords if one is not left_out])


class Remover(ast.NodeTransformer):
    """Takes out the nth check of a function, or none, and remembers all it met."""

    def __init__(self, function: FunctionType, number: int = -1) -> None:
        module = function.__module__
        self.is_view = module.endswith(VIEWS) and not module.startswith("search.")
        self.asks_whose = module.endswith((*VIEWS, "querysets", "contributions", "files", "unsent"))
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
    return compiled(function, ast.fix_missing_locations(Remover(function, number).visit(tree_of(function)))).__code__


def compiled(function: FunctionType, tree: ast.AST, space: dict | None = None) -> FunctionType:
    flags = function.__code__.co_flags & 0x1000000  # annotations that are not evaluated
    made: dict = {}
    exec(compile(tree, inspect.getfile(function), "exec", flags=flags), made if space is None else space, made)
    return next(value for value in made.values() if callable(value))


def _everything(what: Any) -> Any:
    """Of rows, or of the model that a registry knows."""
    return what.all() if hasattr(what, "all") else what.model._default_manager.all()


def _whatever() -> Q:
    return Q(pk__isnull=False)


def _unsigned(token: str) -> Any:
    return signing.JSONSerializer().loads(signing.b64_decode(token.partition(":")[0].encode()))


HELPERS = (_everything, _whatever, _unsigned)
