"""When the largest part of the list is painted over a bad line on a slow phone, in Chromium."""

from __future__ import annotations

import statistics

from playwright.sync_api import Browser, sync_playwright

from bench.site import fetch, running
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


def measure(*, quick: bool) -> dict[str, float]:
    with running("The web server") as base, sync_playwright() as playwright:
        fetch(base, LIST)
        browser = playwright.chromium.launch(executable_path=installed(), args=QUIET)
        taken = [_largest_paint(browser, base + LIST) for _ in range(3 if quick else 7)]
        browser.close()
    return {"largest_paint": statistics.median(taken) / 1000, "visits": len(taken)}


def _largest_paint(browser: Browser, address: str) -> float:
    """Milliseconds from asking to the largest paint, in a browser that has nothing yet."""
    context = browser.new_context(viewport=PHONE, device_scale_factor=2)
    page = context.new_page()
    tools = context.new_cdp_session(page)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", SLOW_3G)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.goto(address, wait_until="networkidle")
    largest = page.evaluate(LARGEST)
    context.close()
    return largest
