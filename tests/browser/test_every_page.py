"""Every kind of page in each way: axe finds nothing, nothing scrolls sideways on the smallest phone, nothing is inline
or foreign, one heading, menus that know where the reader is. A page is opened once and asked everything."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.browser import kinds
from tests.browser.looking import INLINE, SIDEWAYS, WRONGLY_CURRENT, violations

LANGUAGES = ("en", "fr", "es")
SMALLEST = {"width": 320, "height": 640}
OPEN = re.compile(r"unsafe-|https?:|\*")
BY_THEMSELVES = ("sign-in", "page for 500")  # without the menu of languages


def ways(kind: str) -> list[tuple[str, str, int]]:
    """Language, theme and width: a public page in each language, a room in two of them; each once in the dark."""
    number = kinds.KINDS.index(kind)
    first, second, third = (LANGUAGES[(number + more) % 3] for more in range(3))
    in_two = [(first, "light", 1280), (second, "dark", 390)]
    return [*in_two, (third, "light", 390)] if kind in kinds.PUBLIC else in_two


def wrongs(kind: str, response, page) -> Iterator[str]:
    """What is wrong with a page that is open, at the width of its window and at the smallest."""
    yield from violations(page)
    yield from page.evaluate(INLINE)
    yield from page.evaluate(WRONGLY_CURRENT)
    yield from wrongs_of_answer(kind, response.headers)
    if page.locator("h1").count() != 1:
        yield "not one h1"
    if kind not in BY_THEMSELVES and page.locator(".langs [aria-current]").count() != 1:
        yield "not one language marked"
    if kind != "styleguide" and page.locator("main .btn--main:not(.facets .btn--main)").count() > 1:
        yield "more than one main button"
    for window in (page.viewport_size, SMALLEST):
        page.set_viewport_size(window)
        if (extra := page.evaluate(SIDEWAYS)) > 0:
            yield f"{extra} px too wide at {window['width']}"


def wrongs_of_answer(kind: str, headers) -> Iterator[str]:
    policy = headers.get("content-security-policy", "")
    if "default-src 'none'" not in policy or OPEN.search(policy):
        yield f"policy {policy}"
    if headers.get("x-content-type-options") != "nosniff":
        yield "no nosniff"
    if kind in kinds.PUBLIC and kind != "sign-in" and "set-cookie" in headers:
        yield "sets a cookie"


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_a_page_keeps_the_rules_in_each_language_and_in_the_dark(kind, visit, site):
    address, status, found = kinds.address(kind, site), kinds.STATUS.get(kind, 200), []
    for language, theme, width in ways(kind):
        reader = visit(language=language, theme=theme, width=width, role=kinds.role(kind))
        response = reader.open(f"/{language}{address}", status)
        found += [f"{language} {theme} {width}: {one}" for one in wrongs(kind, response, reader.page)]
        assert reader.page.evaluate("document.documentElement.lang") == language
    assert found == []
