"""Warnings, pauses and bans: in one place, with a reason, told, and lifted with a reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from communities import places
from communities.models import Community
from moderation import sanctions
from moderation.models import Act, Case, Sanction
from notifications.models import Letter
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(place) -> Case:
    return place.reported()


def give(case: Case, by, kind: str, **more) -> Sanction:
    return sanctions.give(case=case, by=by, kind=kind, reason="Three warnings.", **more)


def path_of(case: Case) -> str:
    return f"{case.get_absolute_url()}member/"


def test_a_pause_ends_by_itself(place, case):
    assert places.may_write(place.author, place.community)
    give(case, place.moderator, "pause", days=7)
    assert not places.may_write(place.author, place.community)
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        assert places.may_write(place.author, place.community)


def test_a_paused_member_still_reads(place, case):
    place.community.access = "private"
    place.community.save()
    give(case, place.moderator, "pause", days=1)
    assert Community.objects.open_to(place.author).filter(pk=place.community.pk).exists()


def test_a_pause_holds_where_it_was_given_only(place, case):
    other = factories.community()
    factories.membership(other, place.author)
    give(case, place.moderator, "pause", days=30)
    assert places.may_write(place.author, other)


def test_a_ban_makes_a_stranger_of_them(place, case):
    give(case, place.moderator, "ban")
    assert place.author.memberships.get().state == "banned"


def test_lifting_a_ban_lets_them_join_again(place, case):
    row = give(case, place.moderator, "ban")
    assert sanctions.lift(sanction=row, by=place.second, reason="He apologised.")
    assert place.author.memberships.get().state == "left"
    assert not Sanction.objects.in_force().exists()


def test_nobody_is_banned_twice_at_a_time(place, case):
    give(case, place.moderator, "ban")
    with pytest.raises(sanctions.BannedAlready):
        give(case, place.second, "ban")
    assert Sanction.objects.count() == 1


def test_a_sanction_is_lifted_once(place, case):
    row = give(case, place.moderator, "pause", days=7)
    assert sanctions.lift(sanction=row, by=place.second, reason="A mistake.")
    assert not sanctions.lift(sanction=row, by=place.moderator, reason="A mistake.")
    assert Act.objects.filter(verb="lifted").count() == 1


@pytest.mark.parametrize(("kind", "verb"), [("warning", "warned"), ("pause", "paused"), ("ban", "banned")])
def test_they_are_told_why_and_it_stands_in_the_log(kind, verb, place, case):
    give(case, place.moderator, kind, days=1)
    letter = Letter.objects.get(user=place.author, kind="moderation")
    assert (letter.context["verb"], letter.context["note"]) == (verb, "Three warnings.")
    act = Act.objects.get(verb=verb)
    assert (act.by, act.whom, act.reason) == (place.moderator, place.author, "Three warnings.")


def test_a_warning_changes_nothing_else(place, case):
    give(case, place.moderator, "warning")
    assert places.may_write(place.author, place.community)


def test_a_sanction_needs_a_reason(place, case):
    with pytest.raises(ValueError, match="reason"):
        sanctions.give(case=case, by=place.moderator, kind="ban", reason=" ")


def test_moderators_do_not_sanction_each_other(place, client):
    case = place.reported(place.post(author=place.second))
    with pytest.raises(PermissionDenied):
        give(case, place.moderator, "ban")
    client.force_login(place.moderator)
    assert client.get(path_of(case)).status_code == 403


def test_administrators_who_came_for_an_appeal_sanction_nobody(place, case):
    administrator = factories.member("Ada", is_staff=True, is_superuser=True)
    with pytest.raises(PermissionDenied):
        give(case, administrator, "ban")


def test_nobody_lifts_what_concerns_themselves(place):
    case = place.reported()
    row = give(case, place.moderator, "warning")
    place.author.memberships.update(role="facilitator")
    with pytest.raises(PermissionDenied):
        sanctions.lift(sanction=row, by=place.author, reason="I am fine.")


def test_nobody_finds_the_page_to_lift_what_concerns_themselves(place, client):
    row = give(place.reported(), place.moderator, "warning")
    place.author.memberships.update(role="facilitator")
    client.force_login(place.author)
    assert client.get(f"/en/connect/moderation/sanctions/{row.pk}/lift/").status_code == 404


# ---------- The pages ----------


def test_the_page_says_what_follows_from_each(place, case, client):
    client.force_login(place.moderator)
    page = client.get(path_of(case)).content.decode()
    for words in ("can go on writing", "Pause for 30 days: they can read, and not write.", "cannot join again"):
        assert words in page


def test_a_pause_is_given_on_the_page(place, case, client):
    client.force_login(place.moderator)
    response = client.post(path_of(case), {"what": "pause-7", "reason": "Three warnings."}, follow=True)
    assert "Amina Diallo is told" in response.content.decode()
    row = Sanction.objects.get()
    assert (row.kind, (row.until - row.at).days) == ("pause", 7)


def test_a_ban_is_lifted_on_a_page_with_a_reason(place, case, client):
    row = give(case, place.moderator, "ban")
    client.force_login(place.second)
    path = f"/en/connect/moderation/sanctions/{row.pk}/lift/"
    assert "Give the reason" in client.post(path, {"reason": ""}).content.decode()
    client.post(path, {"reason": "He apologised."})
    row.refresh_from_db()
    assert (row.lifted_by, row.lifted_reason) == (place.second, "He apologised.")


def test_another_communitys_sanctions_are_not_found(place, case, client):
    row = give(case, place.moderator, "ban")
    client.force_login(factories.membership(factories.community(), role="admin").user)
    assert client.get(f"/en/connect/moderation/sanctions/{row.pk}/lift/").status_code == 404
    assert client.get(path_of(case)).status_code == 404


def test_a_sanction_is_not_taken_up_as_a_post_is(place, case, client):
    row = give(case, place.moderator, "ban")
    client.force_login(place.second)
    assert client.post(f"/en/connect/moderation/take-up/sanction/{row.pk}/").status_code == 404
