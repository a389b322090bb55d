"""Rows of consents, export and deletion."""

from __future__ import annotations

from tests.access.rows import Row

ROWS: dict[str, Row] = {}
