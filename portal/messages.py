"""Builds `.mo` files from `.po` without gettext, collects texts into `.po` with it, checks that nothing is missing.

python -m portal.messages compile | collect | check
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SPACE_AS_NUMBER = re.compile(r"(202f|00a0)", re.IGNORECASE)
ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = tuple(sorted(folder.name for folder in (ROOT / "locale").iterdir() if folder.is_dir()))


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
    command += ["-e", "py,html,txt,xml"]
    command += ["-i", "var", "-i", ".venv", "-i", "tests", "-i", "bench", "-i", "build"]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603  (our own command, no input)


def _catalogue(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def _unfinished(language: str) -> list[str]:
    """Texts of a language that are empty, fuzzy, or hold the number of a space instead of the space."""
    with _catalogue(language).open("rb") as reader:
        catalogue = read_po(reader, locale=language)
    problems = []
    for message in catalogue:
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and (message.fuzzy or not all(texts)):
            problems.append(f"{language}: {'fuzzy' if message.fuzzy else 'empty'}: {message.id}")
        if message.id and any(SPACE_AS_NUMBER.search(text) for text in texts):
            problems.append(f"{language}: a space lost its backslash: {message.id}")
    return problems


def _ids(language: str) -> set[tuple]:
    with _catalogue(language).open("rb") as reader:
        return {(message.context, str(message.id)) for message in read_po(reader, locale=language) if message.id}


def _uncollected() -> list[str]:
    """Texts of the code that the catalogues do not have, or no longer need. Puts the catalogues back as they were."""
    if not shutil.which("xgettext"):
        print("xgettext is not installed: not checked whether every text of the code is collected.")
        return []
    kept = {language: (_catalogue(language).read_bytes(), _ids(language)) for language in LANGUAGES}
    try:
        collect()
        fresh = {language: _ids(language) for language in LANGUAGES}
    finally:
        for language, (content, _) in kept.items():
            _catalogue(language).write_bytes(content)
    return [
        f"{language}: run make messages: {text}"
        for language, (_, known) in kept.items()
        for _, text in sorted(known ^ fresh[language], key=str)
    ]


def check() -> None:
    """Ends with an error when a text is missing, fuzzy or empty in a language."""
    problems = [problem for language in LANGUAGES for problem in _unfinished(language)] + _uncollected()
    if problems:
        sys.exit("\n".join(problems))


if __name__ == "__main__":
    {"compile": compile_all, "collect": collect, "check": check}[sys.argv[1]]()
