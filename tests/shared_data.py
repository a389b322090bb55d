"""Finds the folder of awkward real files that tests may use, which is not part of the project.

It is named by PORTAL_SHARED_DATA, or stands beside the repository as shared/data. Where it is absent those tests are
skipped and say so.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


def folder() -> Path:
    path = Path(os.environ.get("PORTAL_SHARED_DATA") or REPOSITORY.parent / "shared" / "data")
    if not path.is_dir():
        pytest.skip(
            f"No shared test data at {path}: set PORTAL_SHARED_DATA to a folder that holds inputs/ to run this."
        )
    return path


def inputs(*kinds: str) -> list[Path]:
    """Every file under inputs/ of these kinds, in an order that never changes."""
    return sorted(path for kind in kinds for path in (folder() / "inputs" / kind).rglob("*") if path.is_file())
