"""The rule of trust, and what members read of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from members.roles import Role, give_role
from moderation import deciding, services, trust
from moderation.models import Standing
from tests import factories

pytestmark = pytest.mark.django_db


def approve(place, case) -> None:
    deciding.decide(case=case, by=place.moderator, turn=case.turn, decision="approved")


def standing(user, accepted: int, removed_days_ago: int | None = None) -> None:
    at = None if removed_days_ago is None else timezone.now() - timedelta(days=removed_days_ago)
    Standing.objects.create(user=user, accepted=accepted, removed=int(at is not None), last_removed_at=at)


def test_the_first_two_posts_wait_and_the_third_does_not(place):
    for _number in range(2):
        assert trust.must_wait(place.author, links=0)
        approve(place, place.waiting())
    assert not trust.must_wait(place.author, links=3)


@pytest.mark.parametrize(("links", "waits"), [(3, False), (4, True)])
def test_many_links_wait_for_whoever_is_not_trusted(links, waits, place):
    standing(place.author, 9)
    assert trust.must_wait(place.author, links=links) == waits


def test_nothing_of_the_trusted_waits(place):
    standing(place.author, 10)
    assert not trust.must_wait(place.author, links=50)


@pytest.mark.parametrize(("days", "is_trusted"), [(179, False), (181, True)])
def test_a_removal_is_remembered_for_half_a_year(days, is_trusted, place):
    standing(place.author, 30, removed_days_ago=days)
    assert trust.is_trusted(place.author) == is_trusted


@pytest.mark.parametrize("role", [Role.TRUSTED, Role.EDITOR])
def test_who_was_given_trust_is_not_new(role, place):
    give_role(user=place.author, role=role, by=None)
    assert not trust.must_wait(place.author, links=50)
    assert trust.is_trusted(place.author)


def test_who_moderates_somewhere_is_not_new(place):
    assert not trust.must_wait(place.moderator, links=0)
    assert trust.must_wait(place.moderator, links=4)


def test_a_post_that_was_shown_at_once_counts(place):
    services.note_shown(record=place.post())
    services.note_shown(record=place.post())
    assert trust.standing_of(place.author).accepted == 2


def test_a_removal_takes_the_post_from_what_was_accepted(place):
    approve(place, place.waiting())
    case = place.waiting()
    approve(place, case)
    again = deciding.take_up(record=case.record, by=place.moderator)
    deciding.decide(case=again, by=place.moderator, turn=again.turn, decision="removed", reason="Copied.")
    found = trust.standing_of(place.author)
    assert (found.accepted, found.removed) == (1, 1)
    assert found.last_removed_at is not None


@pytest.mark.parametrize(
    ("accepted", "words"),
    [(0, "You are new"), (2, "You are known here"), (10, "You are trusted")],
)
def test_members_read_their_standing_in_words(accepted, words, place, client):
    standing(place.author, accepted)
    client.force_login(place.author)
    page = client.get("/en/me/standing/").content.decode()
    assert words in page
    assert "Until 2 posts of yours are accepted" in page
    assert "none removed in 180 days" in page


def test_members_read_what_was_decided_about_them_and_not_by_whom(place, client):
    with time_machine.travel(timezone.now() - timedelta(days=1)):
        case = place.reported()
        deciding.decide(case=case, by=place.moderator, turn=case.turn, decision="removed", reason="Advertising.")
    client.force_login(place.author)
    page = client.get("/en/me/standing/").content.decode()
    assert "Advertising." in page
    assert f"/en/connect/moderation/decisions/{case.pk}/" in page
    assert "Mona" not in page


def test_members_read_nothing_about_others(place, client):
    case = place.reported()
    deciding.decide(case=case, by=place.moderator, turn=case.turn, decision="removed", reason="Advertising.")
    client.force_login(factories.member("Somebody"))
    assert "Advertising." not in client.get("/en/me/standing/").content.decode()
