"""The code of conduct that everybody accepts who comes into a community. Its versions stay readable."""

from __future__ import annotations

from pathlib import Path

from members import legal

TEXTS = Path(__file__).parent / "texts" / "conduct"


def version() -> str:
    """The one in force."""
    return legal.versions(TEXTS)[-1]


def text() -> legal.Text:
    """In the reader's language."""
    return legal.read(TEXTS)
