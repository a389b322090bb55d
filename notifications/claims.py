"""Which round of which worker has a letter, and whether that worker lives.

A round has a number drawn by lot and holds a lock of that name for as long as it lives: PostgreSQL ends the lock with
the session, the kernel ends the lock on a file with the process. So a dead worker is known at once, and a slow one is
never taken for dead; no clock is asked. Sessions must reach PostgreSQL itself: behind a pooler that shares them between
transactions the lock would end early, and letters that were sent would be listed as unknown.
"""

from __future__ import annotations

import fcntl
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from notifications.models import Letter

BITS = 63
# A worker's machine that vanished without a word is given up after two minutes.
NOTICE_SILENCE = "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 30; SET tcp_keepalives_count = 3"


@contextmanager
def round_of_letters() -> Iterator[int]:
    """The number of a new round, whose lock is held until it ends."""
    key = secrets.randbits(BITS)
    with _lock(key):
        yield key


def claim(key: int, most: int) -> list[Letter]:
    """Take letters that are due. Two rounds at once take different ones."""
    with transaction.atomic():
        keys = list(Letter.objects.due().select_for_update(skip_locked=True).values_list("pk", flat=True)[:most])
        if not keys:
            return []
        Letter.objects.due().order_by().filter(pk__in=keys).update(claimed_by=key)
    mine = Letter.objects.planned().held_by(key).select_related("user__letter_preference")
    return list(mine.order_by("due_at", "pk"))


def release(key: int) -> None:
    """Give back what a round took and did not come to."""
    Letter.objects.planned().held_by(key).update(claimed_by=None)


def settle_abandoned() -> int:
    """Give back what rounds of dead workers hold. What one was sending is unknown from now on. How many are."""
    unknown = 0
    claimed = Letter.objects.filter(claimed_by__isnull=False).order_by().values_list("claimed_by", flat=True)
    for key in filter(None, claimed.distinct()):
        with _lock(key) as is_abandoned:
            if is_abandoned:
                unknown += _give_back(key)
    return unknown


@transaction.atomic
def _give_back(key: int) -> int:
    held = Letter.objects.held_by(key)
    held.planned().update(claimed_by=None)
    return held.filter(state=Letter.State.SENDING).update(
        state=Letter.State.UNKNOWN, reason="worker_ended", claimed_by=None
    )


@contextmanager
def _lock(key: int) -> Iterator[bool]:
    """Whether the lock of this name could be had at once; given back at the end."""
    with (_session_lock if connection.vendor == "postgresql" else _file_lock)(key) as is_ours:
        yield is_ours


@contextmanager
def _session_lock(key: int) -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute(NOTICE_SILENCE)
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [key])
        is_ours = cursor.fetchone()[0]
    try:
        yield is_ours
    finally:
        if is_ours and connection.is_usable():  # with the session its locks are gone
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [key])


@contextmanager
def _file_lock(key: int) -> Iterator[bool]:
    folder = Path(settings.VAR) / "letters"
    folder.mkdir(exist_ok=True)
    path = folder / f"{key}.lock"
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        try:
            yield True
        finally:
            path.unlink(missing_ok=True)
