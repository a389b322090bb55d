"""How often recordings are pressed: once a person, recording and day, machines, editors and organisers left out."""

from __future__ import annotations

from datetime import date

from django.db.models import F

from content import counting
from webinars.models import DayOfPlays, Recording

PRESSED = "recording"


def count(pk: int, day: date) -> None:
    """Heard of every press that counts, in its transaction."""
    recording = Recording.objects.filter(pk=pk).first()
    if recording is not None:
        row, _is_new = DayOfPlays.objects.get_or_create(
            webinar_id=recording.webinar_id, language=recording.language, day=day
        )
        DayOfPlays.objects.filter(pk=row.pk).update(number=F("number") + 1)


def sign_up() -> None:
    counting.count_presses(PRESSED, Recording, count)
