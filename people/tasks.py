from celery import shared_task

from people import services


@shared_task(ignore_result=True)
def keep_in_step() -> None:
    services.keep_in_step()
