"""The table of who gets what answer. Every address has a row; a row says the answer for each role and state."""

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
for rooms in (reading, accounts, people, privacy, letters, uploads, staff_rooms, communities, community_documents):
    TABLE |= rooms.ROWS
