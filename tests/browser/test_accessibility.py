"""Axe on what is hostile, and the keyboard suffices. What holds on each kind of page: test_every_page.py."""

from __future__ import annotations

import pytest

from tests.browser import extras, kinds
from tests.browser.looking import SIDEWAYS, violations


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
