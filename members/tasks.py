"""Waking the worker. The rows of the database are the truth: what no task is heard for, the sweep finds."""

from celery import shared_task

from members import erasure, exports, unconfirmed


@shared_task(name=exports.TASK)
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
