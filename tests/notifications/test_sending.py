from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from notifications import claims, registry, sending, services
from notifications.models import Letter, Suppression

pytestmark = pytest.mark.django_db


def test_what_is_due_is_sent_and_noted(make_letter):
    letter = make_letter()
    sending.send_due()
    letter.refresh_from_db()
    assert (letter.state, letter.claimed_by, len(mail.outbox)) == ("sent", None, 1)
    assert letter.sent_at


def test_sending_twice_sends_once(make_letter):
    make_letter()
    sending.send_due(), sending.send_due()
    assert len(mail.outbox) == 1


def test_a_letter_with_a_later_day_waits(make_letter):
    make_letter(due_at=timezone.now() + timedelta(minutes=10))
    sending.send_due()
    assert not mail.outbox


def test_what_was_taken_back_after_a_worker_claimed_it_does_not_leave(make_letter, monkeypatch):
    letter = make_letter()
    claim = claims.claim

    def claim_and_be_overtaken(key, most):
        claimed = claim(key, most)
        services.cancel(occasion=letter.occasion)
        return claimed

    monkeypatch.setattr(claims, "claim", claim_and_be_overtaken)
    sending.send_due()
    letter.refresh_from_db()
    assert (letter.state, mail.outbox) == ("skipped", [])


def test_a_closed_account_gets_nothing(make_letter, member):
    member.is_active = False
    member.save()
    letter = make_letter(user=member, kind="account")
    sending.send_due()
    letter.refresh_from_db()
    assert (letter.state, letter.reason, mail.outbox) == ("skipped", "inactive", [])


def test_a_suspended_address_gets_codes_and_nothing_else(make_letter):
    Suppression.objects.create(address="gone@letters.example", reason="hard")
    make_letter(address="Gone@letters.example"), make_letter(address="gone@letters.example", kind="account")
    sending.send_due()
    assert set(Letter.objects.values_list("kind", "state")) == {("announcement", "skipped"), ("account", "sent")}


def test_whoever_signed_up_may_refuse_a_letter(make_letter, monkeypatch):
    monkeypatch.setattr(registry, "_refusals", [lambda letter: "paused"])
    letter = make_letter()
    sending.send_due()
    letter.refresh_from_db()
    assert (letter.state, letter.reason) == ("skipped", "paused")


def test_codes_are_forgotten_once_sent(make_letter):
    letter = make_letter(kind="account")
    sending.send_due()
    letter.refresh_from_db()
    assert letter.is_forgotten


def test_a_letter_that_cannot_be_written_holds_up_nobody(make_letter):
    make_letter(template="no_such_letter"), make_letter()
    sending.send_due()
    assert sorted(Letter.objects.values_list("state", "reason")) == [("failed", "not_written"), ("sent", "")]


def test_a_letter_that_a_dead_worker_was_sending_is_unknown_and_stays(make_letter):
    was_sending, was_waiting = make_letter(state="sending", claimed_by=5), make_letter(claimed_by=5)
    assert claims.settle_abandoned() == 1
    sending.send_due()
    was_sending.refresh_from_db(), was_waiting.refresh_from_db()
    assert (was_sending.state, was_sending.reason, was_waiting.state) == ("unknown", "worker_ended", "sent")


def test_many_letters_take_one_transaction_each(make_letter, django_assert_max_num_queries):
    for _ in range(20):
        make_letter()
    with django_assert_max_num_queries(20 * 4 + 20):  # begin, noted, being sent, end
        sending.send_due()
    assert len(mail.outbox) == 20
