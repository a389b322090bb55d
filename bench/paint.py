"""When the largest part of the list is painted, and the page of a webinar loaded, over a bad line on a slow phone, in
Chromium."""

from __future__ import annotations

import statistics

from playwright.sync_api import Browser, sync_playwright

from bench.site import fetch, running
from bench.webinars import WEBINAR
from bench.wsgi import LIST
from tests.browser.install import installed

SLOW_3G = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 400_000 / 8,
    "uploadThroughput": 400_000 / 8,
    "connectionType": "cellular3g",
}
PHONE = {"width": 390, "height": 844}
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
LARGEST = """() => new Promise(done => new PerformanceObserver(seen => {
    const last = seen.getEntries().at(-1); done(last.startTime)
}).observe({type: "largest-contentful-paint", buffered: true}))"""

LOADED = "() => performance.getEntriesByType('navigation')[0].loadEventEnd"


def measure(*, quick: bool) -> dict[str, float]:
    with running("The web server") as base, sync_playwright() as playwright:
        fetch(base, LIST)
        fetch(base, WEBINAR)
        browser = playwright.chromium.launch(executable_path=installed(), args=QUIET)
        visits = range(3 if quick else 7)
        painted = [_milliseconds(browser, base + LIST, LARGEST) for _visit in visits]
        loaded = [_milliseconds(browser, base + WEBINAR, LOADED) for _visit in visits]
        browser.close()
    return {
        "largest_paint": statistics.median(painted) / 1000,
        "webinar_loaded": statistics.median(loaded) / 1000,
        "visits": len(visits),
    }


def _milliseconds(browser: Browser, address: str, until: str) -> float:
    """From asking, in a browser that has nothing yet."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2)
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", SLOW_3G)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="networkidle")
    taken: float = page.evaluate(until)
    context.close()
    return taken
