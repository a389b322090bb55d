"""Several at the same moment: the last place goes to one, and a round of reminders is planned once."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection

from notifications.models import Letter
from tests import factories
from webinars import places, reminders
from webinars.models import Registration, ReminderRound, Webinar

MANY = 6


@pytest.fixture
def at_once(tmp_path, monkeypatch):
    """Threads meet as processes do: a database of SQLite in memory is one they could not share."""

    def run(act) -> None:
        if connection.vendor == "sqlite":
            path = str(tmp_path / "shared.sqlite3")
            connection.cursor().execute("VACUUM INTO %s", [path])
            monkeypatch.setitem(connection.settings_dict, "NAME", path)
            connection.close()
        start, troubles = threading.Barrier(MANY), []

        def one(number: int) -> None:
            start.wait()
            try:
                act(number)
            except Exception as error:
                troubles.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=one, args=[number]) for number in range(MANY)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert troubles == []

    return run


@pytest.mark.django_db(transaction=True)
def test_the_last_two_places_go_to_two_of_many(at_once):
    webinar = factories.webinar(capacity=2)

    def register(number: int) -> None:
        places.register_guest(
            webinar=Webinar.objects.get(pk=webinar.pk),
            name="Rosa",
            email=f"{number}@world.example",
            country=None,
            sector="ngo",
            language="en",
            zone="UTC",
        )

    at_once(register)
    assert Counter(Registration.objects.values_list("state", flat=True)) == {"in": 2, "waiting": MANY - 2}


@pytest.mark.django_db(transaction=True)
def test_beats_that_wake_together_plan_one_round(at_once):
    webinar = factories.webinar(starts_in=timedelta(hours=23))
    long_ago = webinar.starts_at - timedelta(days=9)
    for number in range(3):
        factories.registration(webinar, f"{number}@world.example", registered_at=long_ago)
    planned = []
    at_once(lambda number: planned.append(reminders.plan_due()))
    assert sum(planned) == 3
    assert (ReminderRound.objects.count(), Letter.objects.count()) == (1, 3)
