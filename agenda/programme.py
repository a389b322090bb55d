"""The programme of an event by the days of whoever reads it, and the language streams of a livestream."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from agenda.models import Event, Session, Stream
from content import zones
from content.zones import Reading


@dataclass(frozen=True)
class Part:
    session: Session
    begins: Reading
    ends: Reading


@dataclass(frozen=True)
class Day:
    name: str  # “Thursday 28 September 2017”
    parts: Sequence[Part]


@dataclass(frozen=True)
class Programme:
    days: Sequence[Day]
    city: str  # whose clock it is told by
    zone: str


def of(event: Event) -> Programme | None:
    """In the reader's zone: a morning in Brasília is an evening in Suva. Needs its detail data."""
    sessions = list(event.sessions.all())
    if not sessions:
        return None
    parts = [Part(one, zones.for_reader(one.starts_at), zones.for_reader(one.ends_at)) for one in sessions]
    days = [Day(name, list(group)) for name, group in groupby(parts, key=lambda one: one.begins.day)]
    return Programme(days, parts[0].begins.city, parts[0].begins.zone)


def chosen_stream(event: Event, asked: str) -> Stream | None:
    """The stream of a language, once its button was pressed. Needs its detail data."""
    return next((one for one in event.streams.all() if asked and one.language == asked), None)
