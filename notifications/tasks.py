from celery import shared_task

from notifications import claims, keeping, sending, waking


@shared_task(name=waking.TASK)
def send_due() -> None:
    if sending.send_due():
        waking.wake()


@shared_task
def sweep() -> None:
    claims.settle_abandoned()
    send_due()


@shared_task
def forget() -> None:
    keeping.forget_words()
