"""Rows of members: profiles, directory, contact."""

from __future__ import annotations

from tests.access.rows import Row

ROWS: dict[str, Row] = {}
