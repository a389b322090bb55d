"""Waking workers, also where the broker is away."""

from __future__ import annotations

import pytest
from django.db import transaction

from members import waking

TASK = "members.tasks.forget"


def warnings(caplog) -> int:
    return sum("cannot be reached" in record.message for record in caplog.records)


@pytest.mark.django_db
def test_a_broker_that_is_away_is_no_error(no_broker, caplog, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        waking.wake(TASK)
    assert warnings(caplog) == 1


def test_a_broker_that_did_not_answer_is_left_alone_for_a_while(no_broker, caplog):
    waking.send(TASK)
    waking.send(TASK)
    assert warnings(caplog) == 1
    waking._rests_until = 0.0  # as after ten seconds
    waking.send(TASK)
    assert warnings(caplog) == 2


@pytest.mark.django_db
def test_a_transaction_calls_a_task_once_for_each_row(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as calls:
        for row in (1, 2, 1):
            waking.wake(TASK, row)
    assert len(calls) == 2


@pytest.mark.django_db
def test_what_was_rolled_back_wakes_nobody(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as calls, transaction.atomic():
        waking.wake(TASK)
        transaction.set_rollback(True)
    assert calls == []
