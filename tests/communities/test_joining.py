"""The doors of a community: code of conduct, asking, invitation, and what was wanted behind them."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from communities import inviting, joining, places
from communities.doors import Door
from communities.models import Invitation, Membership
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


# ---------- Invitations ----------


@pytest.fixture
def invited(make, boss):
    return inviting.invite(
        community=make("private", name="Gender working group"),
        by=boss,
        address="new@elsewhere.example",
        language="fr",
        note="Come.",
    )


def test_the_letter_is_in_the_language_chosen_and_cannot_be_stopped(invited):
    letter = Letter.objects.get()
    assert (letter.address, letter.user, letter.language) == ("new@elsewhere.example", None, "fr")
    assert letter.context["path"] == f"/fr/connect/communities/invitations/{invited.key}/"
    from notifications import rendering

    words = rendering.words_of(letter)
    assert "Come." in words.text
    assert "List-Unsubscribe" not in rendering.paper_of(letter).message.extra_headers


def test_whoever_holds_the_letter_reads_what_it_is_for_and_is_led_to_join_the_portal(client, invited):
    page = client.get(invited.get_absolute_url()).content.decode()
    assert "Gender working group" in page
    assert f"/en/accounts/signup/?next={quote(invited.get_absolute_url(), safe='')}" in page
    assert client.post(invited.get_absolute_url(), {"conduct": "on"}).status_code == 302
    assert not Membership.objects.exclude(role="admin").exists()


def test_they_come_in_after_the_tick(client, invited, member):
    client.force_login(member)
    assert client.post(invited.get_absolute_url(), {}).context["form"].errors
    answer = client.post(invited.get_absolute_url(), {"conduct": "on"})
    assert answer.headers["Location"] == invited.community.get_absolute_url()
    assert state_of(invited.community, member) == "in"


def test_a_used_invitation_lets_nobody_else_in(client, invited, member, other_member):
    joining.accept_invitation(invitation=invited, by=member)
    client.force_login(other_member)
    page = client.post(invited.get_absolute_url(), {"conduct": "on"})
    assert page.status_code == 410
    assert "Gender working group" not in page.content.decode()
    assert client.get(invited.community.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("what", ["expired", "withdrawn", "archived"])
def test_one_that_holds_no_longer_says_so(what, client, invited, member):
    if what == "archived":
        type(invited.community).objects.update(archived_at=timezone.now(), archived_reason="Done.")
    else:
        field = "expires_at" if what == "expired" else "withdrawn_at"
        Invitation.objects.update(**{field: timezone.now() - timedelta(seconds=1)})
    client.force_login(member)
    assert client.post(invited.get_absolute_url(), {"conduct": "on"}).status_code == 410
    assert not Membership.objects.filter(user=member).exists()


def test_a_banned_person_cannot_accept(client, invited, member, boss):
    places.shut_out(scope=invited.community, user=member, by=boss)
    client.force_login(member)
    assert client.post(invited.get_absolute_url(), {"conduct": "on"}).status_code == 403
    assert state_of(invited.community, member) == "banned"


def test_who_was_removed_comes_back_by_a_newer_letter_alone(client, invited, member, boss):
    row = factories.membership(invited.community, member)
    joining.remove(membership=row, by=boss, reason="Advertising.")
    client.force_login(member)
    assert client.post(invited.get_absolute_url(), {"conduct": "on"}).status_code == 410
    assert state_of(invited.community, member) == "removed"
    Invitation.objects.update(at=timezone.now())  # sent again
    client.post(invited.get_absolute_url(), {"conduct": "on"})
    assert state_of(invited.community, member) == "in"


@pytest.mark.parametrize("how", ["removed", "banned"])
def test_who_is_shut_out_is_not_invited_by_name_any_more(how, client, make, member, boss):
    community = make("private")
    row = factories.membership(community, member)
    Invitation.objects.create(community=community, user=member, language="en", by=boss, role="facilitator")
    if how == "removed":
        joining.remove(membership=row, by=boss, reason="Advertising.")
    else:
        places.shut_out(scope=community, user=member, by=boss)
    client.force_login(member)
    assert client.get(community.get_absolute_url()).status_code == 404


def test_an_invitation_by_name_is_theirs_alone(client, make, member, other_member, boss):
    community = make("private")
    invitation = Invitation.objects.create(community=community, user=member, language="en", by=boss)
    client.force_login(other_member)
    assert client.get(invitation.get_absolute_url()).status_code == 404
    client.force_login(member)
    assert "See your invitation" in client.get(community.get_absolute_url()).content.decode()


def test_sending_again_twice_sends_one_letter(client, invited, boss):
    client.force_login(boss)
    Invitation.objects.update(at=timezone.now() - timedelta(days=2))
    for _ in range(2):
        client.post(path("invitation_step", invited.community, invited.pk), {"step": "again"})
    assert Letter.objects.count() == 2  # the first, and one more


def test_an_address_already_written_to_today_gets_no_second_letter(client, invited, boss):
    client.force_login(boss)
    answer = client.post(path("invite", invited.community), {"address": "NEW@elsewhere.example", "language": "fr"})
    assert answer.status_code == 302
    assert Letter.objects.count() == 1


def test_fifty_a_day_are_enough(client, invited, boss):
    for number in range(49):
        Invitation.objects.create(community=invited.community, address=f"{number}@x.example", language="en", by=boss)
    client.force_login(boss)
    answer = client.post(path("invite", invited.community), {"address": "one@x.example", "language": "en"})
    assert answer.context["form"].non_field_errors()
    assert not Invitation.objects.filter(address="one@x.example").exists()


def test_a_withdrawn_letter_does_not_leave(client, invited, boss):
    client.force_login(boss)
    client.post(path("invitation_step", invited.community, invited.pk), {"step": "withdraw"})
    assert not Letter.objects.planned().exists()


def test_nobody_learns_whether_an_address_has_an_account(client, community, boss, member):
    factories.membership(community, member)
    client.force_login(boss)
    pages = []
    for address in (member.email, "nobody@elsewhere.example"):
        answer = client.post(path("invite", community), {"address": address, "language": "en"}, follow=True)
        pages.append(answer.content.decode().replace(address, "ADDRESS"))
        Invitation.objects.all().delete()
    assert Letter.objects.values_list("template").distinct().count() == 1
    import re

    clean = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"|/invitations/\d+/', "", page) for page in pages]
    assert clean[0] == clean[1]


@pytest.mark.parametrize("address", ["", "no address", "a@b", "x" * 250 + "@example.org"])
def test_what_is_no_address_gets_no_letter(address, client, community, boss):
    client.force_login(boss)
    answer = client.post(path("invite", community), {"address": address, "language": "en"})
    assert answer.context["form"].errors["address"]


def test_old_invitations_are_forgotten(invited):
    Invitation.objects.update(expires_at=timezone.now() - inviting.FORGOTTEN - timedelta(days=1))
    inviting.forget_old()
    assert not Invitation.objects.exists()
