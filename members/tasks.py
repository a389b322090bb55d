"""Waking the worker. The rows of the database are the truth: what no task is heard for, the sweep finds."""

import logging

from celery import shared_task

from members import erasure, exports, unconfirmed

logger = logging.getLogger(__name__)


@shared_task
def make_export(pk: int) -> None:
    exports.make(pk=pk)


@shared_task
def make_due_exports() -> None:
    exports.make_due()


@shared_task
def forget() -> None:
    exports.remove_expired()
    erasure.sweep()
    unconfirmed.forget_unconfirmed()


def wake(pk: int) -> None:
    """Have an export made now, once its row is committed; within a minute where the broker is away."""
    try:
        make_export.apply_async([pk], retry=False)
    except Exception:
        logger.warning("The queue of jobs cannot be reached; the sweep makes the export.")
