"""Who is named to whom, who may do what about it, and how people go."""

from __future__ import annotations

import pytest
from django.urls import reverse

from communities import joining
from communities.models import Community, Membership
from discussions import reading
from discussions.models import Thread
from notifications.models import Letter
from people.models import Block, Profile
from tests import factories
from tests.communities.conftest import path, state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def inside(community, member):
    factories.profile("The Member", user=member, listing="members")
    return factories.membership(community, member)


def listed(client, community) -> str:
    return client.get(path("members", community)).content.decode()


def test_the_list_is_for_members(client, community, other_member):
    assert client.get(path("members", community)).headers["Location"].startswith("/en/accounts/login/")
    client.force_login(other_member)
    assert client.get(path("members", community)).headers["Location"].startswith(path("join", community))


def test_members_are_named_by_their_choice(client, community, inside):
    quiet = factories.profile("Quiet Person", listing="nobody").user
    factories.membership(community, quiet)
    factories.membership(community, factories.profile("Loud Person").user)
    client.force_login(inside.user)
    page = listed(client, community)
    assert "Loud Person" in page
    assert "Quiet Person" not in page
    assert "and 1 more who chose to stand in no list" in page


def test_whoever_chose_to_be_nobody_sees_themselves(client, community, inside):
    Profile.objects.filter(user=inside.user).update(listing="nobody")
    client.force_login(inside.user)
    page = listed(client, community)
    assert str(inside.user) in page
    assert "more who chose" not in page


def test_administrators_see_everybody(client, community, boss):
    factories.membership(community, factories.profile("Quiet Person", listing="nobody").user)
    client.force_login(boss)
    page = listed(client, community)
    assert "Quiet Person" in page
    assert "Role, or remove" in page


@pytest.mark.parametrize("who_blocks", ["reader", "other"])
def test_two_who_keep_apart_do_not_see_each_other(who_blocks, client, community, inside):
    other = factories.profile("Somebody Else").user
    factories.membership(community, other)
    pair = (inside.user, other) if who_blocks == "reader" else (other, inside.user)
    Block.objects.create(blocker=pair[0], blocked=pair[1])
    client.force_login(inside.user)
    assert "Somebody Else" not in listed(client, community)


def test_names_lead_to_profiles_that_the_reader_may_open(client, community, inside):
    shown = factories.profile("Shown Person")
    factories.membership(community, shown.user)
    client.force_login(inside.user)
    assert shown.get_absolute_url() in listed(client, community)


def test_visitors_read_the_names_of_those_whom_everybody_finds(client, community, boss, helper):
    Profile.objects.filter(user=helper).update(listing="members")
    factories.membership(community, helper, role="facilitator")
    page = client.get(path("about", community)).content.decode()
    assert str(boss) in page
    assert str(helper) not in page


def test_twenty_members_take_as_many_queries_as_one(client, community, inside, django_assert_max_num_queries):
    client.force_login(inside.user)
    listed(client, community)
    with django_assert_max_num_queries(14):
        listed(client, community)
    for number in range(20):
        factories.membership(community, factories.profile(f"Person {number}").user)
    with django_assert_max_num_queries(14):
        assert "Person 19" in listed(client, community)


# ---------- What administrators do ----------


@pytest.mark.parametrize("role", ["member", "facilitator"])
@pytest.mark.parametrize("name", ["edit", "invite", "quiet"])
def test_only_administrators_come_into_their_rooms(name, role, client, community, inside):
    Membership.objects.filter(pk=inside.pk).update(role=role)
    client.force_login(inside.user)
    assert client.get(path(name, community)).status_code == 403
    assert client.post(path("member", community, inside.pk), {"step": "role", "role": "admin"}).status_code == 403
    inside.refresh_from_db()
    assert inside.role == role


def test_an_administrator_of_another_community_is_nobody_here(client, community, make, other_member):
    other = factories.community("Another")
    theirs = factories.membership(other, other_member, role="admin")
    row = factories.membership(community)
    client.force_login(other_member)
    assert client.post(path("member", community, row.pk), {"step": "remove"}).status_code == 403
    assert client.post(path("member", other, row.pk), {"step": "remove"}).status_code == 404
    assert client.get(path("member", other, theirs.pk)).status_code == 200


def test_a_role_is_given_and_told(client, community, inside, boss):
    client.force_login(boss)
    client.post(path("member", community, inside.pk), {"step": "role", "role": "facilitator"})
    inside.refresh_from_db()
    assert inside.role == "facilitator"
    assert Letter.objects.get().template == "communities/role_facilitator"


@pytest.mark.parametrize("role", ["", "owner", "member; drop"])
def test_there_are_no_other_roles(role, client, community, inside, boss):
    client.force_login(boss)
    assert client.post(path("member", community, inside.pk), {"step": "role", "role": role}).status_code == 200
    inside.refresh_from_db()
    assert inside.role == "member"


def test_the_last_administrator_neither_steps_back_nor_leaves(client, community, boss):
    row = Membership.objects.get(user=boss)
    client.force_login(boss)
    answer = client.post(path("member", community, row.pk), {"step": "role", "role": "member"})
    assert answer.status_code == 409
    assert "Make somebody else an administrator first" in answer.content.decode()
    answer = client.post(path("leave", community))
    assert answer.status_code == 409
    assert path("members", community) in answer.content.decode()
    row.refresh_from_db()
    assert (row.role, row.state) == ("admin", "in")


def test_after_a_hand_over_they_leave(client, community, inside, boss):
    client.force_login(boss)
    client.post(path("member", community, inside.pk), {"step": "role", "role": "admin"})
    assert client.post(path("leave", community)).status_code == 302
    assert state_of(community, boss) == "left"


def test_an_administrator_whose_account_is_closed_runs_nothing(community, inside, boss):
    closed = factories.membership(community, factories.member(is_active=False), role="admin")
    with pytest.raises(joining.LastAdmin):
        joining.leave(membership=Membership.objects.get(user=boss))
    assert closed.role == "admin"


def test_who_is_removed_is_told_why_and_refused_at_once(client, make, boss, member):
    community = make("request")
    row = factories.membership(community, member)
    client.force_login(member)
    assert client.get(path("members", community)).status_code == 200
    joining.remove(membership=row, by=boss, reason="Advertising.")
    assert client.get(path("members", community)).status_code == 302
    assert Letter.objects.get(template="communities/removed").context["note"] == "Advertising."


def test_nobody_is_removed_without_a_reason(client, community, inside, boss):
    client.force_login(boss)
    answer = client.post(path("member", community, inside.pk), {"step": "remove", "remove-reason": "  "})
    assert answer.context["forms"]["remove"].errors
    assert state_of(community, inside.user) == "in"


def test_whoever_was_removed_asks_even_where_others_walk_in(client, community, inside, boss):
    joining.remove(membership=inside, by=boss, reason="Advertising.")
    client.force_login(inside.user)
    client.post(path("join", community), {"answer": "I am sorry.", "conduct": "on"})
    assert state_of(community, inside.user) == "asked"


def test_leaving_asks_first_and_coming_back_is_one_row(client, community, inside):
    client.force_login(inside.user)
    assert "You can join again" in client.get(path("leave", community)).content.decode()
    client.post(path("leave", community))
    assert state_of(community, inside.user) == "left"
    client.post(path("join", community), {"conduct": "on"})
    assert Membership.objects.get(user=inside.user).state == "in"


def test_a_role_ends_with_the_membership(community, boss):
    row = factories.membership(community, role="facilitator")
    joining.leave(membership=row)
    joining.join(community=community, by=row.user)
    row.refresh_from_db()
    assert row.role == "member"


def test_an_editor_stands_in_where_nobody_runs_it(client, staff):
    community = factories.community(access="request")
    row = factories.membership(community)
    client.force_login(staff)
    client.post(path("member", community, row.pk), {"step": "role", "role": "admin"})
    row.refresh_from_db()
    assert row.role == "admin"
    assert client.get(path("invite", community)).status_code == 403
    assert client.get(path("members", community)).status_code == 302


def test_my_communities_say_what_i_am_there_and_what_is_new(client, community, boss, helper):
    factories.membership(community, helper)
    seen, _new = (factories.thread(community, title, author=helper) for title in ("Seen", "New"))
    Thread.objects.update(shown_number=1)
    reading.wish(by=boss, thread=seen, wish="mute")
    client.force_login(boss)
    page = client.get(reverse("communities:mine")).content.decode()
    assert "Administrator" in page
    assert "1 discussion with something new" in page
    client.force_login(helper)
    assert "Administrator" not in client.get(reverse("communities:mine")).content.decode()


def test_my_communities_say_where_i_wait_while_i_may_know_of_them(client, make, member, other_member):
    closed = make("request", name="Gender working group")
    joining.join(community=closed, by=member)
    mine = reverse("communities:mine")
    client.force_login(other_member)
    assert closed.name not in client.get(mine).content.decode()
    client.force_login(member)
    assert closed.name in client.get(mine).content.decode()
    Community.objects.update(access="private")
    assert closed.name not in client.get(mine).content.decode()
