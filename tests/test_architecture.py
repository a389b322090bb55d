"""The shape every app copies: what each content type must have, and sizes that keep code readable."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.template.loader import get_template
from django.urls import reverse
from modeltranslation.translator import NotRegistered, translator

from content import registry
from content.models import Entry
from content.querysets import EntryQuerySet
from portal import sitemaps
from search import indexes
from tests import factories

ROOT = Path(settings.BASE_DIR)
APPS = [Path(app.path).name for app in apps.get_app_configs() if Path(app.path).parent == ROOT]
TYPES = list(registry.all_types())
# What members say to each other stands in one language, is decided by moderators and edited by nobody else.
RECORDS = [kind for kind in TYPES if kind.key != "discussion"]
MAKERS = {
    "publication": factories.publication,
    "organisation": factories.organisation,
    "community": factories.community,
    "post": factories.blog_post,
    "event": factories.event,
    "discussion": lambda: factories.thread(factories.community()),
    "webinar": factories.webinar,
}
CODE = [path for app in APPS for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


# ---------- What each content type must have ----------


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.key)
class TestRecord:
    def test_it_is_an_entry_with_reads_that_ask_who(self, kind):
        assert issubclass(kind.model, Entry)
        assert isinstance(kind.model._default_manager.all(), EntryQuerySet)

    def test_its_words_exist_in_each_language(self, kind):
        try:
            options = translator.get_options_for_model(kind.model)
        except NotRegistered:
            pytest.fail(f"{kind.model.__name__} has no translation.py")
        assert kind.title_field in options.get_field_names()

    def test_no_translated_field_orders_it(self, kind):
        translated = set(translator.get_options_for_model(kind.model).get_field_names())
        assert not {str(one).lstrip("-") for one in kind.model._meta.ordering} & translated

    @pytest.mark.django_db
    def test_editors_can_edit_it(self, kind):
        assert kind.model in admin.site._registry
        label, name = kind.model._meta.app_label, kind.model._meta.model_name
        assert factories.member(is_staff=True).has_perm(f"{label}.change_{name}")


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.key)
class TestContentType:
    def test_it_has_list_detail_and_feed(self, kind):
        for page, args in (("list", []), ("detail", ["a-slug"]), ("feed", [])):
            assert reverse(f"{kind.namespace}:{page}", args=args).startswith(f"/en/{kind.section}/")

    def test_it_stands_in_the_sitemap(self, kind):
        assert kind.key in sitemaps.sections()

    def test_it_is_searched(self, kind):
        assert indexes.all_indexes()[kind.key].get_model() is kind.model

    def test_its_card_template_exists(self, kind):
        assert get_template(kind.card_template)

    def test_it_speaks_as_data(self, kind):
        assert kind.as_data is not None

    def test_its_labels_are_translated(self, kind):
        from django.utils.translation import override

        for label in (kind.label, kind.label_plural):
            with override("en"):
                english = str(label)
            with override("es"):
                assert str(label) != english or english in ("Publications", "Blog")

    @pytest.mark.django_db
    def test_its_record_can_be_made_shown_and_told_as_data(self, kind, world, client):
        record = MAKERS[kind.key]()
        assert client.get(record.get_absolute_url()).status_code == 200
        results = client.get(f"{kind.list_url}?format=json").json()["results"]
        assert all({"title", "url"} <= set(row) for row in results)
        assert results


def test_every_type_has_a_letter_of_its_own():
    letters = [kind.short for kind in TYPES]
    assert all(re.fullmatch("[a-z]", letter) for letter in letters)
    assert len(set(letters)) == len(letters)


def test_every_app_of_a_type_has_the_same_files():
    wanted = {"models.py", "querysets.py", "views.py", "urls.py", "feeds.py", "admin.py", "search_indexes.py"}
    for kind in RECORDS:
        app = ROOT / kind.model._meta.app_label
        there = {f"{path.stem}.py" for path in app.iterdir()}  # a package is a file that was split by noun
        assert wanted | {"translation.py", "apps.py", "lists.py"} <= there, app.name


# ---------- Sizes ----------


@pytest.mark.parametrize("limit", [350])
def test_no_file_is_longer_than_a_reader_can_hold(limit):
    tests = sorted((ROOT / "tests").rglob("*.py"))
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in [*CODE, *tests]}
    assert {name: length for name, length in lengths.items() if length > limit} == {}


def test_no_module_hides_behind_a_package_of_its_name():
    shadowed = [name_of(path) for path in CODE if path.with_suffix("").is_dir()]
    assert not shadowed, f"Python reads the package alone: {shadowed}"


@pytest.mark.parametrize("limit", [200])
def test_no_template_is_longer_than_a_reader_can_hold(limit):
    lengths = {name_of(path): len(path.read_text().splitlines()) for path in TEMPLATES}
    assert {name: length for name, length in lengths.items() if length > limit} == {}


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body, without its docstring."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (node.body[-1].end_lineno or 0) - body[0].lineno + 1


def test_the_floors_hold_every_app():
    """import-linter is silent about an app that is not named there, and so are the checks that are taken out."""
    floors = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert sorted(floors["root_packages"]) == sorted(APPS)
    (layers,) = (contract["layers"] for contract in floors["contracts"] if contract["type"] == "layers")
    assert " | ".join(layers).split(" | ") == floors["root_packages"]


def test_no_function_is_longer_than_forty_lines():
    long = {f"{name_of(path)}:{node.name}": length(node) for path in CODE for node in functions(path)}
    assert {name: lines for name, lines in long.items() if lines > 40} == {}


def test_no_view_is_longer_than_twenty_five_lines():
    views = [path for path in CODE if path.name == "views.py" or path.name.endswith("_views.py")]
    long = {f"{name_of(path)}:{node.name}": length(node) for path in views for node in functions(path)}
    assert {name: lines for name, lines in long.items() if lines > 25} == {}


def test_no_import_hides_in_a_function():
    """But where apps are made ready, models cannot be imported earlier."""
    hidden = [
        f"{name_of(path)}:{node.name}"
        for path in CODE
        if path.name != "apps.py"
        for node in functions(path)
        if any(isinstance(inner, ast.Import | ast.ImportFrom) for inner in ast.walk(node))
    ]
    assert hidden == []


# Outermost first. Who is not signed in is led to the door, whatever they ask by: what a page takes is told to members.
GUARDS = ("never_cache", "login_required", "reauthentication_required", "require_", "only(")


def test_guards_stand_on_every_view_in_one_order():
    found = {}
    for path in CODE:
        for node in functions(path):
            decorators = [ast.unparse(one) for one in node.decorator_list]
            ranks = [rank for one in decorators for rank, guard in enumerate(GUARDS) if one.startswith(guard)]
            if "login_required" in decorators and ranks != sorted(ranks):
                found[f"{name_of(path)}:{node.name}"] = decorators
    assert found == {}


def test_no_model_decides_in_save_and_no_rule_hides_in_a_signal():
    receivers = [
        name_of(path) for path in CODE if re.search(r"\breceiver\(|_save\.connect|_delete\.connect", path.read_text())
    ]
    assert receivers == ["search/signals.py"]


# ---------- Templates ----------

# A record exists in some languages only: printed bare, its words would stand without `lang`, or be missing. The
# vocabulary is complete in every language, which tests/taxonomy/ proves.
BARE = re.compile(
    r"\{\{\s*(?:record|publication|organisation|publisher|series|main)(?:\.\w+)*\."
    r"(?:title|abstract|name|description)\s*(?:\|(?!words)[^}]*)?\}\}"
)


def test_no_template_prints_a_translated_field_without_its_language():
    assert {name_of(path): found for path in TEMPLATES if (found := BARE.findall(path.read_text()))} == {}


def test_no_template_holds_script_style_or_handler():
    """A script is a file of ours, or data that nobody runs."""
    bad = re.compile(
        r"<script(?![^>]*(?:application/ld\+json|src=\"\{% static '))|<style|\sstyle=|\son[a-z]+=|javascript:", re.I
    )
    assert {name_of(path): bad.findall(path.read_text()) for path in TEMPLATES if bad.search(path.read_text())} == {}


def test_no_template_marks_anything_safe():
    bad = re.compile(r"\|\s*safe\b|\{%\s*autoescape off")
    assert [name_of(path) for path in TEMPLATES if bad.search(path.read_text())] == []


def test_every_english_word_of_a_template_can_be_translated():
    """What stands between tags is markup, never words: those stand in a translate tag."""
    found = {}
    for path in TEMPLATES:
        text = path.read_text()
        text = re.sub(r"\{%\s*(comment)\b.*?end\1\s*%\}|\{#.*?#\}|<!--.*?-->", "", text, flags=re.S)
        text = re.sub(r"\{%\s*blocktrans(late)?\b.*?endblocktrans(late)?\s*%\}", "", text, flags=re.S)
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.S)
        text = re.sub(r"<(svg|code|pre|script)\b.*?</\1>", "", text, flags=re.S)
        text = re.sub(r"<[^>]*>", " ", text, flags=re.S)
        words = re.findall(r"[A-Za-z]{3,}(?: [A-Za-z]{2,})+", re.sub(r"&\w+;", "", text))
        if words and "styleguide" not in path.parts and path.name != "styleguide.html":
            found[name_of(path)] = words
    assert found == {}


SHOWN_BY_LISTS = {"all_values", "list_meta", "listing", "nothing_found"}  # whole pages and heads of pages


@pytest.mark.parametrize(
    "component", [one for one in COMPONENTS if one.stem not in SHOWN_BY_LISTS], ids=lambda path: path.stem
)
def test_the_style_guide_shows_every_component(component):
    guide = [ROOT / "templates" / "styleguide.html", *(ROOT / "templates" / "styleguide").glob("*.html")]
    shown, seen = set(), list(guide)
    while seen:
        included = set(re.findall(r"(?:include|extends)\s+['\"](components/[\w/.]+)['\"]", seen.pop().read_text()))
        seen += [ROOT / "templates" / name for name in included - shown]
        shown |= included
    assert f"components/{component.name}" in shown
