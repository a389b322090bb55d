"""Letters about decisions: in the language of who reads them, with why and what can be done."""

from __future__ import annotations

import pytest

from moderation import appeals, deciding, sanctions, telling
from moderation.models import Case
from notifications import grouping, kinds
from notifications.lines import lines
from notifications.models import Letter, Notice
from notifications.preferences import choose
from notifications.rendering import words_of
from tests import factories

pytestmark = pytest.mark.django_db


def decide(case: Case, by, decision: str, reason: str = "") -> Case:
    return deciding.decide(case=case, by=by, turn=case.turn, decision=decision, reason=reason)


def last_letter(place):
    return words_of(Letter.objects.filter(user=place.author, kind="moderation").latest("pk"))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "A moderator of Cash and care removed your post in “Care credits in Kenya”."),
        ("fr", "La modération de Argent et soins a supprimé votre message dans «\u202fCare credits in Kenya\u202f»."),
        ("es", "La moderación de Cash and care eliminó su mensaje en «Care credits in Kenya»."),
    ],
)
def test_a_removal_is_told_in_the_authors_language_with_the_reason_and_the_way_to_appeal(language, words, place):
    place.community.name_fr = "Argent et soins"
    place.community.save()
    place.author.language = language
    place.author.save()
    case = decide(place.reported(), place.moderator, "removed", "It sells a course.")
    letter = last_letter(place)
    assert words in letter.text
    assert "It sells a course." in letter.text
    assert f"/{language}/connect/moderation/decisions/{case.pk}/" in letter.text


def test_a_hidden_post_is_told_with_the_way_to_change_it(place):
    case = decide(place.reported(), place.moderator, "hidden", "Cite a source.")
    text = last_letter(place).text
    assert "You can change your post" in text
    assert case.record.get_absolute_url() in text


def test_an_approval_leads_to_the_post(place):
    case = decide(place.waiting(), place.moderator, "approved")
    assert case.record.get_absolute_url() in last_letter(place).text


@pytest.mark.parametrize(
    ("kind", "days", "words"),
    [
        ("warning", 0, "You can go on writing there."),
        ("pause", 7, "you can read in Cash and care, but not write"),
        ("ban", 0, "cannot join again unless the ban is lifted"),
    ],
)
def test_a_sanction_is_told_with_what_follows_from_it(kind, days, words, place):
    sanctions.give(case=place.reported(), by=place.moderator, kind=kind, days=days, reason="Threats.")
    letter = last_letter(place)
    assert words in letter.text
    assert "Threats." in letter.text
    assert "you can appeal" in letter.text


@pytest.mark.parametrize(
    ("kind", "words"), [("warning", "withdrawn"), ("pause", "ended your pause"), ("ban", "lifted your ban")]
)
def test_lifting_is_told_with_its_reason(kind, words, place):
    row = sanctions.give(case=place.reported(), by=place.moderator, kind=kind, days=7, reason="Threats.")
    sanctions.lift(sanction=row, by=place.second, reason="She apologised.")
    letter = last_letter(place)
    assert words in letter.text
    assert "She apologised." in letter.text


def test_no_letter_names_who_decided_or_reported(place):
    decide(place.reported(number=3), place.moderator, "removed", "It sells a course.")
    for letter in Letter.objects.filter(user=place.author):
        assert not [name for name in ("Mona", "Sven", "Reporter") if name in words_of(letter).text]


def test_the_outcome_of_an_appeal_is_told(place):
    case = decide(place.reported(), place.moderator, "removed", "It sells a course.")
    appeal = appeals.appeal(case=case, by=place.author, words="It is free.")
    decide(appeal, place.second, "overturned", "It is free indeed.")
    letter = last_letter(place)
    assert "overturned it" in letter.text
    assert "It is free indeed." in letter.text


def test_a_decision_stands_on_the_members_page_of_notices(place):
    decide(place.reported(), place.moderator, "removed", "It sells a course.")
    (line,) = lines(list(Notice.objects.visible_to(place.author)), place.author)
    assert line.text == "Removed: your post in “Care credits in Kenya”"
    assert "/connect/moderation/decisions/" in line.path


def test_decisions_come_daily_for_whoever_chose_so_and_cannot_be_declined(place):
    assert not kinds.may_be_declined(telling.TO_AUTHOR)
    choose(user=place.author, frequencies={telling.TO_AUTHOR: "daily"})
    decide(place.reported(), place.moderator, "removed", "It sells a course.")
    assert not Letter.objects.filter(user=place.author).exists()
    assert Notice.objects.get(user=place.author).summary_due_at is not None


def test_what_was_decided_meanwhile_is_no_news_for_moderators(place):
    case = place.waiting()
    told = list(Notice.objects.filter(user=place.second, kind=telling.TO_MODERATORS))
    assert telling.still_waiting(told) == told
    decide(case, place.moderator, "approved")
    assert telling.still_waiting(told) == []


def test_a_moderator_who_left_is_told_nothing_of_what_waits(place):
    place.waiting()
    told = list(Notice.objects.filter(user=place.second, kind=telling.TO_MODERATORS))
    place.second.memberships.update(state="left", role="member")
    assert telling.still_waiting(told) == []


def test_the_summary_of_a_moderator_says_what_waits_where(place):
    place.waiting()
    (notice,) = Notice.objects.filter(user=place.second, kind=telling.TO_MODERATORS)
    (line,) = lines([notice], place.second)
    assert line.text == "A post waits for approval in Cash and care"
    assert grouping.sections(grouping.once([line]))[0].heading == "What waits for me as a moderator"


def test_only_moderators_choose_how_often_they_hear_of_what_waits(place):
    def offered(user) -> list[str]:
        return [kind.key for kind in kinds.offered_to(user)]

    assert telling.TO_MODERATORS in offered(place.moderator)
    assert telling.TO_MODERATORS not in offered(place.author)
    assert telling.TO_AUTHOR in offered(factories.member())
