"""Calendar files (RFC 5545, by icalendar): one event, or a feed that calendars subscribe to.

Times are in UTC, so that no table of zones has to be right in the file. A UID never changes; SEQUENCE rises with every
move, by which calendars know that what they hold is older (RFC 5546, 2.1.4). PUBLISH asks nobody for an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, set_response_etag
from django.utils.http import content_disposition_header
from icalendar import Calendar, vCalAddress, vText
from icalendar import Event as Component

from content.text import TURNS, one_line

MEDIA_TYPE = "text/calendar"
METHOD = "PUBLISH"
PRODUCT = "-//Social protection portal//Calendar//EN"


@dataclass(frozen=True)
class Event:
    uid: str  # without host: "webinar-12"
    title: str
    starts: datetime | date  # a day alone for what lasts whole days
    ends: datetime | date  # the instant it ends, or the last of its days
    changed_at: datetime
    url: str = ""  # whole
    text: str = ""
    place: str = ""  # where to go: an address, or a link
    language: str = ""
    sequence: int = 0
    is_cancelled: bool = False
    categories: tuple[str, ...] = ()


def as_plain(event: Event) -> dict[str, Any]:
    """An event that is an instant, as plain data: letters keep it until they leave."""
    return {
        name: value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
        for name, value in vars(event).items()
    }


def of_plain(data: Mapping[str, Any]) -> Event:
    moments = {name: datetime.fromisoformat(data[name]) for name in ("starts", "ends", "changed_at")}
    return Event(**{**data, **moments, "categories": tuple(data["categories"])})


def document(events: Iterable[Event], *, name: str = "") -> bytes:
    """The file. `name` is what a calendar calls a feed that it subscribes to (RFC 7986)."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", METHOD)
    if name:
        for key in ("name", "x-wr-calname"):  # the second for programs older than RFC 7986
            calendar.add(key, vText(one_line(name)))
        calendar.add("refresh-interval;value=duration", "PT6H")
        calendar.add("x-published-ttl", "PT6H")
    for event in events:
        calendar.add_component(_component(event))
    return calendar.to_ical()


def answer(request: HttpRequest, events: Iterable[Event], *, name: str = "", filename: str) -> HttpResponse:
    """The file, or 304 when the calendar that asks has it already."""
    response = HttpResponse(document(events, name=name), content_type=content_type())
    response["Content-Disposition"] = content_disposition_header(False, filename) or ""
    set_response_etag(response)
    return get_conditional_response(request, etag=response["ETag"], response=response) or response


def content_type() -> str:
    return f"{MEDIA_TYPE}; charset=utf-8; method={METHOD}"


def whole_uid(uid: str) -> str:
    """The same for ever: calendars know events by nothing else."""
    return f"{uid}@{urlsplit(settings.PORTAL_BASE_URL).hostname}"


def _component(event: Event) -> Component:
    component = Component()
    component.add("uid", whole_uid(event.uid))
    component.add("dtstamp", event.changed_at.astimezone(UTC))
    component.add("last-modified", event.changed_at.astimezone(UTC))
    component.add("sequence", event.sequence)
    component.add("dtstart", _when(event.starts))
    component.add("dtend", _when(event.ends, after=True))
    language: dict[str, str] = {"language": event.language} if event.language else {}
    component.add("summary", _clean(event.title), parameters=language)
    component.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    if event.text:
        component.add("description", _clean(event.text), parameters=language)
    if event.place:
        component.add("location", _clean(event.place))
    if event.url:
        component.add("url", event.url)
    if event.categories:
        component.add("categories", [_clean(one) for one in event.categories])
    component.add("organizer", _organiser())
    return component


def _when(value: datetime | date, *, after: bool = False) -> datetime | date:
    """An instant in UTC; of whole days the first, or the one after the last, as DTEND is not part of the event."""
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return date.fromordinal(value.toordinal() + 1) if after else value


def _organiser() -> vCalAddress:
    """The portal, as letters come from: RFC 5546 wants one, and nobody's own address belongs in a file for all."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organiser = vCalAddress(f"mailto:{address}")
    if name:
        organiser.params["CN"] = _clean(name)
    return organiser


def _clean(text: str) -> str:
    """Without characters that steer the text after them; lines stay lines, which RFC 5545 escapes."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if (c >= " " or c == "\n") and c != "\x7f" and c not in TURNS)
