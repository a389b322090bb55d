"""The two longest pages, done with the keys alone on the smallest phone: Tab, Space, Enter and letters."""

from __future__ import annotations

import pytest

from tests.browser import kinds
from tests.browser.conftest import Reader

FOCUS = """async () => {
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));  // scrolled to where it is
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  const shown = e.type === 'radio' || e.type === 'checkbox' ? (e.closest('label') || e) : e;
  const seen = one => (at => parseFloat(at.outlineWidth) > 0 && at.outlineStyle !== 'none')(getComputedStyle(one));
  return {
    what: e.outerHTML.slice(0, 120), name: e.name || '', value: e.value || '', tag: e.tagName,
    form: e.closest('form')?.id || '', step: e.closest('details')?.querySelector('button[name=step]')?.value || '',
    top: box.top + scrollY, isBody: e === document.body, inMain: !!e.closest('main'),
    seen: seen(e) || seen(shown) || style.boxShadow !== 'none' || style.backgroundColor === 'rgb(255, 213, 74)',
    onScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""
MOST = 120  # presses of Tab


def stops(reader: Reader) -> list[dict]:
    """Every place in the page where Tab stops, in order."""
    found = []
    reader.page.evaluate("document.querySelector('main').setAttribute('tabindex', '-1')")
    reader.page.evaluate("document.querySelector('main').focus()")
    for _ in range(MOST):
        reader.page.keyboard.press("Tab")
        found.append(reader.page.evaluate(FOCUS))
        if not found[-1]["inMain"]:
            return found[:-1]
    raise AssertionError("Tab never leaves the page")


def go_to(reader: Reader, is_it) -> None:
    for _ in range(MOST):
        if is_it(reader.page.evaluate(FOCUS)):
            return
        reader.page.keyboard.press("Tab")
    raise AssertionError("Tab never comes there")


@pytest.mark.parametrize("kind", ["upload", "upload: details", "upload: check", "contribution", "case"])
def test_tab_goes_down_the_page_and_shows_where_it_is(kind, visit, site):
    reader = visit(language="fr", width=320, role=kinds.role(kind), reduced_motion="reduce")
    reader.open(f"/fr{kinds.address(kind, site)}")
    found = stops(reader)
    assert [one["what"] for one in found if not (one["seen"] and one["onScreen"])] == []
    tops = [one["top"] for one in found]
    back = [found[at]["what"] for at in range(1, len(tops)) if tops[at] < tops[at - 1] - 60]
    assert back == [], "the order of the keys is the order on the page"


def test_the_upload_form_is_filled_in_and_checked_with_the_keys_alone(visit, site):
    reader = visit(language="fr", width=320, role=kinds.role("upload"))
    keys = reader.page.keyboard
    reader.open("/fr/discover/publications/upload/")
    go_to(reader, lambda at: at["tag"] == "INPUT" and at["name"] == "link")
    keys.type("https://www.example.org/zqkeys")
    keys.press("Enter")
    reader.page.wait_for_url("**/details/")
    for name, typed in (("title", "Zqkeys: written without a mouse"), ("language", "angl"), ("type", "rapp")):
        go_to(reader, lambda at, name=name: at["name"] == name)
        keys.type(typed)
    go_to(reader, lambda at: at["name"] == "year")
    keys.type("2021")
    go_to(reader, lambda at: at["tag"] == "SUMMARY")
    keys.press("Enter")
    go_to(reader, lambda at: at["name"] == "topics")
    keys.press("Space")
    go_to(reader, lambda at: at["name"] == "sharing")
    keys.press("ArrowUp")  # from the first to the last of the three: a link alone
    assert reader.page.is_checked("[name=sharing][value=link]")
    go_to(reader, lambda at: at["tag"] == "BUTTON" and not at["name"])
    keys.press("Enter")
    reader.page.wait_for_url("**/check/")
    assert "Zqkeys" in reader.page.locator("main").inner_text()


def test_an_editor_writes_to_a_member_with_the_keys_alone(visit, site):
    reader = visit(language="fr", width=320, role=kinds.role("case"))
    keys = reader.page.keyboard
    reader.open(f"/fr{kinds.address('case with the member', site)}")
    go_to(reader, lambda at: at["tag"] == "SUMMARY" and at["step"] == "say")
    keys.press("Enter")
    go_to(reader, lambda at: at["tag"] == "TEXTAREA")
    keys.type("Zqkeys thanks you.")
    keys.press("Tab")
    keys.press("Space")
    reader.page.wait_for_load_state()
    reader.page.locator(".timeline", has_text="Zqkeys thanks you.").wait_for()
