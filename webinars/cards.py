"""What a row in a list shows of a webinar: when it is on the reader's clock, of what series, in which languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects
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
    """The cards of those of the given webinars that everybody may know of, in two queries."""
    found = list(Webinar.objects.published().filter(pk__in=pks).for_cards())
    return {one.pk: card for one, card in zip(found, cards_of(found), strict=True)}


def cards_of(webinars: Iterable[Webinar]) -> list[Card]:
    """Of rows that were read `for_cards()` and may be shown to this reader, in one query."""
    rows = list(webinars)
    prefetch_related_objects(rows, "organisations")
    return [_card(one) for one in rows]


def by_time(ahead: Iterable[Webinar], past: Iterable[Webinar]) -> dict[str, list[Card]]:
    """`cards_of` what is ahead and of what was, in one query for both."""
    coming = list(ahead)
    cards = cards_of([*coming, *past])
    return {"ahead": cards[: len(coming)], "past": cards[len(coming) :]}


def _card(webinar: Webinar) -> Card:
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
