"""A Chromium, and pages in it that fail a test on whatever a visitor should never meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from tests.browser import extras
from tests.browser.install import installed
from tests.browser.site import Site, SiteFailed, shared, until

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
FLAGS += ["--disable-sync", "--no-first-run", "--disable-dev-shm-usage"]
HEIGHTS = {1280: 900, 390: 844, 320: 640}
PATIENCE = 20_000  # milliseconds for one page, on a machine that does much else


def pytest_collection_modifyitems(items) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(autouse=True)
def clean_stage() -> None:
    """The stage of the other tests: this one is a site of its own."""


def prepare(site: Site) -> None:
    site.run("shell", "-c", "from tests.browser import extras; extras.add()")
    site.run("shell", "-c", "from tests.browser import rooms; rooms.add()")
    site.run("shell", "-c", "from tests.browser import gathering; gathering.add()")
    site.run("shell", "-c", "from tests.browser import summing; summing.add()")
    path = "/en/discover/publications/?format=json&q=Zqhostile"
    if not until(lambda: site.data(path)["count"] == len(extras.HOSTILE), 240):
        raise SiteFailed(f"What was added is not found by search.\n{site.log.read_text()[-4000:]}")


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[Site]:
    base = tmp_path_factory.getbasetemp()
    is_worker = base.name.startswith("popen-")
    with shared((base.parent if is_worker else base) / "site", prepare) as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=installed(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def keys(chromium, site) -> Callable[[str], Any]:
    """What a browser keeps of somebody of the demonstration who has signed in."""

    @cache
    def key_of(address: str) -> Any:
        with chromium.new_context() as context:
            page = context.new_page()
            page.goto(f"{site.base}/en/accounts/login/?next=/en/about/terms/")
            page.fill("input[name=login]", address)
            page.fill("input[name=password]", "demo-portal")
            with page.expect_navigation():
                page.press("input[name=password]", "Enter")
            assert page.url == f"{site.base}/en/about/terms/"
            return context.storage_state()

    return key_of


@dataclass
class Watch:
    """What went wrong in a page, as a person at the browser's console would see it."""

    base: str
    problems: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    expected: set[str] = field(default_factory=set)  # addresses that answer 404 or 410 on purpose
    let_in: tuple[str, ...] = ()  # hosts of a player that somebody pressed

    def attend(self, page: Page) -> None:
        page.on("console", self.on_console)
        page.on("pageerror", lambda error: self.problems.append(f"script failed: {error}"))
        page.on("request", lambda request: self.on_request(request.url))
        page.on("response", self.on_response)

    def on_console(self, message: Any) -> None:
        address = message.location.get("url", "")
        if message.type == "error" and address not in self.expected:
            self.problems.append(f"console: {message.text} ({address})")

    def on_request(self, url: str) -> None:
        self.requests.append(url)
        if not url.startswith((self.base, "data:", "blob:", "about:", *self.let_in)):
            self.problems.append(f"request to another host: {url}")

    def on_response(self, response: Response) -> None:
        if response.status >= 500:
            self.problems.append(f"{response.status} {response.url}")
        elif response.status in (404, 410) and response.request.resource_type == "document":
            self.expected.add(response.url)


@dataclass
class Reader:
    """One visitor at one screen."""

    site: Site
    context: BrowserContext
    page: Page
    watch: Watch

    def open(self, path: str, status: int | None = 200) -> Response:
        response = self.page.goto(self.site.base + path, wait_until="load")
        assert response is not None
        assert status is None or response.status == status, f"{response.status} {path}"
        return response

    @property
    def path(self) -> str:
        parts = urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")


@pytest.fixture
def visit(chromium, site, keys) -> Iterator[Callable[..., Reader]]:
    """Makes visitors; at the end none of them may have met a problem."""
    readers: list[Reader] = []

    def make(*, language="en", width=1280, scripts=True, theme="light", role=None, **options) -> Reader:
        context = chromium.new_context(
            locale=language,
            viewport={"width": width, "height": HEIGHTS[width]},
            java_script_enabled=scripts,
            color_scheme=theme,
            is_mobile=width < 500,
            has_touch=width < 500,
            accept_downloads=True,
            storage_state=keys(role) if role else None,
            **options,
        )
        context.set_default_timeout(PATIENCE)
        page, watch = context.new_page(), Watch(site.base)
        watch.attend(page)
        readers.append(Reader(site, context, page, watch))
        return readers[-1]

    yield make
    problems = [problem for reader in readers for problem in reader.watch.problems]
    for reader in readers:
        reader.context.close()
    assert problems == []
