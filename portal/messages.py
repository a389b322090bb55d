"""Builds `.mo` files from `.po` without gettext, and collects texts into `.po` with it.

    python -m portal.messages compile | collect
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("fr", "es")


def compile_all() -> None:
    for source in sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as reader:
            catalogue = read_po(reader, locale=source.parent.parent.name)
        # Written beside and renamed, so that a reader never meets half a file.
        beside = target.with_suffix(".tmp")
        with beside.open("wb") as writer:
            write_mo(writer, catalogue)
        os.replace(beside, target)


def collect() -> None:
    command = [sys.executable, "manage.py", "makemessages", "--no-wrap", "--no-location", "--no-obsolete", "-v", "0"]
    for language in LANGUAGES:
        (ROOT / "locale" / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
        command += ["-l", language]
    command += ["-i", "var", "-i", ".venv", "-i", "tests", "-i", "bench", "-i", "build"]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603  (our own command, no input)


if __name__ == "__main__":
    {"compile": compile_all, "collect": collect}[sys.argv[1]]()
