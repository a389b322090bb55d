"""Every kind of page: axe finds nothing, nothing scrolls sideways on the smallest phone, the keyboard suffices."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import extras, kinds

axe = Axe()
SIDEWAYS = "document.scrollingElement.scrollWidth - window.innerWidth"
LANGUAGES = ("en", "fr", "es")


def ways(kind: str) -> list[tuple[str, str, int]]:
    """Language, theme and width: a public page in each language, a room in two of them; each once in the dark."""
    number = kinds.KINDS.index(kind)
    first, second, third = (LANGUAGES[(number + more) % 3] for more in range(3))
    in_two = [(first, "light", 1280), (second, "dark", 390)]
    return [*in_two, (third, "light", 390)] if kind in kinds.PUBLIC else in_two


def violations(page) -> list[str]:
    found = axe.run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]} {node['target']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_axe_finds_nothing_in_three_languages_and_in_the_dark(kind, visit, site):
    address, status, found = kinds.address(kind, site), kinds.STATUS.get(kind, 200), []
    for language, theme, width in ways(kind):
        reader = visit(language=language, theme=theme, width=width, role=kinds.role(kind))
        reader.open(f"/{language}{address}", status)
        found += [f"{language} {theme} {width}: {one}" for one in violations(reader.page)]
        assert reader.page.evaluate(SIDEWAYS) <= 0, f"{language} {width}: too wide"
        assert reader.page.evaluate("document.documentElement.lang") == language
    assert found == []


def test_no_page_scrolls_sideways_on_the_smallest_phone(visit, site):
    readers, found = {role: visit(language="fr", width=320, role=role) for role in kinds.ROLES}, []
    for number, kind in enumerate(kinds.KINDS):
        reader = readers[kinds.role(kind)]
        for language in ("fr", "es") if kind in kinds.PUBLIC else (LANGUAGES[1 + number % 2],):
            reader.open(f"/{language}{kinds.address(kind, site)}", kinds.STATUS.get(kind, 200))
            if (extra := reader.page.evaluate(SIDEWAYS)) > 0:
                found.append(f"{language} {kind}: {extra} px too wide")
    assert found == []


@pytest.mark.parametrize("width", [320, 1280])
def test_hostile_titles_break_no_layout(width, visit):
    reader, found = visit(width=width), []
    addresses = [f"/en/discover/publications/{slug}/" for slug in extras.HOSTILE]
    addresses += ["/en/search/?q=Zqhostile", "/fr/discover/publications/?q=Zqhostile&sort=newest"]
    addresses += ["/en/discover/publications/values/tag/?find=zqhostile"]
    for address in addresses:
        reader.open(address)
        if (extra := reader.page.evaluate(SIDEWAYS)) > 0:
            found.append(f"{address}: {extra} px too wide")
        found += [f"{address}: {one}" for one in violations(reader.page)]
        assert reader.page.title() != "broken"
    assert found == []


def test_the_first_tab_skips_to_the_content(visit):
    reader = visit()
    reader.open("/en/discover/publications/")
    reader.page.keyboard.press("Tab")
    skip = reader.page.locator(":focus")
    assert skip.get_attribute("href") == "#main"
    assert skip.bounding_box()["y"] >= 0, "it can be seen"
    reader.page.keyboard.press("Enter")
    assert reader.page.evaluate("location.hash") == "#main"


def test_whatever_has_the_focus_shows_it(visit):
    reader = visit()
    reader.open("/en/discover/publications/?country=KE")
    unseen = []
    for _ in range(45):
        reader.page.keyboard.press("Tab")
        shown = reader.page.evaluate(
            """() => { const e = document.activeElement, s = getComputedStyle(e);
                return {what: e.outerHTML.slice(0, 120), is_body: e === document.body,
                        seen: parseFloat(s.outlineWidth) > 0 && s.outlineStyle !== 'none'
                              || s.boxShadow !== 'none' || s.backgroundColor === 'rgb(255, 213, 74)'}; }"""
        )
        if not shown["is_body"] and not shown["seen"]:
            unseen.append(shown["what"])
    assert unseen == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_filters_open_and_close_on_a_phone_by_their_address_alone(scripts, visit):
    reader = visit(width=390, scripts=scripts)
    reader.open("/en/discover/publications/")
    panel = reader.page.locator("#filters")
    assert not panel.is_visible()
    reader.page.locator("a.filter-open").click()
    assert panel.is_visible()
    reader.page.locator("#filters .facets__close a").click()
    assert not panel.is_visible()
    assert reader.page.locator("#results").is_visible()


def test_filters_can_be_chosen_with_the_keyboard_alone(visit):
    reader = visit()
    reader.open("/en/discover/publications/")
    box = reader.page.locator("#filters input[name=country]").first
    value = box.get_attribute("value")
    box.focus()
    reader.page.keyboard.press("Space")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_url("**country=*")
    assert (
        reader.path == f"/en/discover/publications/?q=&country={value}&from=&to=" or f"country={value}" in reader.path
    )


def test_text_may_be_doubled_without_loss(visit):
    """WCAG 2.2, 1.4.4: at 200 % a window of 1280 px is one of 640."""
    reader = visit()
    reader.page.set_viewport_size({"width": 640, "height": 450})
    for kind in ("home", "list", "topic", "styleguide"):
        reader.open(f"/fr{kinds.FIXED[kind]}")
        assert reader.page.evaluate(SIDEWAYS) <= 0, kind
