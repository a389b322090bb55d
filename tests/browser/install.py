"""Finds a Chromium, or fetches one: on the PATH, else by the system's package manager, else by Playwright.

python -m tests.browser.install
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def installed() -> str | None:
    """The path of a Chromium on this machine. CHROMIUM names one outright."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def fetched_by_playwright() -> bool:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return os.path.exists(playwright.chromium.executable_path)


def _run(*command: str) -> bool:
    print("+", *command, flush=True)
    return subprocess.run(command, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}).returncode == 0


def main() -> int:
    if installed() or fetched_by_playwright():
        return 0
    if shutil.which("apt-get") and os.geteuid() == 0:
        _run("apt-get", "update", "-qq")
        if _run("apt-get", "install", "-y", "-qq", "chromium") and installed():
            return 0
    if _run(sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"):
        return 0
    print("No Chromium could be found or installed; set CHROMIUM to the path of one.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
