"""What editors are told of a proposed webinar before they announce it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from django.db.models import Prefetch, prefetch_related_objects
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from content import review, wording, zones
from content.review import Check, Summary
from content.translations import words
from webinars import providers
from webinars.models import Panellist, Webinar

SHORT_NOTICE = timedelta(days=10)  # announced later than that, few people can come
NEAR = timedelta(hours=3)  # two webinars within it take each other's public


def _read(records: Sequence[Webinar]) -> None:
    """What all of this asks of a page of proposals, in a fixed number of queries."""
    panel = Panellist.objects.with_people()
    prefetch_related_objects(records, "community", "topics", Prefetch("panellists", panel))


def summaries(records: Sequence[Webinar]) -> Mapping[int, Summary]:
    _read(records)
    return {
        record.pk: Summary(
            kicker=[
                str(_("Webinar")),
                f"{zones.in_utc(record.starts_at).words} UTC",
                wording.language_names(record.languages),
            ],
            meta=[
                *([words(record.community, "name").text] if record.community else []),
                *(str(topic) for topic in record.topics.all()),
            ],
            text=words(record, "summary", record.original_language),
        )
        for record in records
    }


def checks(records: Sequence[Webinar]) -> Mapping[int, Sequence[Check]]:
    _read(records)
    announced = list(Webinar.objects.published().upcoming())
    return {
        record.pk: [*_of_time(record), *_of_neighbours(record, announced), *_of_panel(record), *_of_door(record)]
        for record in records
    }


def _of_time(record: Webinar) -> Iterator[Check]:
    ahead = record.starts_at - (record.submitted_at or record.created_at)
    days = max(ahead.days, 0)
    if record.is_over:
        yield Check("bad", _("Its time has passed"))
    elif ahead < SHORT_NOTICE:
        yield Check("warn", ngettext("Only %(days)s day ahead", "Only %(days)s days ahead", days) % {"days": days})
    else:
        yield Check("good", ngettext("%(days)s day ahead", "%(days)s days ahead", days) % {"days": days})


def _of_neighbours(record: Webinar, announced: Sequence[Webinar]) -> Iterator[Check]:
    near = [one for one in announced if one.pk != record.pk and abs(one.starts_at - record.starts_at) < NEAR]
    for other in near[:3]:
        text = _("At almost the same time: %(title)s") % {"title": words(other, "title")}
        yield Check("warn", text, similar=other)
    if not near:
        yield Check("good", _("No other webinar near its time"))


def _of_panel(record: Webinar) -> Iterator[Check]:
    people = [str(one) for one in record.panellists.all()]
    if not people:
        yield Check("bad", _("Nobody is on the panel"))
        return
    yield Check("good", _("Panel: %(people)s") % {"people": wording.and_list(people)})


def _of_door(record: Webinar) -> Iterator[Check]:
    if not providers.of(record).makes_rooms and not record.meeting_link:
        yield Check("warn", _("No link of the meeting yet"))


def edit_url(record: Webinar) -> str:
    return reverse("webinars:edit_facts", args=[record.slug])


def member_url(record: Webinar) -> str:
    return reverse("webinars:proposal", args=[record.pk])


def sign_up() -> None:
    review.register(
        review.Reviewed(
            key="webinar",
            label=gettext_lazy("Webinars"),
            template="webinars/_reviewed.html",
            checks=checks,
            summaries=summaries,
            edit_url=edit_url,
            member_url=member_url,
            published_at_once=lambda user: False,
        )
    )
