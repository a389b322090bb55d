"""Decisions: each is made once, by somebody who may, and can be taken back for a while."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from django.utils import timezone

from content import deciding, review, services
from content.models import Case
from members.models import User
from tests import factories
from tests.content.conftest import published_by_trusted, sent_in, state_of

pytestmark = pytest.mark.django_db
Status = services.Entry.Status


def test_publishing_makes_the_record_public(member, editor, heard):
    case = sent_in(member)
    deciding.publish(case=case, by=editor, turn=case.turn, note="Well done")
    assert state_of(case) == ("decided", "published", "published")
    assert (heard[-1].kind, heard[-1].note, heard[-1].by) == ("published", "Well done", editor)


def test_asking_for_changes_hands_the_case_to_the_member(member, editor, heard):
    case = sent_in(member)
    deciding.ask_for_changes(case=case, by=editor, turn=case.turn, note="Which year?")
    assert state_of(case) == ("with_member", "changes_asked", "changes_asked")
    assert (heard[-1].kind, heard[-1].note) == ("changes_asked", "Which year?")


@pytest.mark.parametrize("decide", [deciding.ask_for_changes, deciding.say])
def test_words_to_a_member_are_words(decide, member, editor):
    case = sent_in(member)
    with pytest.raises(ValueError, match="told why"):
        decide(case=case, by=editor, turn=case.turn, note="  ")
    assert state_of(case) == ("waiting", "", "in_review")


def test_declining_needs_a_reason(member, editor):
    case = sent_in(member)
    with pytest.raises(ValueError, match="told why"):
        deciding.decline(case=case, by=editor, turn=case.turn, reason="")
    assert state_of(case) == ("waiting", "", "in_review")


def test_a_declined_record_was_never_public(member, editor, heard):
    case = sent_in(member)
    deciding.decline(case=case, by=editor, turn=case.turn, reason="Not on social protection.")
    record = review.record_of(case)
    assert state_of(case) == ("decided", "declined", "withdrawn")
    assert (record.published_at, record.withdrawal_reason) == (None, "Not on social protection.")
    assert [step.kind for step in heard] == ["sent", "declined"]


def test_a_duplicate_names_the_record_there_is_in_the_language_of_the_member(member, editor, heard):
    member.language = "fr"
    member.save()
    there = factories.publication("Pensions in Kenya", title_fr="Pensions au Kenya")
    case = sent_in(member)
    deciding.mark_duplicate(case=case, by=editor, turn=case.turn, of=there, note="Thank you all the same.")
    assert state_of(case) == ("decided", "duplicate", "withdrawn")
    assert case.duplicate_of == there.pk
    assert "Pensions au Kenya" in heard[-1].note
    assert f"/p/p{there.pk}" in heard[-1].note
    assert "all the same" in heard[-1].note


def test_no_record_is_a_duplicate_of_itself(member, editor):
    case = sent_in(member)
    with pytest.raises(ValueError, match="another"):
        deciding.mark_duplicate(case=case, by=editor, turn=case.turn, of=review.record_of(case))


def test_a_message_decides_nothing(member, editor, heard):
    case = sent_in(member)
    deciding.say(case=case, by=editor, turn=case.turn, note="I am asking a colleague.")
    assert state_of(case) == ("waiting", "", "in_review")
    assert heard[-1].kind == "said"


# ---------- Published at once ----------


def test_what_somebody_trusted_sends_is_public_at_once_and_waits_to_be_looked_at(member, heard):
    case = published_by_trusted(member)
    assert case.subject == "look"
    assert state_of(case) == ("waiting", "", "published")
    assert [step.kind for step in heard] == ["published"]


def test_an_editor_finds_it_fine_as_it_is(member, editor, heard):
    case = published_by_trusted(member)
    deciding.keep(case=case, by=editor, turn=case.turn)
    assert state_of(case) == ("decided", "kept", "published")
    assert heard[-1].kind == "kept"


def test_an_editor_takes_it_back_with_a_reason_for_readers(member, editor):
    case = published_by_trusted(member)
    deciding.decline(case=case, by=editor, turn=case.turn, reason="The file is a draft.")
    assert state_of(case) == ("decided", "withdrawn", "withdrawn")
    assert review.record_of(case).published_at is not None


def test_asking_for_changes_leaves_it_public(member, editor):
    case = published_by_trusted(member)
    deciding.ask_for_changes(case=case, by=editor, turn=case.turn, note="Which year?")
    assert state_of(case) == ("with_member", "changes_asked", "published")
    again = review.submit(record=review.record_of(case), by=member)
    assert again == case
    assert state_of(case) == ("waiting", "", "published")


def test_only_what_is_public_is_kept_as_it_is(member, editor):
    case = sent_in(member)
    with pytest.raises(ValueError, match="public already"):
        deciding.keep(case=case, by=editor, turn=case.turn)


# ---------- Nothing is decided twice ----------


def test_the_second_editor_is_told_who_was_faster(member, editor, second_editor, heard):
    with time_machine.travel("2026-03-02 10:42Z", tick=False):
        case = sent_in(member)
        turn = case.turn
        deciding.publish(case=case, by=editor, turn=turn)
    with pytest.raises(deciding.Stale, match="Edna decided this case at 10:42\u00a0UTC: Published"):
        deciding.decline(case=case, by=second_editor, turn=turn, reason="No")
    assert state_of(case) == ("decided", "published", "published")
    assert len(heard) == 2


def test_a_form_from_before_the_member_answered_decides_nothing(member, editor):
    case = sent_in(member)
    review.answer(case=case, by=member, note="Here is the year.")
    with pytest.raises(deciding.Stale, match="Since you opened this case, member was here"):
        deciding.publish(case=case, by=editor, turn=case.turn)
    assert state_of(case) == ("waiting", "", "in_review")


@pytest.mark.parametrize(
    "decide",
    [
        lambda **asked: deciding.publish(**asked),
        lambda **asked: deciding.ask_for_changes(**asked, note="Why?"),
        lambda **asked: deciding.decline(**asked, reason="No"),
        lambda **asked: deciding.mark_duplicate(**asked, of=factories.publication()),
    ],
)
def test_nobody_decides_while_another_looks_at_it(decide, member, editor, second_editor):
    case = sent_in(member)
    deciding.claim(case=case, by=editor)
    with pytest.raises(deciding.Stale, match="Edna has been looking at this case since"):
        decide(case=case, by=second_editor, turn=case.turn)
    assert state_of(case) == ("waiting", "", "in_review")


def test_a_claim_ends_by_itself(member, editor, second_editor):
    case = sent_in(member)
    with time_machine.travel(timezone.now() - timedelta(minutes=31)):
        deciding.claim(case=case, by=editor)
    assert deciding.claim(case=case, by=second_editor).claimed_by == second_editor


def test_a_claim_that_holds_is_taken_over_on_purpose_only(member, editor, second_editor):
    case = sent_in(member)
    deciding.claim(case=case, by=editor)
    with pytest.raises(deciding.Stale):
        deciding.claim(case=case, by=second_editor)
    assert deciding.claim(case=case, by=second_editor, take_over=True).claimed_by == second_editor
    with pytest.raises(deciding.Stale, match="Sven has been looking"):
        deciding.publish(case=case, by=editor, turn=case.turn)


def test_only_who_looks_at_it_lets_go(member, editor, second_editor):
    case = sent_in(member)
    deciding.claim(case=case, by=editor)
    deciding.release(case=case, by=second_editor)
    case.refresh_from_db()
    assert case.claimed_by == editor
    deciding.release(case=case, by=editor)
    case.refresh_from_db()
    assert case.claimed_by is None


@pytest.fixture
def real_database(tmp_path, monkeypatch):
    """Threads meet as processes do: a database of SQLite in memory is one they could not share."""

    def share() -> None:
        if connection.vendor == "sqlite":
            path = str(tmp_path / "shared.sqlite3")
            connection.cursor().execute("VACUUM INTO %s", [path])
            monkeypatch.setitem(connections.settings["default"], "NAME", path)

    return share


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_the_same_moment_one_decides(member, editor, second_editor, real_database):
    case = sent_in(member)
    real_database()
    turn, start, outcomes = case.turn, threading.Barrier(2), []

    def decide(by: User) -> None:
        start.wait()
        try:
            step = deciding.publish(case=Case.objects.get(pk=case.pk), by=by, turn=turn)
            outcomes.append(f"decided: step {step.case.steps.filter(kind='published').count()}")
        except deciding.Stale:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=[by]) for by in (editor, second_editor)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["decided: step 1", "told"]


# ---------- Who may ----------


def test_nobody_decides_on_what_they_sent_in(editor):
    case = sent_in(editor)
    with pytest.raises(PermissionDenied):
        deciding.publish(case=case, by=editor, turn=case.turn)
    assert state_of(case) == ("waiting", "", "published")  # at once, as editors may; another looks at it


def test_members_decide_nothing(member, other_member):
    case = sent_in(member)
    with pytest.raises(PermissionDenied):
        deciding.publish(case=case, by=other_member, turn=case.turn)


@pytest.mark.parametrize("decide", [deciding.publish, deciding.ask_for_changes])
def test_a_crash_while_the_member_is_told_decides_nothing(decide, member, editor):
    case = sent_in(member)
    before = review.conversation(review.record_of(case)).count()

    def crash(step, case):
        raise RuntimeError("The power went")

    review.listen(crash)
    try:
        with pytest.raises(RuntimeError):
            decide(case=case, by=editor, turn=case.turn, note="Which year?")
    finally:
        services.listeners.remove(crash)
    assert state_of(case) == ("waiting", "", "in_review")
    assert review.conversation(review.record_of(case)).count() == before
    deciding.publish(case=case, by=editor, turn=case.turn)
    assert state_of(case) == ("decided", "published", "published")
