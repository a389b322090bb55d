"""Waking the follower of the queue. Celery only wakes: the rows of the queue are the truth."""

from __future__ import annotations

import logging
import time

from celery import shared_task
from django.db import transaction

from search import consumer

_EVERY = 1.0  # seconds between two calls of one process; the sweep of beat finds what falls between
_last_call = 0.0
logger = logging.getLogger(__name__)


@shared_task(name="search.tasks.follow_changes", ignore_result=True)  # type: ignore[untyped-decorator]
def follow_changes() -> None:
    consumer.follow()


def wake() -> None:
    """Call the follower once the running transaction is committed, not more than once a second."""
    if time.monotonic() - _last_call >= _EVERY:
        transaction.on_commit(_call, robust=True)


def _call() -> None:
    global _last_call
    if time.monotonic() - _last_call < _EVERY:
        return
    _last_call = time.monotonic()
    try:
        follow_changes.apply_async(retry=False, expires=10)
    except Exception:
        logger.warning("The queue of jobs cannot be reached; search follows at its next round.")
