"""What the audit trail keeps of the agenda."""

from __future__ import annotations

from agenda.models import Event, Session, Stream
from agenda.services import save_event
from content import trail


def sign_up() -> None:
    trail.keep(
        Event,
        without=["sequence"],
        many=["topics", "countries", "regions", "goals", "organisations"],
        save=lambda record, by: save_event(event=record, by=by),
    )
    for part in (Stream, Session):
        trail.keep(part)
