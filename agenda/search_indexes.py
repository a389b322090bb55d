"""What search knows of an event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.db.models import QuerySet
from haystack import indexes

from agenda.models import Event, Session
from discussions.markup import to_html
from discussions.plain import plain
from search.indexes import Document, RecordIndex, pairs
from search.terms import Terms
from stakeholders.models import Organisation
from taxonomy.models import Country, Region, Topic

LONGEST = 20_000


class EventIndex(RecordIndex, indexes.Indexable):
    kind = "event"
    related = {
        Organisation: lambda pks: Event.objects.filter(organisations__in=pks),
        Topic: lambda pks: Event.objects.filter(topics__in=pks),
        Country: lambda pks: Event.objects.filter(countries__in=pks),
        Region: lambda pks: Event.objects.filter(regions__in=pks),
        Session: lambda pks: Event.objects.filter(sessions__in=pks),
    }

    def index_queryset(self, using: str | None = None) -> QuerySet[Event]:
        return Event.objects.published()

    def documents(self, events: Sequence[Event]) -> Iterator[Document]:
        terms = Terms()
        topics = pairs(Event.topics.through.objects, "event_id", "topic_id", of=events)
        countries = pairs(Event.countries.through.objects, "event_id", "country_id", of=events)
        regions = pairs(Event.regions.through.objects, "event_id", "region__slug", of=events)
        goals = pairs(Event.goals.through.objects, "event_id", "goal__code", of=events)
        public = Event.organisations.through.objects.filter(organisation__status="published")
        spelt = [f"organisation__{name}_{code}" for name in ("name", "acronym") for code in _codes()]
        organisers = pairs(public, "event_id", "organisation__slug", *spelt, of=events)
        programme = pairs(Session.objects, "event_id", "people", *(f"title_{code}" for code in _codes()), of=events)
        for event in events:
            pk = event.pk
            names = {name for _slug, *spelt in organisers[pk] for name in spelt if name}
            names |= {said for parts in programme[pk] for said in parts if said}
            yield Document(
                record=event,
                titles=self.translated(event, "title"),
                texts=self._texts(event),
                names=[*sorted(names), event.place, event.others],
                facets={
                    "type": [event.kind],
                    "topic": terms.topics(topics[pk]),
                    "country": terms.countries(countries[pk]),
                    "region": terms.regions(countries[pk], regions[pk]),
                    "lang": event.languages,
                    "org": [slug for slug, *_names in organisers[pk]],
                    "goal": {code for goal in goals[pk] for code in (goal, goal.split(".")[0])},
                },
                year=event.last_day.year,
                used=event.view_count,
                published=event.published_at,
            )

    def _texts(self, event: Event) -> dict[str, str]:
        found = dict(self.translated(event, "summary"))
        for code, text in self.translated(event, "body").items():
            said = plain(to_html(text), LONGEST)
            found[code] = f"{found[code]}\n\n{said}" if code in found else said
        return found


def _codes() -> Sequence[str]:
    return settings.MODELTRANSLATION_LANGUAGES
