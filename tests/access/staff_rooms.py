"""Rows of rooms of the staff."""

from __future__ import annotations

from tests.access.rows import Row

ROWS: dict[str, Row] = {}
