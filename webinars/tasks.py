"""What the schedule wakes. Each is safe to run twice, and at once with itself."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings

from webinars import clock, panel, places, reminders


@shared_task
def remind() -> None:
    reminders.plan_due()


@shared_task
def tend() -> None:
    """Waiting lists, and what lists and search say of what has ended."""
    places.tend_waiting_lists()
    clock.note_ended()


@shared_task
def forget_registrations() -> None:
    places.forget_old(days=settings.REGISTRATION_DAYS)
    panel.forget_old(days=settings.REGISTRATION_DAYS)
