from celery import shared_task

from files import services


@shared_task
def remove_orphans() -> None:
    services.remove_unclaimed()
    services.remove_orphans()
