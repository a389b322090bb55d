"""What people do at the doors of the running site."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from playwright.sync_api import Locator

from tests.browser.conftest import Reader
from tests.browser.letters import code_for
from tests.browser.site import Site

PASSWORD = "trois mots bien longs"
DEMO_PASSWORD = "demo-portal"
EDITOR = "staff@demo.example"
HOUSE = "https://www.youtube-nocookie.com"
# Views are counted of people's browsers; the one of the tests says that it is a machine.
PHONE = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Mobile"


def follow(reader: Reader, what: Locator) -> None:
    """A link or a button, to the page behind it."""
    with reader.page.expect_navigation():
        what.click()


def press(reader: Reader) -> None:
    """The main button of the page."""
    follow(reader, reader.page.locator("main .btn--main"))


def plays(reader: Reader, button: Locator) -> None:
    """A video, at its press. Nobody else's host is asked before."""
    reader.page.route(f"{HOUSE}/**", lambda route: route.fulfill(content_type="text/html", body="<!doctype html>"))
    assert reader.page.locator("iframe").count() == 0
    reader.watch.let_in = (HOUSE,)
    follow(reader, button)
    assert str(reader.page.get_attribute("iframe", "src")).startswith(f"{HOUSE}/embed/")


def tick(reader: Reader, name: str, value: str) -> None:
    """A box or a choice, also one in a part that is closed."""
    box = reader.page.locator(f"[name='{name}'][value='{value}']")
    if not box.is_visible():
        reader.page.locator(f"details:has([name='{name}'][value='{value}']) > summary").last.click()
    box.check()


def take_up(editor: Reader, title: str) -> None:
    """The case of this title, from the queue that is open: the oldest stand first."""
    found = editor.page.locator("article.case h2 a", has_text=title)
    while not found.count():
        follow(editor, editor.page.locator(".pager a[rel=next]"))
    follow(editor, found)
    follow(editor, editor.page.locator("button[name=step][value=claim]"))


def decide(editor: Reader, step: str, note: str) -> None:
    form = editor.page.locator(f"form:has(button[name=step][value={step}])")
    if not form.is_visible():
        editor.page.locator(f"details:has(button[name=step][value={step}]) > summary").click()
    form.locator("textarea").fill(note)
    follow(editor, form.locator("button"))
    assert editor.page.locator(".notice--good form, form.notice--good").count() == 1, "it can be undone"


def forget_limits(site: Site) -> None:
    """All our people come from one machine, of which eight may join in a minute."""
    with closing(sqlite3.connect(site.folder / "var" / "portal.sqlite3", timeout=30)) as database:
        database.execute("DELETE FROM members_limits")
        database.commit()


def join(reader: Reader, address: str, name: str = "Awa Diallo") -> None:
    """From the page where one joins to whatever page one came from."""
    forget_limits(reader.site)
    page = reader.page
    page.fill("[name=display_name]", name)
    page.fill("[name=email]", address)
    page.fill("[name=password1]", PASSWORD)
    press(reader)
    assert reader.path.endswith("/accounts/confirm-email/")
    page.fill("[name=code]", code_for(reader.site, address))
    press(reader)


def sign_in(reader: Reader, address: str, path: str, password: str = DEMO_PASSWORD) -> None:
    """At the door, on the way to a page."""
    reader.open(path)
    reader.page.fill("input[name=login]", address)
    reader.page.fill("input[name=password]", password)
    with reader.page.expect_navigation():
        reader.page.press("input[name=password]", "Enter")
    assert reader.path == path
