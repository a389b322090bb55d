"""What a row in a list shows of a webinar: when it is on the reader's clock, of what series, in which languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone

from content import wording, zones
from content.cards import LONGEST_TEXT, LONGEST_TITLE
from content.translations import Words, words
from webinars.models import Webinar

if TYPE_CHECKING:
    from datetime import datetime

    from content.zones import Reading

State = Webinar.State
TONES = {State.SOON: "accent", State.LIVE: "good", State.CANCELLED: "bad"}


@dataclass(frozen=True)
class Card:
    pk: int
    url: str
    title: Words
    text: Words
    at: Reading
    starts_at: datetime
    ends_at: datetime
    is_ahead: bool
    state: str
    tone: str
    series: Words | None
    languages: str
    organisers: str


def read(pks: Sequence[int]) -> Mapping[int, Card]:
    """The cards of those of the given webinars that everybody may know of, in four queries."""
    found = Webinar.objects.published().filter(pk__in=pks).select_related("series")
    return {one.pk: card_of(one) for one in found.prefetch_related("organisations")}


def cards_of(webinars: Iterable[Webinar]) -> list[Card]:
    """Of rows that were read `with_card_data()` and may be shown to this reader."""
    return [card_of(one) for one in webinars]


def card_of(webinar: Webinar) -> Card:
    # Kept per version, which time does not change: of what begins, a card says no more than that it is ahead.
    state = webinar.state
    is_ahead = state in (State.UPCOMING, State.SOON, State.LIVE)
    names = [words(one, "acronym").text or words(one, "name").text for one in webinar.organisations.all()]
    return Card(
        pk=webinar.pk,
        url=webinar.get_absolute_url(),
        title=words(webinar, "title").cut(LONGEST_TITLE),
        text=words(webinar, "summary").cut(LONGEST_TEXT),
        at=zones.for_reader(webinar.starts_at),
        starts_at=webinar.starts_at,
        ends_at=webinar.ends_at,
        is_ahead=is_ahead and webinar.ends_at > timezone.now(),
        state=str(state.label),
        tone=TONES.get(state, ""),
        series=words(webinar.series, "title") if webinar.series else None,
        languages=wording.language_names(webinar.languages) if webinar.languages else "",
        organisers=wording.listed(names) if names else "",
    )
