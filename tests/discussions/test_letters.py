"""Letters about posts: what they say, that the right to see is asked when they leave, and that one stops them."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from communities.models import Membership
from discussions import notices, reading
from discussions.models import Mention, Post, Reading, Thread
from members.models import User
from notifications import digests, following, sending, unsubscribing
from notifications import notices as told
from notifications.models import Letter, Notice
from people.models import Block
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def private(db):
    return factories.community("Behind closed doors", access="private")


@pytest.fixture
def reader(community, private):
    made = factories.member("Lucia Reyes")
    for place in (community, private):
        factories.membership(place, made)
    return made


@pytest.fixture
def hidden_thread(private, writer):
    """A discussion in the private community."""
    factories.membership(private, writer)
    made = factories.thread(private, "What nobody outside knows", author=writer)
    factories.post(made, "It begins.")
    return made


def tell(thread, author, text="They do.", *, mentions=None, **fields) -> Post:
    post = factories.post(thread, text, author=author, **fields)
    if mentions:
        Mention.objects.create(post=post, user=mentions)
    notices.tell(notices._told_of([post.pk])[0])
    return post


def letter_to(user) -> Letter:
    return Letter.objects.get(user=user)


def summary_of(user) -> Letter:
    Notice.objects.filter(user=user).update(summary_due_at=timezone.now())
    digests.gather()
    return Letter.objects.select_related("user").get(user=user, kind="digest")


def shape(letter: Letter) -> list:
    """Community, reason, items."""
    return [
        (place["heading"], reason["heading"], [item["text"] for item in reason["items"]])
        for section in digests.context_of(letter)["sections"]
        for place in section["parts"]
        for reason in place["parts"]
    ]


# ---------- What a letter says ----------


@pytest.mark.parametrize(
    ("language", "subject", "first", "button"),
    [
        ("en", "Rosa Quispe answered you: ", "Rosa Quispe answered you in Cash and care:", "Read the discussion and"),
        ("fr", "Rosa Quispe vous a répondu : ", "vous a répondu dans Cash and care", "Lire la discussion et"),
        ("es", "Rosa Quispe le respondió: ", "Rosa Quispe le respondió en Cash and care:", "Leer el debate y"),
    ],
)
def test_it_says_who_wrote_where_and_what(thread, asker, writer, language, subject, first, button):
    User.objects.filter(pk=asker.pk).update(language=language)
    post = tell(thread, writer, "The **state** pays.")
    sending.send_due()
    (sent,) = mail.outbox
    assert sent.subject == f"{subject}Care credits in Kenya"
    (html, _type), *_rest = sent.alternatives
    for part in (sent.body, html):
        assert first in part
        assert "The state pays." in part
        assert button in part
        assert f"/{language}/connect/communities/{thread.record.slug}/discussions/{thread.address}/" in part
        assert f"#{post.anchor}" in part


def test_words_in_another_language_say_so(thread, asker, writer):
    tell(thread, writer, "L’État paie.", language="fr")
    sending.send_due()
    (sent,) = mail.outbox
    assert "(French)" in sent.body
    (html, _type), *_rest = sent.alternatives
    assert ' lang="fr" dir="auto"' in html


def test_long_words_are_cut(thread, asker, writer):
    tell(thread, writer, "word " * 600)
    assert len(letter_to(asker).context["text"]) <= notices.LONGEST


def test_what_is_typed_as_markup_stays_text(thread, asker, writer):
    tell(thread, writer, "<script>alert(1)</script> {{ base_url }}")
    sending.send_due()
    (html, _type), *_rest = mail.outbox[0].alternatives
    assert "&lt;script&gt;alert(1)" in html
    assert "{{ base_url }}" in html


# ---------- The right to see it, when it leaves ----------


def hide(post, writer, reader):
    Post.objects.filter(pk=post.pk).update(state="hidden")


def remove(post, writer, reader):
    Post.objects.filter(pk=post.pk).update(state="removed", state_reason="Spam.", state_at=timezone.now())


def hide_its_thread(post, writer, reader):
    Thread.objects.filter(pk=post.thread_id).update(state="hidden")


def shut_out(post, writer, reader):
    Membership.objects.filter(user=reader).update(state="removed")


def mute(post, writer, reader):
    reading.wish(by=reader, thread=post.thread, wish="mute")


def keep_apart(post, writer, reader):
    Block.objects.create(blocker=reader, blocked=writer)


def close_the_author(post, writer, reader):
    User.objects.filter(pk=writer.pk).update(is_active=False)


def move_away(post, writer, reader):
    elsewhere = factories.community("Elsewhere", access="private")
    Thread.objects.filter(pk=post.thread_id).update(object_id=elsewhere.pk)


CHANGES = [hide, remove, hide_its_thread, shut_out, mute, keep_apart, close_the_author, move_away]


@pytest.mark.parametrize("change", CHANGES)
def test_a_letter_is_held_back_by_what_happened_since(hidden_thread, writer, reader, change):
    change(tell(hidden_thread, writer, mentions=reader), writer, reader)
    sending.send_due()
    letter = letter_to(reader)
    assert (letter.state, letter.reason) == (Letter.State.SKIPPED, "no_longer_visible")
    assert mail.outbox == []


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


def test_forty_letters_are_asked_about_in_the_queries_of_two(thread, community, writer, django_assert_num_queries):
    def letters(number: int) -> list[Letter]:
        post = factories.post(thread, author=writer)
        for _ in range(number):
            reader = factories.membership(community, factories.member()).user
            Mention.objects.create(post=post, user=reader)
        notices.tell(notices._told_of([post.pk])[0])
        mine = Letter.objects.filter(occasion=f"post:{post.pk}", kind="mention")
        return list(mine.select_related("user__letter_preference"))

    for some in (letters(2), letters(40)):
        hide(Post.objects.get(pk=some[0].context["about"][0][1]), None, None)
        with django_assert_num_queries(3):  # addresses that are suspended, posts, and the letters that are skipped
            assert sending._allowed(some) == []
    for some in (letters(2), letters(40)):
        with django_assert_num_queries(6):
            assert len(sending._allowed(some)) == len(some)


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


# ---------- Stopping one ----------


@pytest.fixture
def strict() -> Client:
    """As mail programs come: no cookie, no form of ours."""
    return Client(enforce_csrf_checks=True)


def wish(user, thread) -> str:
    return Reading.objects.filter(user=user, thread=thread).values_list("wish", flat=True).first() or ""


def test_the_header_and_the_foot_stop_the_discussion(thread, asker, writer, strict):
    tell(thread, writer)
    sending.send_due()
    (sent,) = mail.outbox
    address = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for words in ("Stop this discussion:", "No more letters of this kind:", "No more letters at all:", address):
        assert words in sent.body
    assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert wish(asker, thread) == "mute"


def test_of_a_new_discussion_it_stops_the_kind(community, asker, writer, strict):
    told.preferences.choose(user=asker, frequencies={"new_thread": "at_once"})
    tell(factories.thread(community, author=writer), writer)
    sending.send_due()
    (sent,) = mail.outbox
    strict.post(sent.extra_headers["List-Unsubscribe"].strip("<>"))
    assert told.preferences.of(asker).frequencies == {"new_thread": "never"}


def stop_path(user, thread) -> str:
    return unsubscribing.path(user, "reply", "en", f"thread:{thread.pk}")


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete"])
def test_only_posting_mutes(thread, asker, strict, method):
    getattr(strict, method)(stop_path(asker, thread))
    assert wish(asker, thread) == ""


def test_the_page_names_the_discussion(thread, asker, client):
    assert "the discussion “Care credits in Kenya”" in client.get(stop_path(asker, thread)).content.decode()


def test_but_not_to_whom_it_is_shut(hidden_thread, reader, client):
    path = stop_path(reader, hidden_thread)
    Membership.objects.filter(user=reader).update(state="removed")
    page = client.get(path).content.decode()
    assert "nobody outside" not in page
    assert "this discussion" in page


def test_it_can_be_undone(thread, asker, client):
    reading.wish(by=asker, thread=thread, wish="follow")
    response = client.post(stop_path(asker, thread))
    assert wish(asker, thread) == "mute"
    client.post("/en/letters/undo/", {"token": response.context["undo_token"]})
    assert wish(asker, thread) == "follow"


def test_what_is_muted_offers_nothing_to_undo(thread, asker, client):
    client.post(stop_path(asker, thread))
    assert not client.post(stop_path(asker, thread)).context["undo_token"]
    assert wish(asker, thread) == "mute"


def test_a_discussion_that_is_gone_is_no_error(thread, asker, client):
    path = stop_path(asker, thread)
    thread.delete()
    assert client.post(path).status_code == 200


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
