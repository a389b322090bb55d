from datetime import timedelta

from celery import shared_task
from django.core.cache import cache
from django.utils import timezone

from portal.health import HEARTBEAT, HEARTBEAT_SECONDS
from search import services


@shared_task
def heartbeat() -> None:
    cache.set(HEARTBEAT, "beats", HEARTBEAT_SECONDS)


@shared_task
def note_visited() -> None:
    services.note_visited(since=timezone.now().date() - timedelta(days=1))
