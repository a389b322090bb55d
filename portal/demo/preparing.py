"""Everything the demonstration needs before it can serve, done only where it is not done yet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command

from portal.demo.shelf import FOLDER as CONTENT
from search import health
from taxonomy.loading import FOLDER as VOCABULARY
from taxonomy.models import LoadedEntry

STAMPS = "demo.json"


def fingerprint(*folders: Path) -> str:
    """Changes with any file in the folders."""
    digest = hashlib.sha256(django.__version__.encode())
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        if path.suffix != ".pyc":
            digest.update(f"{path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()


class Stamps:
    """For each step, the fingerprint of what it was last done with."""

    def __init__(self) -> None:
        self.path = settings.VAR / STAMPS
        self.known: dict[str, str] = json.loads(self.path.read_text()) if self.path.exists() else {}

    def is_done(self, step: str, mark: str) -> bool:
        return self.known.get(step) == mark

    def note(self, step: str, mark: str) -> None:
        self.known[step] = mark
        self.path.write_text(json.dumps(self.known, indent=1))


def prepare(say: Callable[[str], None]) -> None:
    say("Preparing the database …")
    call_command("migrate", verbosity=0, interactive=False)
    stamps = Stamps()
    is_new = _load(stamps, say)
    if is_new or health.check():
        say("Building the search index …")
        call_command("rebuild_search")
    mark = fingerprint(*map(Path, settings.STATICFILES_DIRS))
    if not (stamps.is_done("static", mark) and settings.STATIC_ROOT.exists()):
        say("Collecting style sheets and pictures …")
        call_command("collectstatic", verbosity=0, interactive=False)
        stamps.note("static", mark)


def content_mark() -> str:
    return fingerprint(VOCABULARY, CONTENT, Path(__file__).parent)


def _load(stamps: Stamps, say: Callable[[str], None]) -> bool:
    """Whether there was anything to load."""
    mark = content_mark()
    if stamps.is_done("content", mark) and LoadedEntry.objects.exists():
        return False
    say("Loading vocabulary and content …")
    call_command("load_vocabulary")
    call_command("load_demo")
    stamps.note("content", mark)
    return True
