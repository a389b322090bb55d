"""Telling: a line on the page for everybody, a letter as each has chosen."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from notifications import kinds, notices, preferences
from notifications.kinds import Frequency
from notifications.models import Letter, Notice
from tests import factories

pytestmark = pytest.mark.django_db


def tell(*people, kind="review", occasion="it", **more):
    notices.notify(kind=kind, occasion=occasion, recipients=people, template="review/said", **more)


@pytest.mark.parametrize(
    ("frequency", "letters", "waits"),
    [("at_once", 1, False), ("daily", 0, True), ("weekly", 0, True), ("never", 0, False)],
)
def test_a_member_is_told_as_often_as_they_chose(member, frequency, letters, waits):
    preferences.choose(user=member, frequencies={"review": frequency})
    tell(member)
    assert Letter.objects.count() == letters
    notice = Notice.objects.get()
    assert (notice.summary_due_at is not None) is waits
    assert notices.unread_count(member) == 1


def test_who_chose_nothing_gets_what_everybody_gets(member, other_member):
    preferences.choose(user=other_member, frequencies={"review": "never"})
    tell(member, other_member)
    assert [letter.user for letter in Letter.objects.all()] == [member]


def test_the_same_occasion_is_told_once(member):
    tell(member)
    tell(member)
    assert (Letter.objects.count(), Notice.objects.count()) == (1, 1)


def test_a_choice_that_is_no_longer_offered_counts_as_none():
    assert kinds.frequency("followed", {"followed": "at_once"}) == Frequency.WEEKLY


def test_what_may_be_taken_back_does_not_show_before_its_time(member):
    due = timezone.now() + timedelta(minutes=10)
    tell(member, due_at=due)
    assert notices.unread_count(member) == 0
    assert Letter.objects.get().due_at == due
    with time_machine.travel(due + timedelta(seconds=1)):
        assert notices.unread_count(member) == 1


def test_what_is_taken_back_in_time_was_never_told(member):
    tell(member, due_at=timezone.now() + timedelta(minutes=10))
    assert notices.take_back(occasion="it") is False
    assert Letter.objects.get().state == Letter.State.SKIPPED
    assert not Notice.objects.exists()


def test_what_has_left_is_not_taken_back_in_silence(member):
    tell(member)
    Letter.objects.update(state=Letter.State.SENT)
    assert notices.take_back(occasion="it") is True


def test_during_a_pause_it_stands_on_the_page_only(member):
    preferences.pause(user=member)
    tell(member)
    assert not Letter.objects.exists()
    assert notices.unread_count(member) == 1


def test_telling_many_takes_the_same_queries(member, other_member, staff, django_assert_num_queries):
    preferences.choose(user=member, frequencies={"review": "daily"})
    for person in (other_member, staff):
        preferences.choose(user=person, frequencies={"review": "weekly"})
    tell(member, occasion="warm", about=factories.publication())
    with django_assert_num_queries(4):
        tell(member, occasion="one")
    with django_assert_num_queries(4):
        tell(member, other_member, staff, occasion="three")


def test_what_is_a_year_old_is_forgotten(member):
    tell(member)
    with time_machine.travel(timezone.now() + timedelta(days=364)):
        notices.forget_old()
        assert Notice.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        notices.forget_old()
        assert not Notice.objects.exists()


def test_the_first_page_of_a_member_holds_their_own_notices_alone(client, member, other_member):
    tell(other_member, context={"title": "Zqtheirs"})
    client.force_login(member)
    assert "Zqtheirs" not in client.get("/en/me/").content.decode()
    tell(member, context={"title": "Zqmine"})
    assert "Zqmine" in client.get("/en/me/").content.decode()
