"""Rows of what members send in."""

from __future__ import annotations

from tests.access.rows import Row

ROWS: dict[str, Row] = {}
