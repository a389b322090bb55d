"""Whom we tell of a post, by which reason, and that nobody is told twice."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from communities.models import Membership
from discussions import notices, reading, services
from discussions.models import Mention, News, Post, Reading
from members.models import User
from notifications.models import Letter, Notice, Preference
from people.models import Block
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(community):
    """A member who reads and has done nothing there."""
    made = factories.member("Lucia Reyes")
    factories.membership(community, made)
    return made


def write(thread, author, text="They do.", **fields) -> Post:
    """A post of which nobody was told yet."""
    post = factories.post(thread, text, author=author, **fields)
    News.objects.create(post=post)
    return post


def follow(thread, *users) -> None:
    for user in users:
        reading.wish(by=user, thread=thread, wish="follow")


def told() -> dict[str, str]:
    return {notice.user.display_name: notice.kind for notice in Notice.objects.select_related("user")}


# ---------- Whom ----------


def test_whoever_is_mentioned_answered_or_follows_hears_of_an_answer(thread, asker, writer, reader, facilitator):
    first = write(thread, writer)
    Notice.objects.all().delete()
    News.objects.all().delete()
    follow(thread, reader)
    answer = write(thread, factories.membership(thread.record).user, reply_to=first)
    Mention.objects.create(post=answer, user=facilitator)
    notices.tell_due()
    assert told() == {
        "Amina Diallo": "reply",
        "Rosa Quispe": "reply",
        "Lucia Reyes": "thread",
        "Farah Aziz": "mention",
    }


def test_a_change_tells_whom_it_mentions_for_the_first_time_and_nobody_else(thread, asker, writer, facilitator):
    factories.profile(user=facilitator)
    post = services.write_post(
        by=writer, thread=thread, typed=services.Typed(f"@{asker.profile.handle}, they do.", "en")
    )
    notices.tell_due()
    follow(thread, factories.membership(thread.record).user)
    for text in ("both", "all"):
        words = f"@{asker.profile.handle} @{facilitator.profile.handle}, {text}"
        services.edit_post(by=writer, post=post, text=words, language="en")
    assert told() == {"Amina Diallo": "mention", "Farah Aziz": "mention"}
    assert Notice.objects.count() == 2


def test_a_change_of_what_waits_tells_nobody(thread, newcomer, facilitator):
    factories.profile(user=facilitator)
    post = services.write_post(by=newcomer, thread=thread, typed=services.Typed("They do.", "en"))
    services.edit_post(by=newcomer, post=post, text=f"@{facilitator.profile.handle}", language="en")
    assert not Notice.objects.filter(kind="mention").exists()


def test_whoever_answered_the_same_post_before_hears_of_it_too(thread, asker, writer, reader, facilitator):
    first = write(thread, writer)
    write(thread, facilitator, reply_to=first)
    factories.post(thread, "Spam.", author=reader, reply_to=first, state="hidden")
    Notice.objects.all().delete()
    News.objects.all().delete()
    write(thread, asker, reply_to=first)
    notices.tell_due()
    assert told() == {"Rosa Quispe": "reply", "Farah Aziz": "reply"}


def test_of_a_new_discussion_the_whole_community_hears(community, asker, reader, writer):
    thread = factories.thread(community, author=asker)
    write(thread, asker)
    notices.tell_due()
    assert told() == {"Lucia Reyes": "new_thread", "Rosa Quispe": "new_thread"}


def test_an_answer_is_no_news_for_the_whole_community(thread, asker, writer, reader):
    write(thread, writer)
    notices.tell_due()
    assert told() == {"Amina Diallo": "reply"}


def test_each_is_told_once_by_the_strongest_reason(thread, asker, writer):
    follow(thread, asker)
    post = write(thread, writer, reply_to=thread.posts.get(number=1))
    Mention.objects.create(post=post, user=asker)
    notices.tell_due()
    assert told() == {"Amina Diallo": "mention"}


def test_its_author_is_told_nothing(thread, asker):
    follow(thread, asker)
    Mention.objects.create(post=write(thread, asker, reply_to=thread.posts.get(number=1)), user=asker)
    notices.tell_due()
    assert told() == {}


@pytest.mark.parametrize("reason", ["follow", "mention", "answer"])
def test_whoever_muted_it_hears_nothing_even_when_mentioned(thread, writer, reader, reason):
    parent = write(thread, reader)
    News.objects.all().delete()
    post = write(thread, writer, reply_to=parent if reason == "answer" else None)
    if reason == "mention":
        Mention.objects.create(post=post, user=reader)
    reading.wish(by=reader, thread=thread, wish="mute")
    notices.tell_due()
    assert "Lucia Reyes" not in told()


@pytest.mark.parametrize("who_blocks", ["author", "reader"])
def test_two_who_keep_apart_hear_nothing_of_each_other(thread, writer, reader, who_blocks):
    pair = (writer, reader) if who_blocks == "author" else (reader, writer)
    Block.objects.create(blocker=pair[0], blocked=pair[1])
    Mention.objects.create(post=write(thread, writer), user=reader)
    notices.tell_due()
    assert told() == {"Amina Diallo": "reply"}


@pytest.mark.parametrize("state", ["left", "removed", "banned"])
def test_whoever_is_no_longer_in_the_community_hears_nothing(thread, writer, reader, state):
    follow(thread, reader)
    Membership.objects.filter(user=reader).update(state=state)
    Mention.objects.create(post=write(thread, writer), user=reader)
    notices.tell_due()
    assert "Lucia Reyes" not in told()


def test_an_account_that_is_closed_hears_nothing(thread, writer, reader):
    follow(thread, reader)
    User.objects.filter(pk=reader.pk).update(is_active=False)
    write(thread, writer)
    notices.tell_due()
    assert "Lucia Reyes" not in told()


# ---------- What ----------


@pytest.mark.parametrize("state", ["waiting", "hidden", "removed"])
def test_nothing_of_a_post_that_is_not_shown_is_told(thread, writer, state):
    post = write(thread, writer)
    Post.objects.filter(pk=post.pk).update(state=state, state_reason="Spam.", state_at=timezone.now())
    notices.tell_due()
    assert told() == {}
    assert not News.objects.exists()


def test_nothing_of_a_hidden_discussion_is_told(thread, writer):
    write(thread, writer)
    type(thread).objects.filter(pk=thread.pk).update(state="hidden")
    notices.tell_due()
    assert told() == {}


def test_what_waited_is_told_once_it_is_approved(thread, writer, facilitator):
    post = factories.post(thread, author=writer, state="waiting")
    assert not News.objects.exists()
    Post.objects.filter(pk=post.pk).update(state="shown")
    post.refresh_from_db()
    services.state_changed(post=post, before="waiting", by=facilitator)
    notices.tell_due()
    assert told() == {"Amina Diallo": "reply"}


def test_what_a_member_writes_is_told(thread, asker, writer, django_capture_on_commit_callbacks, monkeypatch):
    woken = []
    monkeypatch.setattr("members.waking.send", lambda task, *args: woken.append(task))
    with django_capture_on_commit_callbacks(execute=True):
        services.write_post(by=writer, thread=thread, typed=services.Typed("The state does.", "en"))
    assert notices.TELL in woken
    notices.tell_due()
    assert told() == {"Amina Diallo": "reply"}


def test_names_and_words_are_not_kept_with_the_notice(thread, writer):
    """So that they are gone with their author."""
    write(thread, writer, "Secret words.")
    notices.tell_due()
    assert Notice.objects.get().context == {}
    assert Letter.objects.get().context["text"] == "Secret words."


# ---------- How ----------


def test_it_comes_as_the_kinds_say_until_somebody_chooses(thread, community, asker, writer, reader, facilitator):
    follow(thread, reader)
    Mention.objects.create(post=write(thread, writer), user=facilitator)
    write(factories.thread(community, "Another", author=writer), writer)
    with time_machine.travel("2026-11-24T12:00Z", tick=False):  # a Tuesday
        News.objects.update(due_at=timezone.now())
        notices.tell_due()
    at_once = set(Letter.objects.values_list("user__display_name", "kind"))
    assert at_once == {("Farah Aziz", "mention"), ("Amina Diallo", "reply")}
    due = {one.kind: one.summary_due_at for one in Notice.objects.filter(user=reader)}
    assert f"{due['thread']:%Y-%m-%d %H}" == "2026-11-25 07"
    assert f"{due['new_thread']:%Y-%m-%d %H}" == "2026-11-30 07"


def test_each_reads_it_in_their_own_language(thread, asker, writer, reader):
    User.objects.filter(pk=asker.pk).update(language="fr")
    User.objects.filter(pk=reader.pk).update(language="es")
    Mention.objects.create(post=write(thread, writer), user=reader)
    notices.tell_due()
    paths = dict(Letter.objects.values_list("language", "context__path"))
    assert paths["fr"].startswith("/fr/")
    assert paths["es"].startswith("/es/")


# ---------- Once ----------


def test_telling_twice_tells_once(thread, writer):
    post = write(thread, writer)
    notices.tell_due()
    News.objects.create(post=post)
    notices.tell_due()
    assert (Notice.objects.count(), Letter.objects.count()) == (1, 1)


def test_broken_off_it_goes_on_and_tells_nobody_twice(thread, community, writer, monkeypatch):
    """Also when somebody chose something else meanwhile: a notice that waits for a summary gets no letter besides."""
    readers = [factories.membership(community, factories.member(f"Reader {number}")).user for number in range(5)]
    follow(thread, *readers)
    write(thread, writer)
    monkeypatch.setattr(notices, "AT_A_TIME", 2)
    tell, calls = notices.notices.tell, []

    def breaks(message, recipients):
        calls.append(message)
        if len(calls) == 3:
            raise OSError("The machine stops.")
        tell(message, recipients)

    monkeypatch.setattr(notices.notices, "tell", breaks)
    with pytest.raises(OSError, match="stops"):
        notices.tell_due()
    first = set(Notice.objects.values_list("user", flat=True))
    assert 0 < len(first) < 6
    for reader in readers:
        Preference.objects.create(user=reader, frequencies={"thread": "at_once"})
    notices.tell_due()
    assert len(first) == Notice.objects.count()  # another worker waits for the one that may still live
    with time_machine.travel(timezone.now() + notices.LEASE + timedelta(seconds=1)):
        notices.tell_due()
    assert Notice.objects.count() == 6
    assert not Letter.objects.filter(user__in=first, kind="thread").exists()
    assert Letter.objects.filter(kind="thread").count() == 5 - len(first & {reader.pk for reader in readers})


# ---------- Many ----------


def test_five_thousand_followers_take_the_queries_of_their_slices(community, writer, django_assert_max_num_queries):
    people = User.objects.bulk_create(User(email=f"{number}@many.example") for number in range(5000))
    now = {"state": "in", "joined_at": timezone.now(), "conduct_at": timezone.now(), "conduct_version": "1"}
    Membership.objects.bulk_create(Membership(community=community, user=one, **now) for one in people)
    thread = factories.thread(community, author=writer)
    factories.post(thread, author=writer)
    Reading.objects.bulk_create(Reading(thread=thread, user=one, wish="follow") for one in people)
    write(thread, factories.membership(community, factories.member("Somebody")).user)
    with django_assert_max_num_queries(120):
        notices.tell_due()
    assert Notice.objects.filter(kind="thread").count() == 5000


def test_two_and_twenty_followers_take_the_same_queries(thread, community, writer, django_assert_num_queries):
    def tell_followers(number: int, expected: int) -> None:
        for _ in range(number):
            follow(thread, factories.membership(community, factories.member()).user)
        post = write(thread, writer)
        with django_assert_num_queries(expected):
            notices.tell(notices._told_of([post.pk])[0])

    tell_followers(2, expected=15)
    tell_followers(20, expected=15)
