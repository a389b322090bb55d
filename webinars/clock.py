"""What the clock alone changes, and lists and search have to hear of: a webinar has ended."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from content import caching
from webinars.lists import KIND
from webinars.models import Webinar

AT_A_TIME = 100
BACK = timedelta(days=30)  # how long the schedule may have been away


def note_ended() -> int:
    """Save those that ended since they were saved last: their documents and cards say so from now on."""
    now = timezone.now()
    ended = Webinar.objects.filter(ends_at__lte=now, ends_at__gt=now - BACK, updated_at__lt=F("ends_at"))
    return sum(_note(pk) for pk in list(ended.order_by("ends_at").values_list("pk", flat=True)[:AT_A_TIME]))


@transaction.atomic
def _note(pk: int) -> bool:
    webinar = Webinar.objects.select_for_update().get(pk=pk)
    if webinar.updated_at >= webinar.ends_at:
        return False
    webinar.save(update_fields=["updated_at"])
    caching.bump(KIND)
    return True
