"""Each permission check is needed: one after another is taken out of the code, and the access table must notice."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, replace
from types import CodeType, FunctionType

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from haystack import connections

from content import caching, registry
from content import querysets as entries
from content.sitemaps import RECORDS
from files import readers
from search import services
from tests.access import TABLE
from tests.access.probes import PARTS, seen_outside, surprises
from tests.access.rows import PAGE
from tests.services import empty
from tests.world import World, mark

pytestmark = pytest.mark.django_db

HOUSE = (
    *("portal", "publications", "people", "stakeholders", "search", "notifications"),
    *("content", "files", "members", "taxonomy"),
)
CHECKS = ("visible_to", "reachable_by", "published", "withdrawn")

# A second lock behind another, which alone lets nobody in. Each with the first lock.
SECOND_LOCKS = {
    "publications.files.count_download": "counts; whoever may not read the file never comes here",
    "search.listing.Listing.records": "asks for rows that the index gave; the index holds published records only",
    "portal.desk.find": "asked by editors only, who see everything: keeps unpublished records from being named",
    "portal.desk.by_number": "asked by editors only",
    "search.middleware._newest": "asks kept_cards for cards, which leaves out what is hidden",
    "publications.cards._rows": "reads what kept_cards found to be public",
    "stakeholders.cards.read": "reads what kept_cards found to be public",
    "people.contact_views._page_of": "chooses a link or a bare name; the page behind the link asks again",
    "people.contact_views.message_list": "one's own list: tests/people/test_conversations.py looks into it",
    "people.files.may_read": "no photo in the table: tests/people/test_visibility.py asks for one",
    "people.lists.MemberListing.members": "asks for rows that the index gave; its shelf holds whom the reader finds",
    "people.own_views._organisations": "asks for rows that the index gave; the index holds published records only",
    "people.querysets.ProfileQuerySet.with_shown_data": "no profile of the world names a hidden organisation",
    "people.search_indexes.ProfileIndex.documents": "no profile of the world names a hidden organisation",
    "content.cards.kept_cards": "asks for rows that the index gave; the index holds published records only",
}


@dataclass(frozen=True)
class Site:
    """One call of a check in one function."""

    function: FunctionType
    name: str
    number: int
    check: str

    def __str__(self) -> str:
        return f"{self.name}[{self.number}] {self.check}"


def is_check(node: ast.AST) -> str:
    """The name of the check that a piece of code is: a call, or a filter on the state written out."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr in CHECKS:
            return node.func.attr
        for given in node.keywords:
            if (given.arg or "").endswith("status") and getattr(given.value, "value", None) == "published":
                return given.arg or ""
    return ""


class Remover(ast.NodeTransformer):
    """Replaces the nth check by “everything”."""

    def __init__(self, number: int) -> None:
        self.left = number

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if is_check(node):
            self.left -= 1
            if self.left == -1:
                return ast.Call(ast.Name("_everything", ast.Load()), [node.func.value], [])  # type: ignore[attr-defined]
        return node


class Counter(Remover):
    """The checks in the order in which Remover meets them."""

    def __init__(self) -> None:
        self.checks: list[str] = []

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if is_check(node):
            self.checks.append(is_check(node))
        return node


def _everything(what):
    return what.model._default_manager.all() if isinstance(what, registry.ContentType) else what.all()


def functions() -> Iterator[tuple[str, FunctionType]]:
    """Functions and methods of the house, by where they stand, without what decorators wrap around them."""
    for app in HOUSE:
        package = importlib.import_module(app)
        for found in pkgutil.walk_packages(package.__path__, f"{app}."):
            if any(part in found.name for part in (".migrations", ".management", ".demo", ".populate", "__main__")):
                continue
            module = importlib.import_module(found.name)
            for name, thing in list(vars(module).items()):
                members = vars(thing).items() if inspect.isclass(thing) else [("", thing)]
                for inner, member in members:
                    bare = getattr(member, "func", None) or getattr(member, "fget", None) or member
                    bare = inspect.unwrap(bare) if callable(bare) else bare
                    if inspect.isfunction(bare) and bare.__module__ == found.name:
                        yield ".".join(filter(None, [found.name, name, inner])), bare


def tree_of(function: FunctionType) -> ast.Module:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    tree.body[0].decorator_list = []
    return tree


def sites() -> list[Site]:
    found = []
    for name, function in functions():
        if function.__closure__ or function.__code__.co_filename == "<string>":  # what dataclasses write themselves
            continue
        counter = Counter()
        counter.visit(tree_of(function))
        found += [Site(function, name, number, check) for number, check in enumerate(counter.checks)]
    return list({(site.function, site.number): site for site in found}.values())


def without(site: Site) -> CodeType:
    """The function's code with that one check removed."""
    tree = ast.fix_missing_locations(Remover(site.number).visit(tree_of(site.function)))
    space: dict = {}
    exec(
        compile(tree, inspect.getfile(site.function), "exec", flags=site.function.__code__.co_flags & 0x1000000), space
    )
    return next(value for value in space.values() if inspect.isfunction(value)).__code__


@pytest.fixture(scope="module")
def undisturbed(world) -> dict[str, bytes]:
    """What a visitor sees of the house as it is."""
    with transaction.atomic():
        seen = seen_outside(outside(world))
        transaction.set_rollback(True)
    empty(cache)
    return seen


def outside(world: World) -> list[str]:
    """One page of each kind: what shows many records, and the doors of the hidden ones."""
    lists = ["/en/", "/en/search/", "/en/search/?q=cash", "/en/discover/publications/", "/en/discover/stakeholders/"]
    feeds = ["/en/discover/publications/feed/", "/en/discover/stakeholders/feed/", "/en/search/?format=json"]
    maps = ["/sitemap.xml", f"/sitemap-publication-{100_000 // RECORDS}.xml", "/sitemap-organisation-0.xml"]
    terms = ["/en/discover/topics/", "/en/discover/topics/cash-transfers/", "/en/discover/countries/kenya/"]
    values = [f"/en/discover/publications/values/{facet}/" for facet in ("tag", "series", "country", "org")]
    records = [world.publications["published"].get_absolute_url(), world.organisations["published"].get_absolute_url()]
    rest = ["/en/styleguide/", "/en/no/cash/transfers/", *(f"/en/search/?q={mark('draft', part)}" for part in PARTS)]
    return [*lists, *feeds, *maps, *terms, *values, *records, *rest]


def alarms(world: World, clients: dict[str, Client], undisturbed: dict[str, bytes]) -> list[str]:
    """Where the table, or what a visitor sees, is not as it should be."""
    guarded = [row for row in TABLE.values() if row.answers is not PAGE]
    outsiders = ("visitor", "other_member", "staff")
    wrong = [one for row in guarded for one in surprises(row, world, clients, roles=outsiders, methods=("get",))]
    seen = seen_outside(list(undisturbed)) if not wrong else undisturbed
    return wrong or [f"{address} shows something else" for address in seen if seen[address] != undisturbed[address]]


SITES = sites()


def test_the_unchanged_house_raises_no_alarm(world, clients, undisturbed):
    assert alarms(world, clients, undisturbed) == []


def test_a_second_lock_that_is_gone_is_forgotten():
    assert set(SECOND_LOCKS) <= {site.name for site in SITES}


@pytest.mark.parametrize("site", [site for site in SITES if site.name not in SECOND_LOCKS], ids=str)
def test_the_removal_of_one_check_is_noticed(site, world, clients, undisturbed, monkeypatch, tmp_path):
    monkeypatch.setitem(site.function.__globals__, "_everything", _everything)
    monkeypatch.setattr(site.function, "__code__", without(site))
    if "search_indexes" in site.name:
        monkeypatch.setattr(connections["default"], "options", {"PATH": str(tmp_path / "index")})
        services.rebuild_index()
    assert alarms(world, clients, undisturbed)


def test_a_rule_that_shows_everything_to_everybody_is_noticed(world, clients, undisturbed, monkeypatch):
    monkeypatch.setattr(entries, "_shown_to", lambda user: entries.Q(pk__isnull=False))
    assert alarms(world, clients, undisturbed)


@pytest.mark.parametrize("number", range(len(readers._readers)))
def test_an_app_that_lets_everybody_read_its_files_is_noticed(number, world, clients, undisturbed, monkeypatch):
    easy = list(readers._readers)
    easy[number] = replace(easy[number], may_read=lambda user, stored: True)
    monkeypatch.setattr(readers, "_readers", easy)
    assert alarms(world, clients, undisturbed)


def test_a_cache_that_keeps_pages_of_people_who_signed_in_is_noticed(world, clients, undisturbed, monkeypatch):
    monkeypatch.setattr(caching, "is_keepable", lambda request: True)
    assert alarms(world, clients, undisturbed)
