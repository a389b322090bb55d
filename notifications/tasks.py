"""Waking what is due; rows decide, so each may run twice or late."""

from celery import shared_task

from notifications import digests, following, notices


@shared_task
def tell_followers() -> None:
    following.tell_due()


@shared_task
def gather_digests() -> None:
    digests.gather()


@shared_task
def forget_notices() -> None:
    notices.forget_old()
