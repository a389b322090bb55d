"""What the schedule wakes. Each is safe to run twice, and at once with itself."""

from __future__ import annotations

from celery import shared_task
from django.conf import settings

from webinars import clock, feedback, panel, places, recording_letters, reminders
from webinars.attendance import importing


@shared_task
def remind() -> None:
    reminders.plan_due()


@shared_task
def tend() -> None:
    """Waiting lists, and what has ended: lists and search say so, whoever came is thanked and asked, and is
    told of the recording."""
    places.tend_waiting_lists()
    clock.note_ended()
    feedback.open_due()
    recording_letters.plan_due()


@shared_task
def forget_registrations() -> None:
    places.forget_old(days=settings.REGISTRATION_DAYS)
    panel.forget_old(days=settings.REGISTRATION_DAYS)
    importing.forget_marks(days=settings.REGISTRATION_DAYS)
    importing.forget_unconfirmed()
