"""The table of who gets what answer. Every address has a row; a row says the answer for each role and state."""

from __future__ import annotations

from tests.access import (
    accounts,
    agenda,
    attending,
    blog,
    communities,
    community_documents,
    discussions,
    letters,
    moderation,
    people,
    privacy,
    reading,
    staff_rooms,
    summaries,
    surveys,
    uploads,
    webinars,
)
from tests.access.rows import Row

AREAS = (
    accounts,
    agenda,
    attending,
    blog,
    communities,
    community_documents,
    discussions,
    letters,
    moderation,
    people,
    privacy,
    reading,
    staff_rooms,
    summaries,
    surveys,
    uploads,
    webinars,
)
TABLE: dict[str, Row] = {name: row for area in AREAS for name, row in area.ROWS.items()}
