"""Following, and telling followers what is new."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.utils import timezone

from content import services
from members.models import User
from notifications import following, preferences
from notifications.models import Announcement, Follow, Notice

pytestmark = pytest.mark.django_db


def reasons() -> dict[str, list[str]]:
    return {notice.user.display_name: notice.reasons for notice in Notice.objects.select_related("user")}


def test_a_record_is_told_once_to_who_follows_three_of_its_terms(member, published, kenya, uganda, topics):
    for what in (kenya, uganda, topics[1]):
        following.follow(user=member, what=what)
    following.tell_followers(published)
    assert sorted(reasons()["member"]) == sorted(
        [f"country:{kenya.pk}", f"country:{uganda.pk}", f"topic:{topics[1].pk}"]
    )


def test_who_follows_a_topic_hears_of_those_below_it(member, published, topics):
    following.follow(user=member, what=topics[0])
    following.tell_followers(published)
    assert reasons() == {"member": [f"topic:{topics[0].pk}"]}


def test_who_follows_a_region_hears_of_its_countries(member, published, kenya):
    following.follow(user=member, what=kenya.regions.get())
    following.tell_followers(published)
    assert len(reasons()) == 1


def test_who_follows_something_else_hears_nothing(member, published, kenya):
    following.follow(user=member, what=kenya)
    published.countries.clear()
    following.tell_followers(published)
    assert reasons() == {}


def test_who_shared_it_knows_of_it(member, other_member, published, kenya):
    for person in (member, other_member):
        following.follow(user=person, what=kenya)
    published.owner = member
    following.tell_followers(published)
    assert set(reasons()) == {"other_member"}


def test_a_record_that_staff_publish_is_announced(staff, member, published, kenya):
    following.follow(user=member, what=kenya)
    published.status = "draft"
    published.save()
    services.publish(record=published, by=staff)
    following.tell_due()
    assert not Notice.objects.exists()  # it may still be taken back
    with time_machine.travel(timezone.now() + settings.REVIEW_UNDO + timedelta(seconds=1)):
        following.tell_due()
    assert len(reasons()) == 1
    assert not Announcement.objects.exists()


def test_what_was_taken_back_meanwhile_is_not_announced(staff, member, published, kenya):
    following.follow(user=member, what=kenya)
    following.announce(published)
    services.withdraw(record=published, by=staff, reason="A mistake.")
    with time_machine.travel(timezone.now() + settings.REVIEW_UNDO + timedelta(seconds=1)):
        following.tell_due()
    assert not Notice.objects.exists()
    assert not Announcement.objects.exists()


def test_telling_twice_tells_once(member, published, kenya):
    following.follow(user=member, what=kenya)
    following.tell_followers(published)
    following.tell_followers(published)
    assert Notice.objects.count() == 1


def test_following_twice_is_following_once(member, kenya):
    following.follow(user=member, what=kenya)
    following.follow(user=member, what=kenya)
    assert Follow.objects.count() == 1
    following.unfollow(user=member, what=kenya)
    assert not following.is_following(member, kenya)


def test_who_declined_news_is_told_on_the_page_only(member, published, kenya):
    preferences.choose(user=member, frequencies={"followed": "never"})
    following.follow(user=member, what=kenya)
    following.tell_followers(published)
    assert Notice.objects.get().summary_due_at is None


def test_five_thousand_followers_are_told_in_few_statements(published, kenya, topics, django_assert_max_num_queries):
    people = User.objects.bulk_create(User(email=f"{number}@many.example") for number in range(5000))
    for what in (kenya, topics[1]):
        Follow.objects.bulk_create(Follow(user=person, **services.about(what)) for person in people)
    with django_assert_max_num_queries(90):
        following.tell_followers(published)
    assert Notice.objects.count() == 5000


def test_names_of_what_is_gone_are_left_out(kenya, member):
    names = following.names_of([f"country:{kenya.pk}", "country:999999", "planet:4"], member)
    assert names == {f"country:{kenya.pk}": "Kenya"}


def test_the_list_of_what_one_follows_takes_the_same_queries(member, kenya, uganda, topics, django_assert_num_queries):
    following.follow(user=member, what=kenya)
    following.followed_by(member)
    with django_assert_num_queries(2):
        assert [one.name for one in following.followed_by(member)] == ["Kenya"]
    following.follow(user=member, what=uganda)
    with django_assert_num_queries(2):
        assert [one.name for one in following.followed_by(member)] == ["Kenya", "Uganda"]
