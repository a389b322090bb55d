"""Comments on posts are discussions, moderated by the editors."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from blog import comments, services
from blog.models import BlogPost
from communities.models import Membership
from content.services import publish
from discussions.models import Post, Thread
from discussions.places import People
from moderation.models import Case as ModerationCase
from moderation.models import Sanction, Standing
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = {"text": "I have seen this, too.", "language": "en"}


@pytest.fixture
def post(staff) -> BlogPost:
    made = factories.blog_post(status="draft", published_at=None)
    publish(record=made, by=staff)
    return made


def reply_to(post: BlogPost) -> str:
    return reverse("blog:reply", args=[post.slug, post.thread.address])


def known(user) -> None:
    """No longer new."""
    Standing.objects.update_or_create(user=user, defaults={"accepted": 20})


def test_publishing_opens_a_discussion_that_no_list_shows_before_somebody_writes(client, post, member):
    assert list(Thread.objects.published()) == []
    known(member)
    client.force_login(member)
    client.post(reply_to(post), WORDS)
    assert list(Thread.objects.published()) == [post.thread]
    client.logout()
    page = client.get(post.get_absolute_url()).content.decode()
    assert WORDS["text"] in page


def test_a_post_that_is_published_again_keeps_its_discussion(post, staff):
    before = post.thread
    BlogPost.objects.filter(pk=post.pk).update(status="draft")
    post.refresh_from_db()
    publish(record=post, by=staff)
    assert post.thread == before
    assert Thread.objects.count() == 1


def test_a_discussion_is_called_like_its_post(post, staff):
    post.title_en = "Called otherwise"
    services.save_post(post=post, by=staff)
    post.thread.refresh_from_db()
    assert post.thread.title == "Called otherwise"


def test_the_first_comment_can_be_removed_and_the_others_stay(client, post, member, other_member):
    first = factories.post(post.thread, "First", author=member)
    factories.post(post.thread, "Second", author=other_member)
    Post.objects.filter(pk=first.pk).update(state="hidden")
    page = client.get(post.thread.get_absolute_url()).content.decode()
    assert first.number == 2
    assert "Second" in page
    assert ">First<" not in page


def test_the_first_comment_of_a_new_member_waits_for_the_editors(client, post, member, staff):
    client.force_login(member)
    client.post(reply_to(post), WORDS)
    case = ModerationCase.objects.get()
    assert case.scope == comments.the_blog()
    client.force_login(staff)
    page = client.get(reverse("moderation:queue")).content.decode()
    assert WORDS["text"] in page


def test_whoever_is_paused_from_the_blog_writes_under_no_post(client, post, member):
    until = timezone.now() + timedelta(days=1)
    Sanction.objects.create(scope=comments.the_blog(), user=member, kind="pause", reason="Rest.", until=until)
    client.force_login(member)
    response = client.post(reply_to(post), WORDS)
    assert "Rest" in response.content.decode()
    assert not Post.objects.exists()


def test_withdrawing_a_post_shuts_its_discussion(client, post, member):
    factories.post(post.thread, "Said", author=member)
    BlogPost.objects.filter(pk=post.pk).update(
        status="withdrawn", withdrawal_reason="Wrong.", withdrawn_at=post.published_at
    )
    assert client.get(post.thread.get_absolute_url()).status_code == 404
    assert not Thread.objects.published().exists()


def test_authors_are_told_of_comments(post, member, other_member):
    post.authors.create(user=member)
    assert list(comments.readers(post)) == [member]
    factories.post(post.thread, "Said", author=other_member)
    assert set(comments.readers(post)) == {member, other_member}


def test_whose_comment_is_hidden_is_told_of_no_other(post, member):
    factories.post(post.thread, "Said", author=member, state="hidden")
    assert list(comments.readers(post)) == []


def test_names_lead_to_profiles_that_the_reader_may_open(post, member):
    named = People(users=[factories.profile(listing="members").user_id])
    assert not comments.pages_of(named, AnonymousUser()).users
    assert comments.pages_of(named, member).users


class TestDiscussionOfACommunity:
    @pytest.fixture
    def place(self, member):
        place = factories.community("Shocks", access="request")
        factories.membership(place, member)
        return place

    @pytest.fixture
    def joined(self, post, place, member) -> BlogPost:
        thread = factories.thread(place, "Linking cash", author=member)
        factories.post(thread, "Only members read this")
        post.thread = thread
        post.save()
        return post

    def test_its_members_read_it_under_the_post_and_are_led_there(self, client, joined, member, place):
        client.force_login(member)
        page = client.get(joined.get_absolute_url()).content.decode()
        assert "Only members read this" in page
        assert f"{joined.thread.get_absolute_url()}reply/" in page

    def test_nobody_else_hears_of_it(self, client, joined, other_member):
        assert "Only members" not in client.get(joined.get_absolute_url()).content.decode()
        client.force_login(other_member)
        assert "Only members" not in client.get(joined.get_absolute_url()).content.decode()
        Membership.objects.all().delete()
        assert "Linking cash" not in client.get(joined.get_absolute_url()).content.decode()
