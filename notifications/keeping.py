"""How long what stood in a letter is kept. That it was sent, to whom and for what, is kept for good."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from notifications.models import Letter

KEPT = timedelta(days=30)
LOT = 2000  # letters at a time, so that nobody waits for the database


def forget_words() -> int:
    """Forget the words of letters that are long done with. How many there were."""
    done_with = Letter.objects.filter(context__isnull=False, created_at__lt=timezone.now() - KEPT)
    done_with = done_with.exclude(state__in=(Letter.State.PLANNED, Letter.State.SENDING))
    forgotten = 0
    while keys := list(done_with.order_by("created_at").values_list("pk", flat=True)[:LOT]):
        forgotten += Letter.objects.filter(pk__in=keys).update(context=None)
    return forgotten
