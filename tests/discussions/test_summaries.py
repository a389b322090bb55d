"""Posts in summaries, among notices and in the outbox: by community and reason, once, for whom may see them."""

import pytest
from django.core import mail

from communities.models import Membership
from discussions import reading
from notifications import digests, following, sending
from notifications import notices as told
from notifications.models import Letter, Notice
from tests import factories
from tests.discussions.telling import CHANGES, hide_its_thread, letter_to, shape, summary_of, tell

pytestmark = pytest.mark.django_db


# ---------- Summaries ----------


def test_a_summary_goes_by_community_and_reason(hidden_thread, thread, community, writer, reader):
    for one in (thread, hidden_thread):
        reading.wish(by=reader, thread=one, wish="follow")
    tell(hidden_thread, writer)
    other = factories.thread(community, "Another question", author=writer)
    tell(other, writer)
    tell(thread, writer)
    letter = summary_of(reader)
    assert [section["heading"] for section in digests.context_of(letter)["sections"]] == ["My communities"]
    assert sorted(shape(letter)) == [
        ("Behind closed doors", "New in discussions I follow", ["What nobody outside knows"]),
        ("Cash and care", "New discussions in my communities", ["Another question"]),
        ("Cash and care", "New in discussions I follow", ["Care credits in Kenya"]),
    ]


def test_a_discussion_stands_once_however_much_of_it_is_new(thread, writer, reader):
    reading.wish(by=reader, thread=thread, wish="follow")
    first = tell(thread, writer)
    tell(thread, writer)
    tell(thread, writer)
    (section,) = digests.context_of(summary_of(reader))["sections"]
    (item,) = section["parts"][0]["parts"][0]["items"]
    assert item["note"] == "3 new posts"
    assert item["path"].endswith(f"#{first.anchor}")


def test_its_strongest_reason_is_the_one_that_stands_there(thread, writer, reader):
    Notice.objects.all().delete()
    reading.wish(by=reader, thread=thread, wish="follow")
    tell(thread, writer)
    told.preferences.choose(user=reader, frequencies={"mention": "daily"})
    tell(thread, writer, mentions=reader)
    assert shape(summary_of(reader)) == [
        ("Cash and care", "A member mentions me in a discussion", ["Care credits in Kenya"])
    ]


def test_what_was_read_on_the_site_is_left_out(thread, writer, reader):
    reading.wish(by=reader, thread=thread, wish="follow")
    post = tell(thread, writer)
    letter = summary_of(reader)
    reading.mark_read(by=reader, thread=thread, number=post.number)
    assert digests.context_of(letter) is None


def test_so_is_what_was_marked_as_read(thread, writer, reader):
    reading.wish(by=reader, thread=thread, wish="follow")
    tell(thread, writer)
    letter = summary_of(reader)
    reading.mark_all_read(by=reader, place=thread.record)
    assert digests.context_of(letter) is None


def test_a_full_summary_stays_small_enough_for_a_slow_line(community, writer, reader):
    for number in range(60):
        tell(factories.thread(community, f"A question with a rather long title, number {number} " * 3), writer)
    summary_of(reader)
    Letter.objects.exclude(kind="digest").delete()
    sending.send_due()
    sent = next(one for one in mail.outbox if one.to == [reader.email])
    assert "And 30 more on your page" in sent.body
    (html, _type), *_rest = sent.alternatives
    assert len(html.encode()) < 30_000


@pytest.mark.parametrize("change", CHANGES)
def test_a_summary_leaves_out_what_happened_to_be_shut_since(hidden_thread, thread, asker, writer, reader, change):
    reading.wish(by=reader, thread=hidden_thread, wish="follow")
    post = tell(hidden_thread, writer)
    letter = summary_of(reader)
    assert digests.context_of(letter)
    change(post, writer, reader)
    assert digests.context_of(letter) is None


def test_a_summary_that_waited_is_made_anew_where_a_part_was_shut(hidden_thread, thread, writer, reader):
    for one in (thread, hidden_thread):
        reading.wish(by=reader, thread=one, wish="follow")
        tell(one, writer)
    letter = summary_of(reader)
    Letter.objects.filter(pk=letter.pk).update(context=digests.context_of(letter))  # the server asked to come back
    hide_its_thread(hidden_thread.posts.last(), writer, reader)
    sending.send_due()
    (sent,) = [one for one in mail.outbox if one.to == [reader.email]]
    assert "Care credits in Kenya" in sent.body
    assert "nobody outside" not in sent.body


# ---------- On pages ----------


def test_a_notice_leads_to_the_post(thread, asker, writer, client):
    post = tell(thread, writer)
    client.force_login(asker)
    page = client.get("/en/me/notices/").content.decode()
    assert f'#{post.anchor}">Care credits in Kenya</a>' in page
    assert "Rosa Quispe · Cash and care · you are answered" in page


def test_one_who_was_shut_out_does_not_learn_that_there_was_something(hidden_thread, writer, reader, client):
    tell(hidden_thread, writer, mentions=reader)
    assert told.unread_count(reader) == 1
    Membership.objects.filter(user=reader).update(state="removed")
    client.force_login(reader)
    page = client.get("/en/me/notices/").content.decode()
    assert "no longer open to you" not in page
    assert "nobody outside" not in page
    assert told.unread_count(reader) == 0


def test_reasons_have_names_for_whom_may_read_there(hidden_thread, private, reader, asker, community):
    reasons = [f"thread:{hidden_thread.pk}", f"community:{private.pk}", f"community:{community.pk}"]
    assert following.names_of(reasons, reader) == {
        f"thread:{hidden_thread.pk}": "What nobody outside knows",
        f"community:{private.pk}": "Behind closed doors",
        f"community:{community.pk}": "Cash and care",
    }
    assert following.names_of(reasons, asker) == {f"community:{community.pk}": "Cash and care"}


def test_a_discussion_is_not_followed_by_the_address_of_topics(thread, asker, client):
    client.force_login(asker)
    assert client.post(f"/en/follow/thread/{thread.pk}/").status_code == 404


@pytest.mark.parametrize("summed_up", [False, True])
def test_editors_read_in_the_outbox_what_they_may_read_there(hidden_thread, thread, writer, reader, client, summed_up):
    """A private community is private to them too; what everybody reads they read."""
    for one, is_open in ((hidden_thread, False), (thread, True)):
        Notice.objects.all().delete()
        Letter.objects.all().delete()
        tell(one, writer, mentions=reader)
        letter = summary_of(reader) if summed_up else letter_to(reader)
        for is_superuser in (False, True):
            client.force_login(factories.member(is_staff=True, is_superuser=is_superuser))
            page = client.get(letter.get_absolute_url(), follow=True)
            assert (one.title in page.content.decode()) is is_open
