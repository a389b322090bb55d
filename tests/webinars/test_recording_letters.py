"""When the recording is ready: one letter to each who had a place, not before an hour has passed, never twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail

from notifications.models import Letter
from notifications.sending import send_due
from tests import factories
from webinars import outcomes, recording_letters, tasks
from webinars.models import Webinar
from webinars.recording_letters import RECORDED, REST

pytestmark = pytest.mark.django_db
START = datetime(2026, 12, 10, 13, tzinfo=UTC)
BROUGHT = START + timedelta(days=2)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(BROUGHT, tick=False) as traveller:
        yield traveller


@pytest.fixture
def webinar():
    return factories.webinar(starts_at=START, slug="registries", title_fr="Les registres", title_es="Los registros")


@pytest.fixture
def rows(webinar):
    addresses = {"en": "rosa@world.example", "fr": "awa@world.example", "es": "ana@world.example"}
    return {code: factories.registration(webinar, email, language=code) for code, email in addresses.items()}


def bring(webinar, member, language="en"):
    return outcomes.record(
        webinar=webinar, language=language, link="https://video.example/1", seconds=None, chapters=[], by=member
    )


def letters():
    return Letter.objects.filter(kind=RECORDED)


def test_each_who_had_a_place_gets_one_letter_in_their_language(webinar, rows, member, clock):
    bring(webinar, member)
    bring(webinar, member, "fr")
    clock.move_to(BROUGHT + REST)
    for _wake in range(3):
        tasks.tend()
        send_due()
    told = {one.to[0]: one for one in mail.outbox if "registries" in one.body and "#recording" in one.body}
    assert {address: one.subject.replace("\xa0", " ") for address, one in told.items()} == {
        "rosa@world.example": "The recording is ready: Gender and shocks",
        "awa@world.example": "L’enregistrement est prêt : Les registres",
        "ana@world.example": "La grabación está lista: Los registros",
    }
    assert "in English and French" in " ".join(told["rosa@world.example"].body.split())
    assert "en anglais et en français" in " ".join(told["awa@world.example"].body.split())
    assert "/fr/learn/webinars/registries/#recording" in told["awa@world.example"].body
    assert letters().count() == 3


def test_a_later_recording_writes_to_nobody(webinar, rows, member, clock):
    bring(webinar, member)
    clock.move_to(BROUGHT + REST)
    assert recording_letters.plan_due() == 3
    bring(webinar, member, "es")
    clock.move_to(BROUGHT + timedelta(days=3))
    assert recording_letters.plan_due() == 0


def test_one_brought_by_mistake_can_be_taken_back(webinar, rows, member, clock):
    made = bring(webinar, member)
    assert recording_letters.plan_due() == 0
    outcomes.remove_recording(recording=made, by=member)
    clock.move_to(BROUGHT + REST)
    assert recording_letters.plan_due() == 0


def test_taken_away_after_they_were_planned_the_letters_do_not_leave(webinar, rows, member, clock):
    made = bring(webinar, member)
    clock.move_to(BROUGHT + REST)
    recording_letters.plan_due()
    outcomes.remove_recording(recording=made, by=member)
    send_due()
    assert mail.outbox == []
    assert set(letters().values_list("state", flat=True)) == {"skipped"}


def test_those_without_a_place_and_strangers_get_none(webinar, member, clock):
    for state in ("waiting", "cancelled", "lapsed"):
        factories.registration(webinar, f"{state}@world.example", state=state)
    factories.registration(webinar, "stranger@world.example", confirmed=False)
    bring(webinar, member)
    clock.move_to(BROUGHT + REST)
    assert recording_letters.plan_due() == 0


def test_what_was_brought_long_ago_is_no_news(webinar, rows, member, clock):
    bring(webinar, member)
    clock.move_to(BROUGHT + timedelta(days=15))
    assert recording_letters.plan_due() == 0


def test_of_a_webinar_that_was_withdrawn_nobody_hears(webinar, rows, member, clock):
    bring(webinar, member)
    clock.move_to(BROUGHT + REST)
    recording_letters.plan_due()
    Webinar.objects.update(status="withdrawn", withdrawn_at=BROUGHT, withdrawal_reason="Asked to.")
    send_due()
    assert mail.outbox == []
