"""The rows of the access table, by area."""

from __future__ import annotations

from tests.access import (
    accounts,
    communities,
    community_documents,
    letters,
    people,
    privacy,
    reading,
    staff_rooms,
    uploads,
)
from tests.access.rows import Row

TABLE: dict[str, Row] = {}
for rooms in (
    reading,
    accounts,
    people,
    privacy,
    letters,
    uploads,
    community_documents,
    staff_rooms,
    communities,
):
    TABLE |= rooms.ROWS
