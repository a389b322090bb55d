"""What the agenda holds about a person: what they proposed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from agenda.models import Event
from content.privacy import entries
from members import erasure
from members.erasure import forget_trail


def _remove(event: Event) -> None:
    for rows in (event.streams.all(), event.sessions.all()):
        forget_trail(rows.model, rows.values_list("pk", flat=True))
    event.delete()


def sign_up() -> None:
    erasure.register(entries("events", _("Events you proposed"), Event, remove=_remove))
