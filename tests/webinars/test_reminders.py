"""A week, a day, an hour before: one letter each, whatever happens to the clock, the worker and the webinar."""

from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from notifications.models import Letter
from notifications.sending import send_due
from tests import factories
from webinars import places, reminders, services
from webinars.models import Registration, ReminderRound

pytestmark = pytest.mark.django_db
START = datetime(2026, 12, 10, 13, tzinfo=UTC)
WEEK, DAY, HOUR = timedelta(days=7), timedelta(days=1), timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(START - timedelta(days=20), tick=False) as traveller:
        yield traveller


@pytest.fixture
def webinar():
    made = factories.webinar(starts_at=START)
    registered(made, "rosa@world.example")
    return made


def registered(webinar, email, **fields):
    return factories.registration(webinar, email, **{"zone": "Africa/Nairobi", "name": ""} | fields)


def wake(at, clock):
    """One minute of the schedule: what is due is planned, and sent."""
    clock.move_to(at)
    reminders.plan_due()
    send_due()


def subjects():
    found = [message.subject.partition(":")[0] for message in mail.outbox]
    mail.outbox.clear()
    return found


def test_each_reminder_comes_once_and_says_how_long_it_is(webinar, clock):
    for before, said in (
        (WEEK, "It starts in 1 week"),
        (DAY, "It starts in 1 day"),
        (HOUR, "It starts in 1 hour"),
    ):
        wake(START - before - timedelta(minutes=1), clock)
        assert subjects() == []
        for minutes in range(3):
            wake(START - before + timedelta(minutes=minutes), clock)
        assert subjects() == [said]
    wake(START + timedelta(minutes=1), clock)
    assert subjects() == []


def test_a_reminder_is_in_the_language_and_on_the_clock_of_its_reader(webinar, clock):
    registered(webinar, "luz@world.example", language="es", zone="America/Lima")
    wake(START - HOUR, clock)
    bodies = {message.to[0]: message.body for message in mail.outbox}
    assert "Thursday 10 December 2026, 16:00, in Nairobi (East Africa Time)" in bodies["rosa@world.example"]
    assert "jueves, 10 de diciembre de 2026, 08:00, en Lima" in bodies["luz@world.example"]


def test_nobody_is_reminded_who_did_not_confirm_waits_or_cancelled(webinar, clock):
    registered(webinar, "stranger@world.example", confirmed=False)
    registered(webinar, "waits@world.example", state="waiting")
    registered(webinar, "gone@world.example", state="cancelled")
    wake(START - DAY, clock)
    assert [message.to for message in mail.outbox] == [["rosa@world.example"]]


def test_whoever_cancels_between_planning_and_sending_gets_none(webinar, clock):
    clock.move_to(START - DAY)
    reminders.plan_due()
    places.cancel(registration=webinar.registrations.get())
    send_due()
    assert mail.outbox == []


def test_after_a_time_away_one_letter_says_honestly_how_long_it_is(webinar, clock):
    wake(START - timedelta(minutes=20), clock)
    assert subjects() == ["It starts in 20 minutes"]
    assert list(ReminderRound.objects.values_list("kind", flat=True)) == ["hour"]


def test_a_worker_that_was_away_sends_nothing_after_the_start(webinar, clock):
    clock.move_to(START - timedelta(minutes=10))
    reminders.plan_due()
    clock.move_to(START + timedelta(minutes=1))
    send_due()
    assert mail.outbox == []
    assert Letter.objects.get().reason == "overtaken"


def test_a_late_letter_says_the_time_that_is_left_when_it_leaves(webinar, clock):
    clock.move_to(START - HOUR)
    reminders.plan_due()
    clock.move_to(START - timedelta(minutes=25))
    send_due()
    assert subjects() == ["It starts in 25 minutes"]


def test_two_that_wake_at_once_plan_one_round(webinar, clock, monkeypatch):
    """The second read, before the first wrote, that nothing was planned."""
    clock.move_to(START - DAY)
    plan = reminders._plan
    monkeypatch.setattr(reminders, "_plan", lambda pk, kind: plan(pk, kind) + plan(pk, kind))
    assert reminders.plan_due() == 1
    assert Letter.objects.count() == 1


def test_a_crash_between_plan_and_end_leaves_nothing_and_the_next_minute_plans_it(webinar, clock, monkeypatch):
    clock.move_to(START - DAY)

    def breaks(letters):
        raise RuntimeError("killed")

    with monkeypatch.context() as broken:
        broken.setattr(reminders.services, "post_each", breaks)
        with pytest.raises(RuntimeError):
            reminders.plan_due()
    assert not ReminderRound.objects.exists()
    wake(START - DAY + timedelta(minutes=1), clock)
    assert len(mail.outbox) == 1


def test_a_moved_webinar_is_reminded_of_anew_and_nothing_old_leaves(webinar, staff, clock):
    clock.move_to(START - DAY)
    reminders.plan_due()  # planned, and not sent yet
    later = START + timedelta(days=10)
    services.move_webinar(
        webinar=webinar, by=staff, starts_at=later, ends_at=later + timedelta(minutes=90), zone=webinar.zone
    )
    send_due()
    assert subjects() == ["Another time"]
    for before in (DAY, HOUR):
        wake(later - before, clock)
    assert subjects() == ["It starts in 1 day", "It starts in 1 hour"]


def test_a_cancelled_webinar_reminds_nobody(webinar, staff, clock):
    clock.move_to(START - DAY)
    reminders.plan_due()
    services.cancel_webinar(webinar=webinar, by=staff, reason="Ill.")
    send_due()
    for before in (HOUR, timedelta(minutes=5)):
        wake(START - before, clock)
    assert subjects() == ["Cancelled"]


def test_whoever_registers_after_it_was_due_was_told_just_now(webinar, clock):
    clock.move_to(START - timedelta(minutes=50))
    registered(webinar, "late@world.example")
    wake(START - timedelta(minutes=49), clock)
    assert [message.to for message in mail.outbox] == [["rosa@world.example"]]


def test_a_planned_round_of_thousands_takes_a_few_statements(webinar, clock, django_assert_max_num_queries):
    rows = [
        Registration(
            webinar=webinar, email=f"{n}@world.example", language=("en", "fr", "es")[n % 3], zone="UTC", state="in",
            consent_version=places.CONSENT, confirmed_at=timezone.now(),
        )
        for n in range(5000)
    ]  # fmt: skip
    Registration.objects.bulk_create(rows)
    clock.move_to(START - DAY)
    with django_assert_max_num_queries(100):
        assert reminders.plan_due() == 5001


# ---------- A year ----------


def moments(starts):
    """The minutes of a year that matter: around everything due, with the schedule never awake on the very second."""
    around = [timedelta(minutes=minutes, seconds=17) for minutes in range(-1, 5)]
    return sorted(
        start - before + one for start in starts for before in (WEEK, DAY, HOUR, timedelta()) for one in around
    )


@pytest.mark.parametrize("beats", [1, 2])
def test_a_year_of_weekly_webinars_sends_every_letter_once(clock, beats, monkeypatch):
    """Thursdays at 16:00 in Paris, through two changes of clocks; a worker dies in the middle of each seventh round."""
    first = datetime(2027, 1, 7, 15, tzinfo=UTC)
    starts = [
        first + timedelta(weeks=week) - timedelta(hours=_summer(first + timedelta(weeks=week))) for week in range(52)
    ]
    clock.move_to(starts[0] - timedelta(days=30))
    people = [("rosa@world.example", "en", "Africa/Nairobi"), ("luz@world.example", "es", "America/Lima")]
    for start in starts:
        made = factories.webinar(f"Week of {start:%Y-%m-%d}", starts_at=start, zone="Europe/Paris")
        for email, language, zone in people:
            registered(made, email, language=language, zone=zone)
    crash = _Crash(monkeypatch, every=7)
    for moment in moments(starts):
        clock.move_to(moment)
        for _ in range(beats):
            crash.plan()
        send_due()
    sent = Counter((letter.address, letter.occasion) for letter in Letter.objects.filter(state="sent"))
    assert set(sent.values()) == {1}
    assert len(sent) == len(mail.outbox) == 52 * 3 * len(people)
    assert crash.number > 10
    for letter in Letter.objects.all():
        late = letter.sent_at - _due(letter)
        assert timedelta() <= late < timedelta(minutes=5)


def _summer(moment):
    """Hours that Paris is ahead of its winter time."""
    return int(datetime(2027, 3, 28, 1, tzinfo=UTC) <= moment < datetime(2027, 10, 31, 1, tzinfo=UTC))


def _due(letter):
    kind = letter.occasion.split("-")[2]
    return datetime.fromisoformat(letter.context["starts_at"]) - reminders.BEFORE[kind]


class _Crash:
    """Every so many rounds the worker is gone once its letters are written and before the transaction ends."""

    def __init__(self, monkeypatch, every):
        self.rounds = self.number = 0
        post_each = reminders.services.post_each

        def posted(letters):
            post_each(letters)
            self.rounds += 1
            if self.rounds % every == 0:
                self.number += 1
                raise RuntimeError("killed")

        monkeypatch.setattr(reminders.services, "post_each", posted)

    def plan(self):
        with suppress(RuntimeError):
            reminders.plan_due()
