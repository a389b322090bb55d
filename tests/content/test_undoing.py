"""Decisions are taken back for a while."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from content import deciding, review, services
from tests import factories
from tests.content.conftest import published_by_trusted, sent_in, state_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "decide",
    [
        lambda **asked: deciding.publish(**asked),
        lambda **asked: deciding.ask_for_changes(**asked, note="Why?"),
        lambda **asked: deciding.decline(**asked, reason="No"),
        lambda **asked: deciding.mark_duplicate(**asked, of=factories.publication()),
    ],
)
def test_a_decision_is_taken_back_whole(decide, member, editor, heard):
    case = sent_in(member)
    before = review.record_of(case)
    decide(case=case, by=editor, turn=case.turn)
    case.refresh_from_db()
    deciding.undo(case=case, by=editor, turn=case.turn)
    record = review.record_of(case)
    assert state_of(case) == ("waiting", "", "in_review")
    assert [getattr(record, name) for name in services.LIFE] == [getattr(before, name) for name in services.LIFE]
    assert (case.decided_at, case.duplicate_of, case.waiting_since) == (None, None, case.waiting_since)
    assert heard[-1].kind == "undone"


def test_what_was_taken_back_from_readers_is_public_again_as_before(member, editor):
    case = published_by_trusted(member)
    published_at = review.record_of(case).published_at
    deciding.decline(case=case, by=editor, turn=case.turn, reason="A draft")
    case.refresh_from_db()
    deciding.undo(case=case, by=editor, turn=case.turn)
    record = review.record_of(case)
    assert record.status == "published"
    assert abs(record.published_at - published_at) < timedelta(milliseconds=1)


def test_after_the_promised_minutes_it_stays(member, editor):
    case = sent_in(member)
    with time_machine.travel(timezone.now() - settings.REVIEW_UNDO - timedelta(seconds=1)):
        deciding.publish(case=case, by=editor, turn=case.turn)
    case.refresh_from_db()
    with pytest.raises(deciding.Stale, match="no longer"):
        deciding.undo(case=case, by=editor, turn=case.turn)
    assert state_of(case) == ("decided", "published", "published")


def test_nobody_takes_back_what_the_member_has_acted_on(member, editor):
    case = sent_in(member)
    deciding.ask_for_changes(case=case, by=editor, turn=case.turn, note="Year?")
    case.refresh_from_db()
    review.submit(record=review.record_of(case), by=member)
    with pytest.raises(deciding.Stale, match="member was here"):
        deciding.undo(case=case, by=editor, turn=case.turn)
    case.refresh_from_db()
    with pytest.raises(deciding.Stale, match="no longer"):
        deciding.undo(case=case, by=editor, turn=case.turn)


def test_nobody_takes_back_what_the_owner_withdrew_since(member, editor):
    case = sent_in(member)
    deciding.publish(case=case, by=editor, turn=case.turn)
    services.withdraw(record=review.record_of(case), by=member, reason="I was wrong")
    case.refresh_from_db()
    with pytest.raises(deciding.Stale, match="no longer"):
        deciding.undo(case=case, by=editor, turn=case.turn)
    assert state_of(case) == ("decided", "published", "withdrawn")


def test_nothing_is_taken_back_twice(member, editor):
    case = sent_in(member)
    deciding.publish(case=case, by=editor, turn=case.turn)
    case.refresh_from_db()
    turn = case.turn
    deciding.undo(case=case, by=editor, turn=turn)
    with pytest.raises(deciding.Stale):
        deciding.undo(case=case, by=editor, turn=turn)
