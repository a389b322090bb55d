from celery import shared_task

from discussions import notices, unsent


@shared_task
def remove_forgotten_posts() -> None:
    """What was typed and not sent for as long as it is kept."""
    unsent.remove_forgotten()


@shared_task(name=notices.TELL)
def tell_of_posts() -> None:
    notices.tell_due()
