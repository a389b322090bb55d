"""Waking what is due; rows decide, so each may run twice or late."""

from celery import shared_task

from members import waking
from notifications import claims, digests, following, keeping, notices, sending, services


@shared_task(name=services.SEND)
def send_due() -> None:
    if sending.send_due():
        waking.wake(services.SEND)


@shared_task
def sweep() -> None:
    claims.settle_abandoned()
    send_due()


@shared_task
def forget() -> None:
    keeping.forget_words()


@shared_task
def tell_followers() -> None:
    following.tell_due()


@shared_task
def gather_digests() -> None:
    digests.gather()


@shared_task
def forget_notices() -> None:
    notices.forget_old()
