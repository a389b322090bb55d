"""Files of the showcase: short PDFs that we set ourselves, and the pieces in content/media/."""

from __future__ import annotations

from typing import Any

from publications.models import Publication


def load(publication: Publication, entry: dict[str, Any]) -> None:
    pass
