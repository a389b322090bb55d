"""What a row in a list shows of an event. Nothing of it says whether it is over: rows are kept, and time passes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agenda import when
from agenda.models import Event
from content import wording, zones
from content.cards import LONGEST_TEXT, LONGEST_TITLE
from content.translations import Words, words
from content.zones import Reading

SHOWN_NAMES = 3


@dataclass(frozen=True)
class Card:
    pk: int
    url: str
    title: Words
    text: Words
    kind: str
    at: Reading | None  # the day of its box, as its own place counts whole days; none where no day is known
    when: str
    place: str
    organisers: str
    languages: str


def read(pks: Sequence[int]) -> Mapping[int, Card]:
    """The cards of those of the given events that are public, in four queries."""
    return {event.pk: _card(event) for event in Event.objects.published().with_card_data().filter(pk__in=pks)}


def organisers_of(event: Event) -> list[str]:
    names = [one.short_name for one in event.organisations.all()]
    return [*names, event.others] if event.others else names


def _day_of(event: Event) -> Reading | None:
    moment = event.starts_at or event.ends_at
    if not when.has_a_day(event):
        return None
    return zones.read(moment, event.zone) if event.whole_days else zones.for_reader(moment)


def _card(event: Event) -> Card:
    names = organisers_of(event)
    countries = [str(one) for one in event.countries.all()]
    return Card(
        pk=event.pk,
        url=event.get_absolute_url(),
        title=words(event, "title").cut(LONGEST_TITLE),
        text=words(event, "summary").cut(LONGEST_TEXT),
        kind=event.get_kind_display(),
        at=_day_of(event),
        when=when.in_words(event),
        place=event.place or (wording.listed(countries, 2) if countries else ""),
        organisers=wording.listed(names, SHOWN_NAMES) if names else "",
        languages=wording.language_names(event.languages) if event.languages else "",
    )
