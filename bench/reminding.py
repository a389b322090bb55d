"""Processor time in which 5,000 people who registered for a webinar are reminded of it, and how fast their letters
leave: each with a calendar file, in three languages and five time zones."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.utils import timezone

from bench import letters
from notifications.models import Letter
from webinars import reminders
from webinars.models import Registration, ReminderRound, Webinar

LANGUAGES = ("en", "fr", "es")
ZONES = ("Africa/Nairobi", "America/Lima", "Europe/Berlin", "Asia/Kolkata", "UTC")


def measure(*, quick: bool) -> dict[str, float]:
    number, turns = (500, 2) if quick else (5000, 4)
    with _webinar_of(number) as webinar:
        taken = [_planned(webinar, number) for _turn in range(turns)]
    sent, turns = (200, 3) if quick else (1000, 9)
    with _webinar_of(sent) as webinar:
        rates = letters.rates(lambda: _letters(webinar, sent), turns)
    return {"processor": min(taken), "registered": number, "ratio": rates["ratio"]}


@contextmanager
def _webinar_of(number: int) -> Iterator[Webinar]:
    starts_at = timezone.now() + timedelta(hours=20)
    webinar = Webinar.objects.create(
        slug="bench-reminding", title_en="Who pays?", status="published", published_at=timezone.now(),
        starts_at=starts_at, ends_at=starts_at + timedelta(minutes=90), spoken=["en"],
    )  # fmt: skip
    long_ago = timezone.now() - timedelta(days=30)
    Registration.objects.bulk_create(
        Registration(
            webinar=webinar, name="A Reader", email=f"registrant{place}@bench.example", language=LANGUAGES[place % 3],
            zone=ZONES[place % 5], state="in", consent_version="1", registered_at=long_ago, confirmed_at=long_ago,
        )
        for place in range(number)
    )  # fmt: skip
    try:
        yield webinar
    finally:
        _ours(webinar).delete()
        webinar.delete()


def _planned(webinar: Webinar, number: int) -> float:
    """As if it had never been done."""
    ReminderRound.objects.filter(webinar=webinar).delete()
    _ours(webinar).delete()
    begin = time.process_time()
    reminders.plan_due()
    taken = time.process_time() - begin
    assert _ours(webinar).count() == number
    return taken


def _letters(webinar: Webinar, number: int) -> list[Letter]:
    _planned(webinar, number)
    return list(_ours(webinar).order_by("pk"))


def _ours(webinar: Webinar):
    return Letter.objects.filter(occasion__startswith=f"webinar-{webinar.pk}-")
