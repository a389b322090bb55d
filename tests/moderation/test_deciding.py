"""Decisions: each is made once, by a moderator of that place, and its author is told."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import connection, connections
from django.utils import timezone

from members.models import User
from moderation import deciding, services
from moderation.models import Act, Case
from notifications.models import Letter
from tests import factories

pytestmark = pytest.mark.django_db


def decide(case: Case, by: User, decision: str, reason: str = "") -> Case:
    return deciding.decide(case=case, by=by, turn=case.turn, decision=decision, reason=reason)


def state_of(case: Case) -> tuple[str, str, str]:
    case.refresh_from_db()
    return case.state, case.decision, case.record.state


def verbs(case: Case) -> list[str]:
    return list(Act.objects.filter(case=case).order_by("pk").values_list("verb", flat=True))


def letter_to(user: User) -> Letter:
    return Letter.objects.filter(user=user, kind="moderation").latest("pk")


def test_approving_shows_the_post_and_notes_who_and_when(place):
    case = place.waiting()
    decide(case, place.moderator, "approved")
    assert state_of(case) == ("decided", "approved", "shown")
    assert (case.decided_by, case.decided_at is not None) == (place.moderator, True)
    assert verbs(case) == ["held", "approved"]
    assert letter_to(place.author).context["verb"] == "approved"


def test_a_first_post_that_is_approved_counts_as_an_answer_of_its_thread(place):
    case = place.waiting()
    assert place.thread.reply_count == 0
    decide(case, place.moderator, "approved")
    place.thread.refresh_from_db()
    assert (place.thread.reply_count, place.thread.last_by) == (1, place.author)


def test_a_first_post_that_begins_a_thread_shows_the_thread(place):
    thread = factories.thread(place.community, author=place.author)
    post = factories.post(thread, state="waiting")
    case = services.hold(record=post, by=place.author)
    decide(case, place.moderator, "approved")
    thread.refresh_from_db()
    assert thread.state == "shown"


def test_keeping_closes_the_reports_and_tells_its_author_nothing(place):
    case = place.reported()
    decide(case, place.moderator, "kept")
    assert state_of(case) == ("decided", "kept", "shown")
    assert not Letter.objects.filter(user=place.author).exists()


def test_keeping_with_a_note_tells_the_author_the_note(place):
    case = place.reported()
    decide(case, place.moderator, "kept", "A source would help.")
    assert letter_to(place.author).context["note"] == "A source would help."


@pytest.mark.parametrize("decision", ["hidden", "removed"])
def test_what_takes_words_from_readers_needs_a_reason(decision, place):
    case = place.reported()
    with pytest.raises(ValueError, match="told why"):
        decide(case, place.moderator, decision, "  ")
    assert state_of(case) == ("waiting", "", "shown")


@pytest.mark.parametrize("decision", ["hidden", "removed"])
def test_the_author_is_told_why(decision, place):
    case = place.reported()
    decide(case, place.moderator, decision, "It advertises a product.")
    post = case.record
    post.refresh_from_db()
    assert (post.state, post.state_reason) == (decision, "It advertises a product.")
    assert post.state_at is not None
    context = letter_to(place.author).context
    assert (context["verb"], context["note"]) == (decision, "It advertises a product.")
    assert context["path"] == f"/en/connect/moderation/decisions/{case.pk}/"


def test_a_removal_is_changed_by_taking_the_post_up_again_with_a_reason(place):
    case = place.reported()
    decide(case, place.moderator, "removed", "Advertising.")
    again = deciding.take_up(record=case.record, by=place.second)
    with pytest.raises(ValueError, match="told why"):
        decide(again, place.second, "restored")
    decide(again, place.second, "restored", "It is not.")
    assert state_of(again) == ("decided", "restored", "shown")
    assert state_of(case)[:2] == ("decided", "removed")


def test_a_decision_settles_all_that_waits_about_the_same_post(place):
    case = place.reported()
    other = services.open_case(case.record, Case.Subject.EDITED)
    decide(case, place.moderator, "removed", "Advertising.")
    assert state_of(other) == ("decided", "removed", "removed")


def test_a_decision_that_does_not_fit_is_refused(place):
    case = place.reported()
    with pytest.raises(deciding.Stale):
        decide(case, place.moderator, "approved")
    assert state_of(case) == ("waiting", "", "shown")


# ---------- One decides ----------


def test_nothing_is_decided_twice_and_the_second_is_told_by_whom(place):
    case = place.waiting()
    turn = case.turn
    decide(case, place.moderator, "approved")
    with pytest.raises(deciding.Stale, match=r"Mona decided this case at .*: Approved"):
        deciding.decide(case=case, by=place.second, turn=turn, decision="removed", reason="Spam.")
    assert state_of(case) == ("decided", "approved", "shown")


def test_nobody_decides_while_another_looks_at_it(place):
    case = place.waiting()
    deciding.claim(case=case, by=place.moderator)
    with pytest.raises(deciding.Stale, match="Mona has been looking at this case since"):
        decide(case, place.second, "approved")
    assert state_of(case) == ("waiting", "", "waiting")


def test_a_claim_ends_by_itself(place):
    case = place.waiting()
    with time_machine.travel(timezone.now() - timedelta(minutes=31)):
        deciding.claim(case=case, by=place.moderator)
    assert deciding.claim(case=case, by=place.second).claimed_by == place.second


def test_a_claim_that_holds_is_taken_over_on_purpose_only(place):
    case = place.waiting()
    deciding.claim(case=case, by=place.moderator)
    with pytest.raises(deciding.Stale):
        deciding.claim(case=case, by=place.second)
    assert deciding.claim(case=case, by=place.second, take_over=True).claimed_by == place.second


def test_only_who_looks_at_it_lets_go(place):
    case = place.waiting()
    deciding.claim(case=case, by=place.moderator)
    deciding.release(case=case, by=place.second)
    case.refresh_from_db()
    assert case.claimed_by == place.moderator
    deciding.release(case=case, by=place.moderator)
    case.refresh_from_db()
    assert case.claimed_by is None


def test_an_old_form_takes_up_nothing(place):
    post = place.post()
    stamp = deciding.stamp_of(post, None)
    decide(place.reported(post), place.moderator, "hidden", "Cite a source.")
    post.refresh_from_db()
    with pytest.raises(deciding.Stale, match="Mona decided"):
        deciding.take_up(record=post, by=place.second, stamp=stamp)
    assert not Case.objects.filter(subject="own").exists()


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
def test_of_two_moderators_at_the_same_moment_one_decides(place, real_database):
    case = place.waiting()
    real_database()
    turn, start, outcomes = case.turn, threading.Barrier(2), []

    def approve(by: User) -> None:
        start.wait()
        try:
            deciding.decide(case=Case.objects.get(pk=case.pk), by=by, turn=turn, decision="approved")
            outcomes.append(f"decided, {Act.objects.filter(case=case, verb='approved').count()} in the log")
        except deciding.Stale:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=approve, args=[by]) for by in (place.moderator, place.second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["decided, 1 in the log", "told"]


# ---------- Who may ----------


def test_nobody_decides_about_themselves(place):
    case = place.waiting(author=place.moderator)
    with pytest.raises(PermissionDenied):
        decide(case, place.moderator, "approved")
    decide(case, place.second, "approved")
    assert state_of(case) == ("decided", "approved", "shown")


def test_moderators_decide_where_they_moderate_only(place):
    elsewhere = factories.membership(factories.community(), role="admin").user
    case = place.waiting()
    with pytest.raises(PermissionDenied):
        decide(case, elsewhere, "approved")
    with pytest.raises(PermissionDenied):
        deciding.take_up(record=case.record, by=elsewhere)


def test_members_decide_nothing(place):
    case = place.waiting()
    with pytest.raises(PermissionDenied):
        decide(case, place.trusted(1)[0], "approved")


def test_a_moderator_who_left_decides_nothing_any_more(place):
    case = place.waiting()
    place.second.memberships.update(state="left", role="member")
    with pytest.raises(PermissionDenied):
        decide(case, place.second, "approved")


def test_a_case_about_nothing_any_more_is_not_found(place, client):
    case = place.waiting()
    case.record.delete()
    client.force_login(place.moderator)
    assert client.get(case.get_absolute_url()).status_code == 404


# ---------- Edited ----------


def test_a_hidden_post_that_its_author_changed_waits_again(place):
    case = place.reported()
    decide(case, place.moderator, "hidden", "Cite a source.")
    services.note_edited(record=case.record, by=place.author)
    again = Case.objects.get(subject="edited")
    assert (again.state, verbs(again)) == ("waiting", ["edited"])
    decide(again, place.second, "restored")
    assert state_of(again) == ("decided", "restored", "shown")
    assert letter_to(place.author).context["verb"] == "restored"


def test_who_decides_on_what_was_changed_meanwhile_is_told(place):
    case = place.waiting()
    turn = case.turn
    services.note_edited(record=case.record, by=place.author)
    with pytest.raises(deciding.Stale, match=r"Amina Diallo was here at .*: Edited by the author"):
        deciding.decide(case=case, by=place.moderator, turn=turn, decision="approved")


def test_changing_a_post_that_is_shown_opens_no_case(place):
    services.note_edited(record=place.post(), by=place.author)
    assert not Case.objects.exists()
