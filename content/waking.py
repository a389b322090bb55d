"""Celery only wakes: what is due stands in a row, so a waking that is lost costs a minute and no work."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction

if TYPE_CHECKING:
    from celery import Task

logger = logging.getLogger(__name__)


def wake(task: Task) -> None:
    """Have a worker run the task once the running transaction is committed. A broker that is away is no error: the
    schedule runs the same task."""

    def call() -> None:
        try:
            task.apply_async(retry=False, expires=60)
        except Exception:
            logger.warning("The queue of jobs cannot be reached; %s runs at its next round.", task.name)

    transaction.on_commit(call, robust=True)
