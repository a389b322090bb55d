"""What others read, wished, typed or were refused says nothing of the reader; tools work where a thread stands alone.

Each of these holds one check of the code.
"""

from __future__ import annotations

import pytest

from discussions import reading, services, tools, unsent
from discussions.models import Thread, Unsent
from discussions.services import NotSent
from discussions.sitemaps import PublicThreads
from tests import factories

pytestmark = pytest.mark.django_db


def seen_by(user, thread):
    return Thread.objects.with_reading(user).with_standing(user).get(pk=thread.pk)


def test_how_far_others_read_and_what_they_wished_is_not_mine(thread, asker, writer):
    reading.mark_read(by=writer, thread=thread, number=1)
    reading.wish(by=writer, thread=thread, wish="mute")
    seen = seen_by(asker, thread)
    assert (seen.read_to, seen.wish) == (0, "")


def test_what_others_marked_as_read_is_unread_for_me(community, thread, asker, writer):
    reading.mark_all_read(by=writer, place=community)
    assert (seen_by(writer, thread).is_unread, seen_by(asker, thread).is_unread) == (False, True)


def test_what_waits_is_unread_for_nobody_else(community, thread, writer):
    waits = factories.thread(community, "Waits")
    factories.post(waits, state="waiting")
    Thread.objects.filter(pk=waits.pk).update(shown_number=1)
    unread = Thread.objects.unread_by_place(writer, type(community), [community.pk])
    assert unread == {community.pk: 1}


def test_the_pause_of_another_member_is_not_mine(community, thread, asker, writer):
    factories.pause(community, writer)
    assert (seen_by(writer, thread).is_paused, seen_by(asker, thread).is_paused) == (True, False)


def test_what_others_typed_is_not_mine(community, thread, asker, writer):
    unsent.keep(by=writer, place=community, thread=thread, data={"text": "Zqunsent"})
    unsent.keep(by=writer, place=community, thread=None, data={"text": "Zqunsent"})
    assert (seen_by(writer, thread).has_unsent, seen_by(asker, thread).has_unsent) == (True, False)
    assert [Unsent.objects.of(asker, community, one).exists() for one in (thread, None)] == [False, False]


def test_a_post_that_is_hidden_is_not_translated(thread, writer):
    post = factories.post(thread, "Hidden.", state="hidden")
    with pytest.raises(NotSent, match="not shown at the moment"):
        services.translate_post(by=writer, post=post, language="fr", text="Cachée.")


def test_whoever_did_not_ask_marks_no_answer(thread, writer):
    with pytest.raises(PermissionError):
        tools.mark_answer(by=writer, thread=thread, post=None)


def test_the_map_names_no_file_of_private_threads():
    factories.post(factories.thread(factories.community(access="private")))
    assert PublicThreads().numbers() == []


def test_who_moderates_one_community_does_nothing_to_a_thread_of_another(send, facilitator, thread):
    elsewhere = factories.thread(factories.community("Elsewhere"), "Not theirs")
    post = factories.post(elsewhere)
    here = thread.get_absolute_url().rpartition(f"{thread.pk}-")[0] + f"{elsewhere.pk}-not-theirs/"
    assert send(facilitator, f"{here}pin/", on="1").status_code == 404
    assert send(facilitator, f"{here}posts/{post.pk}/edit/", text="Mine.").status_code == 404
    elsewhere.refresh_from_db()
    assert not elsewhere.is_pinned
