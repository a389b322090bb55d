"""What editors are told of an event that a member proposed, before they decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rapidfuzz import fuzz

from agenda import when
from agenda.models import Event
from content import review
from content.review import Check, Summary
from content.translations import words
from people.directory import name_key

KEY = "event"
ALIKE = 85  # of 100


def summaries(records: Sequence[Event]) -> Mapping[int, Summary]:
    prefetch_related_objects(records, "topics", "countries")
    return {
        record.pk: Summary(
            kicker=[str(record.get_kind_display()), when.in_words(record)],
            meta=[*filter(None, [record.place, record.others]), *(str(one) for one in record.topics.all())],
            text=words(record, "summary", record.original_language),
        )
        for record in records
    }


def checks(records: Sequence[Event]) -> Mapping[int, Sequence[Check]]:
    prefetch_related_objects(records, "topics", "countries")
    others = list(Event.objects.published().ahead()[:500])
    return {record.pk: [*_of_times(record), *_of_facts(record), *_of_similar(record, others)] for record in records}


def _of_times(record: Event) -> Iterator[Check]:
    if record.is_over:
        yield Check("bad", _("It is over already"))
    else:
        yield Check("good", _("It lies ahead"))


def _of_facts(record: Event) -> Iterator[Check]:
    if not record.link:
        yield Check("warn", _("No link: nobody learns how to take part"))
    if not record.topics.all() and not record.countries.all():
        yield Check("warn", _("No topic and no country: nobody who follows one hears of it"))


def _of_similar(record: Event, others: Sequence[Event]) -> Iterator[Check]:
    mine = name_key(words(record, "title", record.original_language).text)
    for other in others:
        title = words(other, "title", record.original_language)
        if other.pk != record.pk and fuzz.token_sort_ratio(mine, name_key(title.text)) >= ALIKE:
            yield Check("warn", _("Called alike: %(name)s") % {"name": title}, similar=other)


def edit_url(record: Event) -> str:
    return reverse("admin:agenda_event_change", args=[record.pk])


def member_url(record: Event) -> str:
    return reverse("agenda:proposal", args=[record.pk])


def sign_up() -> None:
    review.register(
        review.Reviewed(
            key=KEY,
            label=gettext_lazy("Events"),
            template="agenda/_reviewed.html",
            checks=checks,
            summaries=summaries,
            edit_url=edit_url,
            member_url=member_url,
        )
    )
