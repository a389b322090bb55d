"""Invitations into a community: by letter or by name, each for one person and for a while."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from communities import inviting, joining, places
from communities.models import Invitation, Membership
from notifications.models import Letter
from tests import factories
from tests.communities.conftest import path, state_of

pytestmark = pytest.mark.django_db


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


def test_whoever_was_banned_since_does_not_come_in_by_the_letter(invited, member, boss):
    factories.membership(invited.community, member)
    places.shut_out(scope=invited.community, user=member, by=boss)
    with pytest.raises(PermissionDenied):
        joining.accept_invitation(invitation=invited, by=member)


def test_an_invitation_by_name_is_theirs_alone(client, make, member, other_member, boss):
    community = make("private")
    invitation = Invitation.objects.create(community=community, user=member, language="en", by=boss)
    client.force_login(other_member)
    assert client.get(invitation.get_absolute_url()).status_code == 404
    client.force_login(member)
    assert "See your invitation" in client.get(community.get_absolute_url()).content.decode()


def test_an_invitation_by_name_that_ran_out_opens_no_door(client, make, member, boss):
    hidden, shown = make("private"), make("open")
    for community in (hidden, shown):
        Invitation.objects.create(community=community, user=member, language="en", by=boss)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    client.force_login(member)
    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert "Join this community" in client.get(shown.get_absolute_url()).content.decode()


def test_a_letter_that_was_used_does_not_bring_back_who_left(invited, member):
    joining.leave(membership=joining.accept_invitation(invitation=invited, by=member))
    with pytest.raises(PermissionDenied):
        joining.accept_invitation(invitation=invited, by=member)


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
