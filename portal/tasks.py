from celery import shared_task
from django.core.cache import cache

from portal.health import HEARTBEAT, HEARTBEAT_SECONDS


@shared_task
def heartbeat() -> None:
    cache.set(HEARTBEAT, "beats", HEARTBEAT_SECONDS)
