"""What moderation holds about a member goes with the account, and is theirs to take away before."""

from __future__ import annotations

import json

import pytest

from members import erasure
from moderation import appeals, deciding, sanctions
from moderation.models import Act, Case, Report, Sanction, Standing

pytestmark = pytest.mark.django_db


def holding(key: str) -> erasure.Holding:
    return next(one for one in erasure.all_holdings() if one.key == key)


def told(key: str, user) -> str:
    return json.dumps(list(holding(key).export(user)), default=str)


@pytest.fixture
def appealed(place) -> Case:
    case = place.reported()
    case = deciding.decide(case=case, by=place.moderator, turn=case.turn, decision="removed", reason="Advertising.")
    return appeals.appeal(case=case, by=place.author, words="My words about myself.")


def test_the_author_takes_away_what_was_decided_and_never_who_reported(place, appealed):
    everything = "".join(told(key, place.author) for key in ("moderation", "standing", "moderation_log"))
    assert "Advertising." in everything
    assert "My words about myself." in everything
    assert not [name for name in ("Reporter", "Mona", "spam", "Look.") if name in everything]


def test_a_report_that_led_to_nothing_is_in_no_export_of_its_author(place):
    case = place.reported()
    deciding.decide(case=case, by=place.moderator, turn=case.turn, decision="kept")
    assert told("moderation", place.author) == "[]"
    assert told("moderation_log", place.author) == "[]"


def test_who_reported_takes_away_what_they_wrote(place, appealed):
    assert "Look." in told("post_reports", place.members[0])
    assert "Look." not in told("post_reports", place.author)


def test_the_words_of_an_author_go_and_what_was_decided_stays(place, appealed):
    erasure.erase(user=place.author)
    assert not Case.objects.filter(words__contains="My words").exists()
    assert not Act.objects.filter(reason__contains="My words").exists()
    assert Case.objects.filter(decision="removed", reason="Advertising.").exists()
    assert not Standing.objects.filter(user=place.author).exists()


def test_the_words_and_the_name_of_who_reported_go_and_the_report_stays(place, appealed):
    erasure.erase(user=place.members[0])
    report = Report.objects.get()
    assert (report.reporter, report.text, report.reason) == (None, "", "spam")


def test_what_is_about_nothing_any_more_waits_no_longer(place):
    case = place.waiting()
    type(case.record).objects.filter(pk=case.object_id).delete()
    erasure.erase(user=place.author)
    assert not Case.objects.exists()


def test_a_moderator_who_leaves_frees_their_cases(place):
    case = place.waiting()
    deciding.claim(case=case, by=place.moderator)
    erasure.erase(user=place.moderator)
    case.refresh_from_db()
    assert case.claimed_by is None


def test_a_ban_outlives_the_account(place, appealed):
    sanctions.give(case=appealed, by=place.second, kind="ban", reason="Threats.")
    erasure.erase(user=place.author)
    assert Sanction.objects.get().reason == "Threats."
