from celery import shared_task

from content import counting


@shared_task
def forget_visitors() -> None:
    counting.forget_visitors()
