from __future__ import annotations

from datetime import timedelta

import pytest
from auditlog.models import LogEntry
from celery import current_app
from django.db import transaction
from django.utils import timezone

from notifications import keeping, services
from notifications.models import Letter, Suppression

pytestmark = pytest.mark.django_db
PLAIN = {"kind": "announcement", "template": "address_again", "context": {"path": "/"}}


def test_the_same_occasion_and_address_make_one_letter():
    first = services.post(occasion="a", to="a@letters.example", **PLAIN)
    assert services.post(occasion="a", to="a@letters.example", **PLAIN) == first


def test_a_member_is_written_to_in_their_language(member):
    member.language = "fr"
    letter = services.post(occasion="a", to=member, **PLAIN)
    assert (letter.address, letter.language, letter.user) == (member.email, "fr", member)


def test_a_language_nobody_speaks_here_becomes_the_house_s_own():
    assert services.post(occasion="a", to="a@letters.example", language="tlh", **PLAIN).language == "en"


def test_many_letters_are_planned_in_few_statements_and_nobody_twice(django_assert_max_num_queries):
    services.post(occasion="a", to="reader7@letters.example", **PLAIN)
    with django_assert_max_num_queries(40):  # three on PostgreSQL; SQLite takes fewer values at once
        services.post_many(occasion="a", to=[f"reader{n}@letters.example" for n in range(2500)], **PLAIN)
    assert Letter.objects.count() == 2500


def test_a_letter_of_a_transaction_that_fails_is_not_there():
    with transaction.atomic():
        services.post(occasion="a", to="a@letters.example", **PLAIN)
        transaction.set_rollback(True)
    assert not Letter.objects.exists()


def test_many_letters_of_one_transaction_wake_the_worker_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as calls:
        for number in range(3):
            services.post(occasion=f"{number}", to="a@letters.example", **PLAIN)
    assert len(calls) == 1


@pytest.fixture
def broker_away():
    """The queue of jobs is on a machine that does not answer."""

    def use(**conf) -> None:
        current_app.conf.update(conf)
        current_app._pool = current_app.amqp._producer_pool = None  # connections that are open

    here = {name: current_app.conf[name] for name in ("broker_url", "broker_transport_options")}
    use(broker_url="redis://127.0.0.1:1/0", broker_transport_options={"max_retries": 1, "interval_start": 0})
    yield
    use(**here)


def test_a_letter_is_planned_though_the_broker_is_away(broker_away, django_capture_on_commit_callbacks, caplog):
    with django_capture_on_commit_callbacks(execute=True):
        services.post(occasion="a", to="a@letters.example", **PLAIN)
    assert "cannot be reached" in caplog.text
    assert Letter.objects.planned().count() == 1


def test_what_is_taken_back_is_skipped_with_its_reason(make_letter):
    make_letter(occasion="a"), make_letter(occasion="a", state="sent")
    assert services.cancel(occasion="a", reason="taken_back") == 1
    assert set(Letter.objects.values_list("state", "reason")) == {("skipped", "taken_back"), ("sent", "")}


def test_an_unknown_letter_is_sent_again_once_and_somebody_stands_for_it(make_letter, staff):
    letter = make_letter(state="unknown")
    assert services.send_again(letter=letter, by=staff)
    assert not services.send_again(letter=letter, by=staff)
    assert LogEntry.objects.get_for_object(letter).get().actor == staff


@pytest.mark.parametrize("state", ["planned", "sending", "sent", "skipped", "failed", "bounced"])
def test_no_other_letter_is_sent_again(make_letter, staff, state):
    assert not services.send_again(letter=make_letter(state=state), by=staff)


def test_a_suspended_address_loses_what_waits_for_it_but_codes(make_letter):
    news, code = make_letter(address="A@letters.example"), make_letter(address="a@letters.example", kind="account")
    services.suspend(address="a@Letters.example", reason=Suppression.Reason.HARD)
    news.refresh_from_db(), code.refresh_from_db()
    assert (news.state, news.reason, code.state) == ("skipped", "suspended", "planned")


def test_a_suspension_is_lifted_and_remembered(staff):
    services.suspend(address="a@letters.example", reason=Suppression.Reason.HARD)
    assert services.lift(address="A@letters.example", by=staff)
    assert services.suspended(["a@letters.example"]) == set()
    assert Suppression.objects.get().lifted_by == staff


def test_words_are_forgotten_after_thirty_days_and_that_it_was_sent_is_not(make_letter):
    old, new, waiting = make_letter(state="sent"), make_letter(state="sent"), make_letter()
    Letter.objects.filter(pk__in=[old.pk, waiting.pk]).update(created_at=timezone.now() - timedelta(days=31))
    assert keeping.forget_words() == 1
    assert [Letter.objects.get(pk=one.pk).is_forgotten for one in (old, new, waiting)] == [True, False, False]
