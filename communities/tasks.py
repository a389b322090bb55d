from celery import shared_task

from communities import inviting, services


@shared_task
def look_for_quiet() -> None:
    services.look_for_quiet()


@shared_task
def forget_invitations() -> None:
    inviting.forget_old()
