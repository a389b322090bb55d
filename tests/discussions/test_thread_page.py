"""The page of a discussion, as each reader sees it."""

import gzip
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from discussions import reading, services
from discussions.models import Attachment, Post, Reading, Thread
from discussions.services import Typed
from tests import factories
from tests.world import stored_file

pytestmark = pytest.mark.django_db


def page(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def words(tree):
    return " ".join(tree.text_content().split())


def set_state(post, state, reason="advertising"):
    post.state, post.state_reason, post.state_at = state, reason, timezone.now()
    post.save()
    services.state_changed(post=post, before="shown", by=None)


@pytest.fixture
def answer(thread, writer, question):
    return services.write_post(by=writer, thread=thread, typed=Typed("The fund does.", "en"), reply_to=question)


class TestReading:
    def test_a_visitor_reads_it_and_is_offered_the_door(self, client, thread):
        tree = page(client, thread.get_absolute_url())
        assert tree.cssselect("h1")[0].text == "Care credits in Kenya"
        assert "Who pays for care credits?" in words(tree)
        assert not tree.cssselect("form[method=post]")
        assert tree.cssselect("#reply a")[0].get("href").endswith("/reply/")

    def test_another_spelling_of_the_title_leads_to_the_address(self, client, thread):
        base = thread.get_absolute_url().rsplit("/", 2)[0]
        response = client.get(f"{base}/{thread.pk}-what-it-was-called/")
        assert (response.status_code, response["Location"]) == (301, thread.get_absolute_url())

    @pytest.mark.parametrize("bad", ["0-x", "no-number", "99999999999999999999-x", "12345678-x"])
    def test_no_thread_is_not_found(self, client, thread, bad):
        base = thread.get_absolute_url().rsplit("/", 2)[0]
        assert client.get(f"{base}/{bad}/").status_code == 404

    @pytest.mark.parametrize("number", ["0", "-1", "x", "99999", "9" * 30, "\0"])
    def test_an_impossible_page_gives_the_nearest(self, client, thread, number):
        assert "Who pays" in words(page(client, thread.get_absolute_url(), page=number))

    def test_a_post_stands_on_the_page_of_its_number_whatever_goes(self, client, thread, writer):
        posts = [factories.post(thread, f"Post {number}", author=writer) for number in range(2, 42)]
        set_state(posts[3], "removed")
        assert posts[19].get_absolute_url() == f"{thread.get_absolute_url()}?page=2#{posts[19].anchor}"
        assert page(client, thread.get_absolute_url(), page=2).cssselect(f"#{posts[19].anchor}")

    def test_words_in_another_language_say_so(self, client, thread, writer):
        factories.post(thread, "Qui décide ?", author=writer, language="fr")
        tree = page(client, thread.get_absolute_url())
        assert tree.cssselect('.post__body[lang="fr"]')
        assert "French" in words(tree)

    def test_names_lead_to_the_pages_the_reader_may_open(self, enter, client, thread, asker, writer):
        type(asker.profile).objects.update(listing="members")
        address = thread.get_absolute_url()
        assert not page(client, address).cssselect(".post__who b a")
        assert page(enter(writer), address).cssselect(".post__who b a")

    def test_a_former_member_has_no_name(self, client, thread, asker):
        asker.is_active = False
        asker.save()
        assert "Former member" in words(page(client, thread.get_absolute_url()))

    def test_the_answer_stands_at_the_head(self, client, thread, answer):
        Thread.objects.update(answer=answer)
        tree = page(client, thread.get_absolute_url())
        assert tree.cssselect(".notice--good a")[0].get("href").endswith(f"#{answer.anchor}")

    def test_an_answer_below_what_it_answers_is_set_in_and_one_further_down_names_it(
        self, client, thread, question, writer
    ):
        def reply(text, to):
            return services.write_post(by=writer, thread=thread, typed=Typed(text, "en"), reply_to=to)

        near = reply("Near.", question)
        reply("Between.", None)
        far = reply("Far.", question)
        tree = page(client, thread.get_absolute_url())
        assert "post--reply" in tree.cssselect(f"#{near.anchor}")[0].get("class")
        assert "post--reply" not in tree.cssselect(f"#{far.anchor}")[0].get("class")
        assert "In reply to Amina Diallo" in words(tree.cssselect(f"#{far.anchor}")[0])

    def test_files_and_records_stand_below_with_format_and_size(self, client, thread, question):
        Attachment.objects.create(post=question, file=stored_file("pdf", name="minutes.pdf"))
        record = factories.publication("A report on care")
        hidden = factories.publication("Not yet public", status="draft", published_at=None)
        for one in (record, hidden):
            Attachment.objects.create(post=question, **services.about(one))
        tree = page(client, thread.get_absolute_url())
        assert "minutes.pdf PDF, " in words(tree.cssselect(".post__with")[0])
        assert "A report on care" in words(tree)
        assert "Not yet public" not in words(tree)


class TestNotShown:
    def test_of_a_removed_post_stays_a_line_with_date_and_reason(self, client, thread, answer):
        set_state(answer, "removed")
        tree = page(client, thread.get_absolute_url())
        assert "A post was removed by a moderator on" in words(tree.cssselect(".post--gone")[0])
        assert "Reason: advertising" in words(tree.cssselect(".post--gone")[0])
        assert "The fund does." not in words(tree)

    def test_a_hidden_post_is_a_line_for_others_and_the_words_for_its_author_and_moderators(
        self, client, enter, thread, answer, asker, writer, facilitator
    ):
        set_state(answer, "hidden", "three reports")
        address = thread.get_absolute_url()
        for reader in (None, asker):
            tree = page(enter(reader) if reader else client, address)
            assert "A post is hidden" in words(tree)
            assert "The fund does." not in words(tree)
        for reader in (writer, facilitator):
            assert "The fund does." in words(page(enter(reader), address))

    def test_of_a_waiting_post_others_see_nothing(self, client, enter, thread, newcomer, asker, facilitator):
        post = services.write_post(by=newcomer, thread=thread, typed=Typed("First words.", "en"))
        address = thread.get_absolute_url()
        for reader in (None, asker):
            assert not page(enter(reader) if reader else client, address).cssselect(f"#{post.anchor}")
        for reader in (newcomer, facilitator):
            tree = page(enter(reader), address)
            assert "Waiting for approval" in words(tree.cssselect(f"#{post.anchor}")[0])

    def test_a_waiting_discussion_is_not_there_for_others(self, client, enter, community, newcomer, asker):
        typed = Typed("First words.", "en")
        made = services.start_thread(by=newcomer, place=community, kind="news", title="New", typed=typed)
        assert client.get(made.get_absolute_url()).status_code == 404
        assert enter(asker).get(made.get_absolute_url()).status_code == 404
        assert enter(newcomer).get(made.get_absolute_url()).status_code == 200

    def test_a_removed_discussion_says_so_and_shows_none_of_its_words(
        self, client, enter, thread, question, writer, answer
    ):
        set_state(question, "removed")
        for reader in (None, writer):
            response = (enter(reader) if reader else client).get(thread.get_absolute_url())
            assert response.status_code == 410
            assert b"Reason: advertising" in response.content
            assert b"The fund does." not in response.content
            assert b"Care credits" not in response.content.replace(thread.address.encode(), b"")


class TestDoors:
    def test_a_closed_community_is_read_by_its_members_alone(self, client, enter, closed, asker, writer):
        factories.membership(closed, asker)
        thread = factories.thread(closed, author=asker)
        factories.post(thread, "Between us.")
        address = thread.get_absolute_url()
        response = client.get(address)
        assert (response.status_code, "/login/" in response["Location"]) == (302, True)
        response = enter(asker).get(address)
        assert b"Between us." in response.content
        assert "public" not in response.headers.get("Cache-Control", "")

    def test_the_thread_of_another_community_is_not_shown_under_this_one(self, client, closed, community, asker):
        factories.membership(closed, asker)
        thread = factories.thread(closed, author=asker)
        factories.post(thread)
        elsewhere = f"{community.get_absolute_url()}discussions/{thread.address}/"
        assert client.get(elsewhere).status_code == 404


class TestMarks:
    def test_reading_moves_a_members_mark_to_the_last_post_of_the_page(self, enter, thread, writer, asker):
        for number in range(2, 25):
            factories.post(thread, f"Post {number}", author=asker)
        client = enter(writer)
        page(client, thread.get_absolute_url())
        assert Reading.objects.get(user=writer).read_to == 20
        page(client, thread.get_absolute_url(), page=2)
        page(client, thread.get_absolute_url())
        assert Reading.objects.get(user=writer).read_to == 24

    def test_looking_at_the_head_alone_reads_nothing(self, enter, thread, writer):
        enter(writer).head(thread.get_absolute_url())
        assert not Reading.objects.exists()

    def test_a_database_that_cannot_write_costs_a_mark_and_no_page(self, enter, thread, writer, monkeypatch):
        def fail():
            raise DatabaseError("read only")

        monkeypatch.setattr(reading, "connection", SimpleNamespace(cursor=fail))
        assert page(enter(writer), thread.get_absolute_url()) is not None
        assert not Reading.objects.exists()


class TestSpeed:
    @pytest.fixture
    def full(self, thread, asker, writer):
        """Twenty posts by twenty members, with files, records, mentions and translations."""
        record = factories.publication("A report on care")
        for number in range(2, 21):
            author = factories.profile(f"Member {number}").user
            post = factories.post(
                thread, f"@{asker.profile.handle} says that funds of kind {number} pay for it. " * 4, author=author
            )
            post.html = post.html.replace(f"@{asker.profile.handle}", f"<span>@{asker.profile.handle}</span>")
            post.language, post.reply_to_id = "fr", thread.posts.get(number=1).pk
            post.save()
            post.translations.create(language="en", text="They pay.", html="<p>They pay.</p>", by=writer)
            Attachment.objects.create(post=post, file=stored_file("pdf"))
            Attachment.objects.create(post=post, **services.about(record))
        return thread

    def test_twenty_posts_cost_a_visitor_ten_questions_at_most(self, client, full, django_assert_max_num_queries):
        address = full.get_absolute_url()
        ContentType.objects.get_for_model(type(factories.publication()))  # known to a process that has run for a while
        with django_assert_max_num_queries(10):
            page(client, address)

    def test_and_a_member_twelve(self, enter, full, writer, django_assert_max_num_queries):
        client, address = enter(writer), full.get_absolute_url()
        page(client, address)
        Reading.objects.all().delete()
        with django_assert_max_num_queries(12):
            page(client, address)

    def test_as_many_as_two_posts_cost(self, enter, full, writer):
        client = enter(writer)
        client.get(full.get_absolute_url())
        with CaptureQueriesContext(connection) as twenty:
            client.get(full.get_absolute_url())
        Post.objects.filter(number__gt=2).delete()
        with CaptureQueriesContext(connection) as two:
            client.get(full.get_absolute_url())
        assert len(twenty) == len(two)

    def test_twenty_posts_weigh_twelve_kilobytes_at_most(self, client, enter, full, writer):
        for reader in (client, enter(writer)):
            assert len(gzip.compress(reader.get(full.get_absolute_url()).content, 6)) <= 12_288

    def test_a_visitors_page_is_kept_until_somebody_writes(
        self, client, thread, writer, django_assert_num_queries, django_capture_on_commit_callbacks
    ):
        client.get(thread.get_absolute_url())
        with django_assert_num_queries(0):
            client.get(thread.get_absolute_url())
        with django_capture_on_commit_callbacks(execute=True):
            services.write_post(by=writer, thread=thread, typed=Typed("Something new.", "en"))
        assert b"Something new." in client.get(thread.get_absolute_url()).content

    def test_ten_thousand_posts_cost_no_more(self, client, thread, writer, django_assert_max_num_queries):
        old = timezone.now() - timedelta(days=1)
        Post.objects.bulk_create(
            Post(thread=thread, number=number, author=writer, language="en", text="x", html="<p>x</p>", created_at=old)
            for number in range(2, 10_001)
        )
        Thread.objects.update(last_number=10_000, shown_number=10_000, reply_count=9_999)
        with django_assert_max_num_queries(10):
            tree = page(client, thread.get_absolute_url(), page=500)
        assert len(tree.cssselect("article.post")) == 20
