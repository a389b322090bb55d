"""Whether letters leave, for `/readyz` and for whoever waits for one."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from notifications.models import Letter

LATE = timedelta(minutes=3)  # a sweep every minute finds what no waking was heard for


def are_late() -> bool:
    """Whether a letter is still here that should have left long ago: no mail server takes it, or no worker hands it."""
    return Letter.objects.due().filter(due_at__lt=timezone.now() - LATE).exists()


def check() -> str | None:
    return f"letters have waited for more than {LATE.seconds // 60} minutes" if are_late() else None
