"""Authors read why, and object once. Somebody else decides."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from moderation import appeals, deciding, sanctions, trust
from moderation.models import Act, Case
from notifications.models import Letter, Notice
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def removed(place) -> Case:
    case = place.reported()
    return deciding.decide(case=case, by=place.moderator, turn=case.turn, decision="removed", reason="Advertising.")


@pytest.fixture
def appealed(place, removed) -> Case:
    return appeals.appeal(case=removed, by=place.author, words="It names no product.")


@pytest.fixture
def administrator(cast):
    return factories.member("Ada", is_staff=True, is_superuser=True)


def path_of(case: Case) -> str:
    return f"/en/connect/moderation/decisions/{case.pk}/"


def decide(case: Case, by, decision: str, reason: str = "I have read both.") -> Case:
    return deciding.decide(case=case, by=by, turn=case.turn, decision=decision, reason=reason)


def page(client, case: Case) -> str:
    return " ".join(client.get(path_of(case)).content.decode().split())


# ---------- What the author reads ----------


def test_the_author_reads_what_was_decided_and_why_and_can_appeal(place, removed, client):
    client.force_login(place.author)
    shown = page(client, removed)
    for words in ("Removed</h1>", "Advertising.", "Who pays for them?", 'name="words"'):
        assert words in shown
    assert "Mona" not in shown
    assert "Reporter" not in shown


def test_nobody_else_reads_it(place, removed, client):
    client.force_login(place.trusted(1)[0])
    assert client.get(path_of(removed)).status_code == 404
    client.force_login(place.moderator)
    assert client.get(path_of(removed)).status_code == 404


def test_a_report_that_led_to_nothing_is_not_told(place, client):
    case = place.reported()
    client.force_login(place.author)
    assert client.get(path_of(case)).status_code == 404
    deciding.decide(case=case, by=place.moderator, turn=case.turn, decision="kept")
    assert client.get(path_of(case)).status_code == 404
    assert "Reported" not in client.get("/en/me/standing/").content.decode()


def test_what_reports_hid_can_be_changed_or_explained_before_anybody_decides(place, client):
    case = place.reported(number=3)
    client.force_login(place.author)
    assert "Hidden until a moderator has decided" in page(client, case)
    assert "Change your post" in page(client, case)
    client.post(path_of(case), {"words": "It is the budget of my ministry."})
    case.refresh_from_db()
    assert (case.words, case.turn) == ("It is the budget of my ministry.", 3)
    assert not Case.objects.filter(subject="appeal").exists()
    client.force_login(place.moderator)
    assert "It is the budget of my ministry." in client.get(case.get_absolute_url()).content.decode()


def test_what_was_said_about_reports_leaves_the_appeal_open(place):
    case = place.reported(number=3)
    case = appeals.appeal(case=case, by=place.author, words="It is a budget.")
    case = decide(case, place.moderator, "removed", "It is not.")
    assert appeals.appeal(case=case, by=place.author, words="It is.").is_appeal


# ---------- Appealing ----------


def test_an_appeal_needs_words(place, removed, client):
    client.force_login(place.author)
    assert "Say why" in client.post(path_of(removed), {"words": " "}).content.decode()
    with pytest.raises(ValueError, match="says why"):
        appeals.appeal(case=removed, by=place.author, words=" ")
    assert not Case.objects.filter(subject="appeal").exists()


def test_a_decision_is_appealed_once(place, appealed, client):
    with pytest.raises(appeals.NothingToAppeal):
        appeals.appeal(case=appealed.appeal_of, by=place.author, words="Again.")
    client.force_login(place.author)
    assert 'name="words"' not in page(client, appealed.appeal_of)
    assert "Your appeal waits" in page(client, appealed)


def test_others_appeal_nothing(place, removed):
    with pytest.raises(PermissionDenied):
        appeals.appeal(case=removed, by=place.second, words="Unfair.")


def test_a_decision_that_was_changed_is_not_appealed(place, removed):
    again = deciding.take_up(record=removed.record, by=place.second)
    decide(again, place.second, "restored")
    with pytest.raises(appeals.NothingToAppeal):
        appeals.appeal(case=removed, by=place.author, words="Unfair.")


# ---------- Deciding about it ----------


def test_whoever_decided_does_not_decide_the_appeal(place, appealed, client):
    with pytest.raises(PermissionDenied):
        decide(appealed, place.moderator, "upheld")
    client.force_login(place.moderator)
    assert client.get(appealed.get_absolute_url()).status_code == 404


def test_who_decided_and_sends_an_old_form_sees_their_decision_and_not_the_appeal(place, client):
    post = place.post()
    stamp = deciding.stamp_of(post, None)
    case = decide(place.reported(post), place.moderator, "removed")
    appeals.appeal(case=case, by=place.author, words="It names no product.")
    client.force_login(place.moderator)
    data = {"step": "decide", "decision": "hidden", "stamp": stamp}
    response = client.post(f"/en/connect/moderation/take-up/post/{post.pk}/", data)
    assert (response.status_code, response.context["desk"].case) == (409, case)


def test_another_moderator_is_told_of_it_and_who_decided_is_not(place, appealed, administrator):
    told = Notice.objects.filter(kind="moderation_queue", context__case=appealed.pk)
    assert [notice.user for notice in told] == [place.second]


def test_administrators_are_told_of_appeals(place, administrator, removed):
    appeals.appeal(case=removed, by=place.author, words="It names no product.")
    told = Notice.objects.filter(kind="moderation_queue", user=administrator)
    assert told.count() == 1


def test_an_administrator_overturns_and_the_post_is_shown_again(place, appealed, administrator):
    decide(appealed, administrator, "overturned")
    appealed.record.refresh_from_db()
    place.thread.refresh_from_db()
    assert (appealed.record.state, place.thread.reply_count) == ("shown", 1)
    standing = trust.standing_of(place.author)
    assert (standing.accepted, standing.removed, standing.last_removed_at) == (1, 0, None)


def test_an_appeal_that_is_upheld_changes_nothing_and_tells_the_author_why(place, appealed):
    decide(appealed, place.second, "upheld", "The link sells a course.")
    appealed.record.refresh_from_db()
    assert appealed.record.state == "removed"
    letter = Letter.objects.filter(user=place.author, kind="moderation").latest("pk")
    assert (letter.context["verb"], letter.context["note"]) == ("upheld", "The link sells a course.")


def test_an_appeal_is_decided_with_a_reason(place, appealed):
    with pytest.raises(ValueError, match="told why"):
        decide(appealed, place.second, "overturned", "")


def test_the_log_shows_the_chain(place, appealed, administrator):
    decide(appealed, administrator, "overturned")
    chain = Act.objects.order_by("pk").values_list("verb", flat=True)
    assert list(chain) == ["reported", "removed", "appealed", "overturned"]


def test_an_administrator_sees_of_a_closed_community_what_the_appeal_is_about(place, appealed, administrator, client):
    place.community.access = "private"
    place.community.save()
    client.force_login(administrator)
    shown = client.get(appealed.get_absolute_url()).content.decode()
    assert "It names no product." in shown
    assert "Who pays for them?" in shown
    assert place.thread.get_absolute_url() not in shown


def test_administrators_decide_first_posts_of_no_community(place, administrator, client):
    case = place.waiting()
    client.force_login(administrator)
    assert client.get(case.get_absolute_url()).status_code == 404


# ---------- Sanctions ----------


def test_a_ban_is_appealed_and_overturned(place, removed):
    row = sanctions.give(case=removed, by=place.moderator, kind="ban", reason="Advertising again.")
    appeal = appeals.appeal(case=sanctions.case_of(row), by=place.author, words="It was once.")
    decide(appeal, place.second, "overturned")
    row.refresh_from_db()
    assert (row.lifted_by, row.is_in_force) == (place.second, False)
    assert place.author.memberships.get().state == "left"


def test_what_was_lifted_is_not_appealed(place, removed):
    row = sanctions.give(case=removed, by=place.moderator, kind="pause", days=7, reason="Advertising again.")
    sanctions.lift(sanction=row, by=place.second, reason="A mistake.")
    with pytest.raises(appeals.NothingToAppeal):
        appeals.appeal(case=sanctions.case_of(row), by=place.author, words="Unfair.")


def test_a_banned_member_reads_what_follows_and_can_appeal(place, removed, client):
    row = sanctions.give(case=removed, by=place.moderator, kind="ban", reason="Advertising again.")
    client.force_login(place.author)
    shown = page(client, sanctions.case_of(row))
    assert "You are no longer a member there" in shown
    assert "Advertising again." in shown
    assert 'name="words"' in shown
