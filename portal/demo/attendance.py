"""Who came to the demonstration's webinars, what was counted elsewhere, and what people said: made up, by the ways that
organisers go, so that the pages show what they would."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from members.models import User
from portal.demo import chance
from surveys.models import Answer, Participation, Response
from taxonomy.models import Country
from webinars import feedback
from webinars.attendance import counts, importing
from webinars.models import Registration, Webinar

HOST = "registrants.example"  # RFC 2606: nobody has an address there
COUNTRIES = ("KE", "UG", "NP", "PE", "BR", "IN", "SN", "EC")
Sector = Registration.Sector


def bring(webinar: Webinar, entry: dict[str, Any], by: User) -> None:
    """`figures`, `registered`, `attended` and `feedback` of an entry, as far as it has them."""
    for one in entry.get("figures", []):
        day = one.get("on", timezone.now().date())
        counts.enter(
            webinar=webinar, kind=one["kind"], number=one["number"], source=one["source"], counted_on=_day(day), by=by
        )
    if number := entry.get("registered"):
        _register(webinar, number)
    if number := entry.get("attended"):
        report = ContentFile(_report(webinar, number, entry.get("walked_in", 0)).encode(), "report.csv")
        importing.import_batch(batch=importing.read_file(webinar=webinar, content=report, by=by), by=by)
    if said := entry.get("feedback"):
        _answer(webinar, said)


def _day(said: date | str) -> date:
    return said if isinstance(said, date) else date.fromisoformat(said)


def _register(webinar: Webinar, number: int) -> None:
    countries = dict(Country.objects.filter(iso2__in=COUNTRIES).values_list("iso2", "pk"))
    sectors, at = list(Sector), webinar.starts_at - timedelta(days=9)
    Registration.objects.bulk_create(
        Registration(
            webinar=webinar,
            email=f"{webinar.pk}-{one}@{HOST}",
            country_id=countries.get(COUNTRIES[int(chance.share(webinar.slug, str(one), "country") * len(COUNTRIES))]),
            sector=sectors[int(chance.share(webinar.slug, str(one), "sector") * len(sectors))],
            language=("en", "en", "fr", "es")[one % 4],
            state=Registration.State.IN,
            consent_version="2026-11-26",
            registered_at=at,
            confirmed_at=at,
        )
        for one in range(number)
    )


def _report(webinar: Webinar, number: int, walked_in: int) -> str:
    """As Zoom writes it: the first of those who registered, some twice since their line broke, and a few others."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(["Name (Original Name)", "User Email", "Join Time", "Leave Time", "Duration (Minutes)", "Guest"])
    people = [f"{webinar.pk}-{one}@{HOST}" for one in range(number)] + [
        f"guest-{one}@{HOST}" for one in range(walked_in)
    ]
    for place, address in enumerate(people):
        for begins, minutes in ((0, 40), (45, 40)) if place % 7 == 0 else ((place % 12, 80 - place % 30),):
            joined = webinar.starts_at + timedelta(minutes=begins)
            left = joined + timedelta(minutes=minutes)
            writer.writerow(
                [
                    f"Guest {place}",
                    address,
                    f"{joined:%m/%d/%Y %I:%M:%S %p}",
                    f"{left:%m/%d/%Y %I:%M:%S %p}",
                    minutes,
                    "Yes",
                ]
            )
    return table.getvalue()


def _answer(webinar: Webinar, said: dict[str, Any]) -> None:
    """Steps of the two scales by how many chose them, and what some wrote."""
    survey = feedback.open_survey(webinar)
    useful, followed, words = survey.questions.all()
    marks = [[step for step, count in enumerate(said[key], 1) for _ in range(count)] for key in ("useful", "followed")]
    responses = Response.objects.bulk_create(Response(survey=survey) for _one in marks[0])
    Answer.objects.bulk_create(
        [
            *(
                Answer(response=one, question=useful, number=step)
                for one, step in zip(responses, marks[0], strict=True)
            ),
            *(
                Answer(response=one, question=followed, number=step)
                for one, step in zip(responses, marks[1], strict=True)
            ),
            *(
                Answer(response=one, question=words, text=text)
                for one, text in zip(responses, said["words"], strict=False)
            ),
        ]
    )
    rows = webinar.registrations.order_by("pk")[: len(responses)]
    Participation.objects.bulk_create(Participation(survey=survey, key=feedback.respondent(row).key) for row in rows)
