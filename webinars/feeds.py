"""A webinar in a feed, and in a calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from content import addresses, wording, zones
from content.calendars import Event
from content.feeds import FeedEntry
from content.translations import words

if TYPE_CHECKING:
    from webinars.models import Webinar


def entry(webinar: Webinar, base: str) -> FeedEntry:
    title = words(webinar, "title")
    when = zones.in_utc(webinar.starts_at).words
    return FeedEntry(
        id=base + addresses.permanent(webinar),
        url=base + webinar.get_absolute_url(),
        title=title.text,
        language=title.language,
        updated=webinar.updated_at,
        published=webinar.published_at,
        summary=f"{when} UTC. {words(webinar, 'summary', title.language).text}".strip(),
    )


def event(webinar: Webinar, base: str, *, place: str = "") -> Event:
    """`place`: a person's own way in, in their own file alone. Everybody else's leads to the page."""
    title, url = words(webinar, "title"), base + webinar.get_absolute_url()
    return Event(
        uid=uid(webinar.pk),
        title=title.text,
        language=title.language,
        starts=webinar.starts_at,
        ends=webinar.ends_at,
        changed_at=max(filter(None, (webinar.updated_at, webinar.moved_at, webinar.cancelled_at))),
        url=url,
        text="\n".join(_said(webinar, title.language, place or url)),
        place=place or url,
        sequence=webinar.sequence,
        is_cancelled=webinar.cancelled_at is not None,
        categories=tuple(filter(None, [words(webinar.series, "title").text if webinar.series else ""])),
    )


def uid(pk: int) -> str:
    """Of the event in every calendar, for ever."""
    return f"webinar-{pk}"


def _said(webinar: Webinar, language: str, link: str) -> list[str]:
    lines = [webinar.cancelled_reason, words(webinar, "summary", language).text]
    if webinar.spoken:
        lines.append(_("In %(languages)s") % {"languages": wording.language_names(webinar.spoken)})
    if webinar.interpreted:
        lines.append(_("Interpreted into %(languages)s") % {"languages": wording.language_names(webinar.interpreted)})
    return [line for line in (*lines, link) if line]
