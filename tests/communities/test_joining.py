"""The doors of a community: code of conduct, asking, invitation, and what was wanted behind them."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from communities import joining, places
from communities.doors import Door
from communities.models import Membership
from moderation.models import Sanction
from notifications.models import Letter, Notice
from tests import factories
from tests.communities.conftest import path, state_of

pytestmark = pytest.mark.django_db


def wanted(community, language="en") -> str:
    return f"/{language}/connect/communities/{community.slug}/discussions/12-a-thread/?page=2"


# ---------- Joining ----------


def test_a_visitor_signs_in_joins_and_comes_to_what_they_wanted(client, community, member):
    door = path("join", community) + f"?next={quote(wanted(community))}"
    answer = client.get(door)
    assert answer.headers["Location"] == f"/en/accounts/login/?next={quote(door)}"
    client.force_login(member)
    page = client.get(door)
    assert "What has no place here" in page.content.decode()
    answer = client.post(door, {"conduct": "on", "next": page.context["next"]})
    assert answer.headers["Location"] == wanted(community)


def test_without_the_tick_nobody_joins(client, community, member):
    client.force_login(member)
    answer = client.post(path("join", community), {"next": wanted(community)})
    assert answer.context["form"].errors["conduct"]
    assert answer.context["next"] == wanted(community)
    assert not Membership.objects.filter(user=member).exists()


def test_version_and_day_of_the_code_are_kept(client, community, member):
    client.force_login(member)
    client.post(path("join", community), {"conduct": "on"})
    row = Membership.objects.get(user=member)
    assert (row.state, row.conduct_version) == ("in", "2026-11-26")
    assert timezone.now() - row.conduct_at < timedelta(minutes=1)


def test_joining_twice_is_once(client, community, member):
    client.force_login(member)
    for _ in range(2):
        client.post(path("join", community), {"conduct": "on"})
    assert Membership.objects.filter(user=member).count() == 1


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/en/connect/communities/x/",
        "/en/staff/review/",
        "/en/connect/communities/another/",
        "/en/connect/communities/{slug}/../../../staff/",
        "/en/connect/communities/{slug}/\\evil",
        "javascript:alert(1)",
        "/en/connect/communities/{slug}/\n",
        "/xx/connect/communities/{slug}/",
        "/en/connect/communities/{slug}/" + "x" * 600,
    ],
)
def test_next_leads_nowhere_but_into_this_community(elsewhere, client, community, member):
    client.force_login(member)
    answer = client.post(path("join", community), {"conduct": "on", "next": elsewhere.format(slug=community.slug)})
    assert answer.headers["Location"] == community.get_absolute_url()


def test_an_archived_community_takes_nobody(client, make, member):
    community = make(archived_at=timezone.now(), archived_reason="Done.")
    client.force_login(member)
    assert client.post(path("join", community), {"conduct": "on"}).status_code == 403


def test_a_private_community_is_not_there_for_strangers(client, make, member):
    community = make("private")
    client.force_login(member)
    for name in ("detail", "about", "join", "leave", "members", "edit", "invite", "archive", "quiet"):
        assert client.get(path(name, community)).status_code == 404, name


def test_who_finds_no_door_does_not_come_in(make, member):
    with pytest.raises(PermissionDenied):
        joining.join(community=make("private"), by=member)


def test_who_left_writes_no_more(community, member):
    row = factories.membership(community, member)
    assert places.may_write(member, community)
    joining.leave(membership=row)
    assert not places.may_write(member, community)


def test_a_banned_member_finds_no_door(client, community, member, boss):
    factories.membership(community, member)
    places.shut_out(scope=community, user=member, by=boss)
    client.force_login(member)
    assert client.post(path("join", community), {"conduct": "on"}).status_code == 403
    assert "Join this community" not in client.get(community.get_absolute_url()).content.decode()


def test_a_paused_member_reads_and_does_not_write(community, member):
    factories.membership(community, member)
    assert Door(community, member).can_write
    scope = {"scope": community, "user": member, "kind": "pause", "reason": "Cool down."}
    sanction = Sanction.objects.create(**scope, until=timezone.now() + timedelta(days=1))
    assert not Door(community, member).can_write
    assert Door(community, member).is_inside
    Sanction.objects.filter(pk=sanction.pk).update(until=timezone.now() - timedelta(seconds=1))
    assert Door(community, member).can_write


def test_whoever_is_paused_is_told_why_they_start_nothing(community, member, client):
    factories.membership(community, member)
    client.force_login(member)
    assert "Start a discussion" in client.get(community.get_absolute_url()).content.decode()
    factories.pause(community, member)
    page = client.get(community.get_absolute_url()).content.decode()
    assert "Start a discussion" not in page
    assert "You are paused here" in page
    assert reverse("moderation:standing") in page


# ---------- Asking ----------


@pytest.fixture
def closed(make):
    return make("request", question_en="What do you work on?", question_fr="À quoi travaillez-vous ?")


@pytest.fixture
def asked(client, closed):
    person = factories.member("Rosa Quispe", language="es")
    client.force_login(person)
    client.post(path("join", closed), {"answer": "Pensions.", "conduct": "on", "next": wanted(closed)})
    return Membership.objects.get(user=person)


def test_the_question_is_asked_in_the_readers_language(client, closed, member):
    client.force_login(member)
    page = client.get(path("join", closed).replace("/en/", "/fr/")).content.decode()
    assert "À quoi travaillez-vous" in page


def test_a_document_link_leads_through_asking(client, closed, member):
    client.force_login(member)
    answer = client.get(wanted(closed))
    assert answer.headers["Location"] == path("join", closed) + f"?next={quote(wanted(closed), safe='')}"


def test_whoever_asks_waits_and_reads_nothing(client, closed, asked):
    assert (asked.state, asked.answer, asked.wanted) == ("asked", "Pensions.", wanted(closed))
    assert "Your request waits" in client.get(closed.get_absolute_url()).content.decode()
    assert client.get(path("members", closed)).status_code == 302


def test_its_administrators_are_told_once(client, closed, asked, boss):
    client.post(path("join", closed), {"answer": "Pensions, really.", "conduct": "on"})
    assert Notice.objects.filter(user=boss, template="communities/asked").count() == 1
    asked.refresh_from_db()
    assert asked.answer == "Pensions, really."


def test_the_letter_of_a_yes_leads_to_what_they_wanted_in_their_language(client, closed, asked, boss):
    client.force_login(boss)
    client.post(path("member", closed, asked.pk), {"step": "accept"})
    assert state_of(closed, asked.user) == "in"
    letter = Letter.objects.get(template="communities/accepted")
    assert letter.language == "es"
    assert letter.context["path"] == wanted(closed, "es")


def test_a_no_needs_a_reason_which_they_are_told(client, closed, asked, boss):
    client.force_login(boss)
    answer = client.post(path("member", closed, asked.pk), {"step": "decline", "decline-reason": " "})
    assert answer.context["forms"]["decline"].errors
    client.post(path("member", closed, asked.pk), {"step": "decline", "decline-reason": "For ministries only."})
    assert state_of(closed, asked.user) == "declined"
    assert Letter.objects.get(template="communities/declined").context["note"] == "For ministries only."


def test_what_was_decided_is_not_decided_again(closed, asked, boss):
    assert joining.decide(membership=asked, by=boss, accept=True)
    assert not joining.decide(membership=asked, by=boss, accept=False, reason="No.")
    assert state_of(closed, asked.user) == "in"


def test_a_request_is_taken_back(client, closed, asked):
    client.post(path("leave", closed))
    assert state_of(closed, asked.user) == "left"
    assert "Ask to join" in client.get(closed.get_absolute_url()).content.decode()
