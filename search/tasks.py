"""Waking the follower of the queue. Celery only wakes: the rows of the queue are the truth."""

from __future__ import annotations

import time

from celery import shared_task
from django.db import transaction

from members import waking
from search import consumer

TASK = "search.tasks.follow_changes"
_EVERY = 1.0  # seconds between two calls of one process; the sweep of beat finds what falls between
_last_call = 0.0


@shared_task(name=TASK, ignore_result=True)
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
    waking.send(TASK)
