"""Rows of letters and what people choose to get."""

from __future__ import annotations

from tests.access.rows import Row

ROWS: dict[str, Row] = {}
