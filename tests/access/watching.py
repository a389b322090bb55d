"""What a request writes: a hash of the whole database would say that something changed, this says what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

WRITES = re.compile(
    r"\s*(?:INSERT(?:\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE|DELETE\s+FROM)\s+\"?(\w+)", re.IGNORECASE
)
# What any request, refused or not, may note: that somebody knocked, who it is, and that the page was read.
NOTED = {
    "django_session": "sessions",
    "usersessions_usersession": "where one is signed in, on the page that lists it",
    "members_limits": "how often somebody knocked",
    "content_visit": "views and downloads",
    "content_dailysalt": "the key under which visitors are counted",
    "webinars_dayofplays": "that a recording was pressed",
    "content_oldaddress": "how often an old address was asked for",
}
# How far a member has read, so that what is new can be marked: this column of the table, and no other.
READ_TO = re.compile(
    r'INSERT INTO "discussions_reading" .*DO UPDATE SET "read_to" = EXCLUDED."read_to"( RETURNING .*)?$', re.DOTALL
)


@contextmanager
def watched() -> Iterator[list[str]]:
    """The tables that are written to meanwhile, but for what any request may note."""
    written: list[str] = []

    def look(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if (found := WRITES.match(sql)) and found[1] not in NOTED and not READ_TO.match(sql):
            written.append(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield written
