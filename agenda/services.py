"""What can happen to an event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction

from agenda.models import Event, EventLink
from content import review
from content.actors import acting
from content.editing import free_slug
from content.services import about, renew_pages, save_record

if TYPE_CHECKING:
    from django.db.models import Model

    from content.models import Case
    from members.models import User

TIMES = ("starts_at", "ends_at", "whole_days")


@acting
@transaction.atomic
def save_event(*, event: Event, by: User | None) -> None:
    """Save what somebody edited. Calendars that hold it learn of another time by its sequence."""
    if event.pk:
        stored = Event.objects.select_for_update().get(pk=event.pk)
        event.sequence = stored.sequence + any(getattr(stored, one) != getattr(event, one) for one in TIMES)
    save_record(record=event, by=by)


@dataclass(frozen=True)
class Proposed:
    """What the form of a proposal brought. Columns of the event, and its terms by name."""

    language: str
    texts: Mapping[str, str]
    columns: Mapping[str, Any]
    terms: Mapping[str, Iterable[Any]] = field(default_factory=dict)
    note: str = ""


@acting
@transaction.atomic
def propose_event(*, event: Event, proposed: Proposed, by: User) -> Case:
    """Send a new event to the editors, or send it again. Trusted members' are public at once."""
    former = event.original_language
    if event.pk and proposed.language != former:
        for name in proposed.texts:
            setattr(event, f"{name}_{former}", "")
    event.original_language = proposed.language
    for name, text in proposed.texts.items():
        setattr(event, f"{name}_{proposed.language}", text)
    for name, value in proposed.columns.items():
        setattr(event, name, value)
    if not event.pk:
        event.owner = by
        event.slug = free_slug(Event, proposed.texts["title"])
    save_event(event=event, by=by if event.pk else None)
    for name, rows in proposed.terms.items():
        getattr(event, name).set(rows)
    return review.submit(record=event, by=by, note=proposed.note)


@transaction.atomic
def link_records(*, event: Event, records: Iterable[Model]) -> None:
    """What came out of it: documents that were attached afterwards stand on its page."""
    last = event.links.count()
    for number, record in enumerate(records, last):
        EventLink.objects.get_or_create(event=event, **about(record), defaults={"position": number})
    renew_pages(record=event)
