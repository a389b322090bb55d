"""Waking workers, from the lowest floor that does. Celery only wakes: what is due stands in rows, and the schedule
finds it, so a waking that is lost costs a minute at most and no work (docs/adr/0005-celery-wakes.md)."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass

from celery import current_app
from django.db import transaction

REST = 10.0  # seconds in which a broker that did not answer is asked nothing: no page waits for it twice
EXPIRES = 60  # seconds, after which the schedule has called the task anyway
logger = logging.getLogger(__name__)
_rests_until = 0.0


def wake(task: str, *args: int) -> None:
    """Have a worker run the task, by its name, once the running transaction is committed: once, however often a
    transaction asks. A broker that is away is no error."""
    call = _Call(task, args)
    if all(entry[1] != call for entry in transaction.get_connection().run_on_commit):
        transaction.on_commit(call, robust=True)


@dataclass(frozen=True)
class _Call:
    task: str
    args: tuple[int, ...]

    def __call__(self) -> None:
        send(self.task, *self.args)


def send(task: str, *args: int) -> None:
    """Call the task now."""
    global _rests_until
    if time.monotonic() < _rests_until:
        return
    try:
        current_app.send_task(task, args, retry=False, expires=EXPIRES)
    except Exception:
        _rests_until = time.monotonic() + REST
        logger.warning("The queue of jobs cannot be reached; %s runs at its next round.", task)
