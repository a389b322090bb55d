"""Waking the worker that sends. Rows are the truth: a waking that is lost costs the minute until the sweep."""

from __future__ import annotations

import logging

from celery import current_app
from django.db import transaction

TASK = "notifications.tasks.send_due"
logger = logging.getLogger(__name__)


def wake() -> None:
    """Have letters sent once the running transaction is committed: one waking, however many letters it plans."""
    waiting = transaction.get_connection().run_on_commit
    if not any(entry[1] is _call for entry in waiting):
        transaction.on_commit(_call, robust=True)


def _call() -> None:
    try:
        current_app.send_task(TASK, retry=False, expires=60)
    except Exception:
        logger.warning("The queue of jobs cannot be reached; letters leave with the next sweep.")
