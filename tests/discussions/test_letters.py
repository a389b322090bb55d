"""Letters about posts: what they say, that the right to see is asked when they leave, and how one stops them."""

import pytest
from django.core import mail
from django.test import Client

from communities.models import Membership
from discussions import notices, reading
from discussions.models import Mention, Post, Reading
from members.models import User
from notifications import notices as told
from notifications import sending, unsubscribing
from notifications.models import Letter
from tests import factories
from tests.discussions.telling import CHANGES, hide, letter_to, tell

pytestmark = pytest.mark.django_db


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


@pytest.mark.parametrize("change", CHANGES)
def test_a_letter_is_held_back_by_what_happened_since(hidden_thread, writer, reader, change):
    change(tell(hidden_thread, writer, mentions=reader), writer, reader)
    sending.send_due()
    letter = letter_to(reader)
    assert (letter.state, letter.reason) == (Letter.State.SKIPPED, "no_longer_visible")
    assert mail.outbox == []


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
