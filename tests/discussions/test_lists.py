"""Lists of discussions: in a place, and of all places."""

from datetime import timedelta

import pytest
from django.utils import timezone
from lxml import html

from discussions import reading
from discussions.models import AllRead, Reading, Thread
from tests import factories

pytestmark = pytest.mark.django_db
EVERYWHERE = "/en/connect/discussions/"


def page(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def titles(tree):
    return [one.text_content() for one in tree.cssselect(".topic__title a")]


def row(tree, title):
    return next(one for one in tree.cssselect(".topic") if title in one.text_content())


def begun(place, title, by, **fields):
    made = factories.thread(place, title, author=by, **fields)
    factories.post(made, f"About {title}", author=by)
    Thread.objects.filter(pk=made.pk).update(shown_number=1)
    return made


@pytest.fixture
def here(community):
    return community.get_absolute_url()


class TestInAPlace:
    def test_an_empty_one_says_how_to_begin(self, client, here):
        assert "Nobody has written here yet. Start with a question." in page(client, here).text_content()

    def test_pinned_ones_stand_first_then_the_newest_reply(self, client, here, community, asker):
        old, new = begun(community, "Old", asker), begun(community, "New", asker)
        pinned = begun(community, "Pinned", asker, is_pinned=True)
        Thread.objects.filter(pk=old.pk).update(last_at=timezone.now() - timedelta(days=2))
        Thread.objects.filter(pk=pinned.pk).update(last_at=timezone.now() - timedelta(days=9))
        tree = page(client, here)
        assert titles(tree) == ["Pinned", "New", "Old"]
        assert "Pinned" in row(tree, "Pinned").cssselect(".label--accent")[0].text
        assert new.title in titles(tree)

    def test_a_row_says_who_replied_when_and_how_often(self, client, here, thread, writer):
        post = factories.post(thread, author=writer, created_at=timezone.now() - timedelta(hours=2))
        Thread.objects.update(last_at=post.created_at)
        words = " ".join(row(page(client, here), "Care credits").text_content().replace("\xa0", " ").split())
        assert "Rosa Quispe replied 2 hours ago" in words
        assert "1reply" in words

    def test_a_row_says_that_a_question_is_answered_and_in_which_language(self, client, here, thread, writer):
        post = factories.post(thread, author=writer)
        Thread.objects.update(answer=post, language="fr")
        tree = page(client, here)
        assert row(tree, "Care credits").cssselect(".label--good")[0].text == "Answered"
        assert row(tree, "Care credits").cssselect('[lang="fr"]')
        assert "French" in row(tree, "Care credits").text_content()

    @pytest.mark.parametrize(
        ("kind", "found"),
        [
            ("", {"Q", "A", "N"}),
            ("question", {"Q", "A"}),
            ("unanswered", {"Q"}),
            ("news", {"N"}),
            ("call", set()),
            ("nonsense", {"Q", "A", "N"}),
        ],
    )
    def test_it_is_narrowed_by_kind(self, client, here, community, asker, kind, found):
        begun(community, "Q", asker)
        answered = begun(community, "A", asker)
        Thread.objects.filter(pk=answered.pk).update(answer=answered.posts.get())
        begun(community, "N", asker, kind="news")
        assert set(titles(page(client, here, kind=kind))) == found

    @pytest.mark.parametrize(("words", "found"), [("care", 1), ("PAYS credits", 1), ("pays nothing", 0), ("\0", 1)])
    def test_words_are_found_in_titles_and_posts(self, client, here, thread, words, found):
        assert len(titles(page(client, here, q=words))) == found

    def test_words_of_what_is_not_shown_find_nothing(self, client, here, thread, writer):
        factories.post(thread, "A secret word", author=writer, state="hidden")
        assert titles(page(client, here, q="secret")) == []

    def test_twenty_stand_on_a_page(self, client, here, community, asker):
        for number in range(25):
            begun(community, f"Thread {number}", asker)
        assert len(titles(page(client, here))) == 20
        assert len(titles(page(client, here, page=2))) == 5

    def test_what_waits_is_listed_for_its_author_and_moderators(
        self, client, enter, here, community, newcomer, facilitator
    ):
        begun(community, "Waits", newcomer, state="waiting")
        Thread.objects.update(state="waiting")
        assert titles(page(client, here)) == []
        assert titles(page(enter(newcomer), here)) == titles(page(enter(facilitator), here)) == ["Waits"]

    def test_members_start_one_and_visitors_do_not(self, client, enter, here, writer):
        assert not page(client, here).cssselect('a[href$="/discussions/start/"]')
        assert page(enter(writer), here).cssselect('a[href$="/discussions/start/"]')

    @pytest.mark.parametrize("rows", [1, 20])
    def test_as_many_questions_however_many_rows(
        self, enter, client, here, community, asker, writer, rows, django_assert_max_num_queries
    ):
        for number in range(rows):
            factories.post(begun(community, f"Thread {number}", asker), author=writer)
        with django_assert_max_num_queries(10):
            page(client, here)
        member = enter(writer)
        with django_assert_max_num_queries(12):
            page(member, here)


class TestUnread:
    def test_what_is_new_has_a_dot_and_a_word_until_it_is_read(self, enter, here, thread, writer):
        client = enter(writer)
        found = row(page(client, here), "Care credits")
        assert "topic--new" in found.get("class")
        assert found.cssselect(".vh")[0].text.strip() == "Unread:"
        client.get(thread.get_absolute_url())
        assert not page(client, here).cssselect(".topic--new")

    def test_a_new_reply_makes_it_new_again(self, enter, here, thread, writer, asker):
        client = enter(writer)
        client.get(thread.get_absolute_url())
        factories.post(thread, author=asker)
        Thread.objects.update(shown_number=2)
        assert page(client, here).cssselect(".topic--new")

    def test_all_can_be_marked_as_read(self, enter, here, thread, writer):
        client = enter(writer)
        assert "1 unread." in page(client, here).text_content()
        assert client.post(f"{here}discussions/read/").status_code == 302
        assert not page(client, here).cssselect(".topic--new")
        assert AllRead.objects.get().user == writer

    def test_what_nobody_touched_for_a_month_is_not_new(self, enter, here, thread, writer):
        Thread.objects.update(last_at=timezone.now() - timedelta(days=31))
        assert not page(enter(writer), here).cssselect(".topic--new")

    def test_what_is_muted_is_not_new(self, enter, here, thread, writer):
        reading.wish(by=writer, thread=thread, wish="mute")
        assert not page(enter(writer), here).cssselect(".topic--new")

    def test_visitors_have_no_marks(self, client, here, thread):
        assert not page(client, here).cssselect(".topic--new")


class TestWishes:
    @pytest.mark.parametrize("wish", ["follow", "mute", ""])
    def test_a_press_is_kept(self, send, writer, thread, wish):
        send(writer, f"{thread.get_absolute_url()}wish/", wish=wish)
        assert Reading.objects.get(user=writer).wish == wish

    def test_there_is_no_other_wish(self, send, writer, thread):
        assert send(writer, f"{thread.get_absolute_url()}wish/", wish="shout").status_code == 404


class TestEverywhere:
    @pytest.fixture
    def both(self, community, closed, asker):
        factories.membership(closed, asker)
        return begun(community, "In the open", asker), begun(closed, "Behind the door", asker)

    def test_visitors_find_what_everybody_may_read(self, client, both):
        assert titles(page(client, EVERYWHERE)) == ["In the open"]

    def test_members_find_their_own_places_too(self, enter, both, asker, writer):
        assert set(titles(page(enter(asker), EVERYWHERE))) == {"In the open", "Behind the door"}
        assert titles(page(enter(writer), EVERYWHERE)) == ["In the open"]

    def test_each_names_its_place(self, client, both, community):
        assert row(page(client, EVERYWHERE), "In the open").cssselect(f'a[href="{community.get_absolute_url()}"]')

    def test_it_is_narrowed_and_searched(self, client, both):
        assert titles(page(client, EVERYWHERE, kind="news")) == []
        assert titles(page(client, EVERYWHERE, q="open")) == ["In the open"]

    def test_the_number_of_a_discussion_leads_there_for_whoever_may_read_it(self, client, both):
        opened, shut = both
        assert client.get(f"{EVERYWHERE}{opened.pk}/")["Location"] == opened.get_absolute_url()
        assert client.get(f"{EVERYWHERE}{shut.pk}/").status_code == 404

    def test_a_visitors_page_is_kept_and_a_members_is_not(self, client, enter, both, asker, django_assert_num_queries):
        client.get(EVERYWHERE)
        with django_assert_num_queries(0):
            client.get(EVERYWHERE)
        assert "public" not in enter(asker).get(EVERYWHERE).headers.get("Cache-Control", "")
