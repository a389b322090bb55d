"""An event in a feed, and in a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agenda import when
from content import addresses, calendars
from content.feeds import FeedEntry
from content.translations import words

if TYPE_CHECKING:
    from datetime import date, datetime

    from agenda.models import Event


def entry(event: Event, base: str) -> FeedEntry:
    title = words(event, "title")
    said = (
        when.in_words(event) if event.whole_days else when.stated(event),
        words(event, "summary", title.language).text,
    )
    return FeedEntry(
        id=base + addresses.permanent(event),
        url=base + event.get_absolute_url(),
        title=title.text,
        language=title.language,
        updated=event.updated_at,
        published=event.published_at,
        summary=". ".join(filter(None, said)),
        categories=((event.kind, str(event.get_kind_display())),),
    )


def event(event: Event, base: str) -> calendars.Event:
    """A call is the moment of its deadline."""
    title, url = words(event, "title"), base + event.get_absolute_url()
    starts, ends = _span(event)
    return calendars.Event(
        uid=f"event-{event.pk}",
        title=title.text,
        language=title.language,
        starts=starts,
        ends=ends,
        changed_at=event.updated_at,
        url=url,
        text="\n".join(filter(None, (words(event, "summary", title.language).text, url))),
        place=event.place,
        sequence=event.sequence,
        categories=(str(event.get_kind_display()),),
    )


def _span(event: Event) -> tuple[datetime | date, datetime | date]:
    if event.whole_days:
        return event.first_day.date(), event.last_day.date()
    return event.starts_at or event.ends_at, event.ends_at
