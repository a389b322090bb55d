"""Writing to the queue, and reading it in an order that loses nothing.

A position is (transaction, id). On SQLite one transaction writes at a time, so ids are in the order of commits and
the transaction is always 0. On PostgreSQL a follower reads by transaction number and only what is older than every
transaction still running: a row that will be committed later always lies ahead of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from search.models import Change

Position = tuple[int, int]
START: Position = (0, 0)
KEPT = timedelta(days=2)  # longer than any node is away before it is built anew
_INSERT = "INSERT INTO search_change (kind, object_id, at) VALUES (%s, %s, CURRENT_TIMESTAMP)"
SETTLED = "xid < pg_snapshot_xmin(pg_current_snapshot())"


@dataclass(frozen=True)
class Row:
    position: Position
    kind: str
    object_id: int


def _is_postgresql() -> bool:
    return connection.vendor == "postgresql"


def note(kind: str, ids: Iterable[int]) -> None:
    """Add rows in the running transaction. One plain INSERT: it is part of every save of every record."""
    rows = [(kind, key) for key in ids]
    with connection.cursor() as cursor:
        if len(rows) == 1:
            cursor.execute(_INSERT, rows[0])
        elif rows:
            cursor.executemany(_INSERT, rows)


def after(position: Position, limit: int) -> list[Row]:
    """The next rows of the queue that may be passed."""
    transaction, key = position
    if _is_postgresql():
        sql = (
            "SELECT xid::text, id, kind, object_id FROM search_change"  # noqa: S608 - constants
            f" WHERE (xid, id) > (%s::text::xid8, %s) AND {SETTLED} ORDER BY xid, id LIMIT %s"
        )
        parameters: list[str | int] = [str(transaction), key, limit]
    else:
        sql = "SELECT 0, id, kind, object_id FROM search_change WHERE id > %s ORDER BY id LIMIT %s"
        parameters = [key, limit]
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return [Row((int(number), key), kind, pk) for number, key, kind, pk in cursor.fetchall()]


def now() -> Position:
    """A position such that whatever is committed after this moment lies behind it."""
    with connection.cursor() as cursor:
        if _is_postgresql():
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text, 0")
        else:
            cursor.execute("SELECT 0, COALESCE(MAX(id), 0) FROM search_change")
        transaction, key = cursor.fetchone()
    return int(transaction), int(key)


def waiting_since(position: Position) -> datetime | None:
    """When the oldest change behind a position was made; None when there is none."""
    row = next(iter(after(position, 1)), None)
    return row if row is None else Change.objects.filter(pk=row.position[1]).values_list("at", flat=True).first()


def sweep() -> None:
    """Delete rows that every follower has passed long ago, but the newest of them: it tells how far sweeping went."""
    old = Change.objects.filter(at__lt=timezone.now() - KEPT)
    newest = old.order_by("-pk").values_list("pk", flat=True).first()
    if newest:
        old.filter(pk__lt=newest).delete()


def is_lost(position: Position) -> bool:
    """Whether rows behind a position may have been swept: then only a rebuild makes the index whole."""
    oldest = Change.objects.order_by("pk").first()
    if oldest is None or oldest.at > timezone.now() - KEPT:
        return False
    first = next(iter(after(START, 1)), None)
    return first is not None and position < first.position


def seconds_since(moment: datetime | None) -> float:
    return (timezone.now() - moment).total_seconds() if moment else 0.0
