"""Rows of accounts: signing up, signing in, security."""

from __future__ import annotations

from tests.access.rows import Row

ROWS: dict[str, Row] = {}
