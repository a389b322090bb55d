"""Forms in which members write: nothing typed is lost, nothing sent twice is two."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from lxml import html

from discussions import unsent
from discussions.models import Post, Thread, Unsent
from files.models import StoredFile
from moderation.models import Sanction
from tests import factories
from tests.files.making import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def reply_to(thread):
    return f"{thread.get_absolute_url()}reply/"


@pytest.fixture
def start(community):
    return f"{community.get_absolute_url()}discussions/start/"


def tree_of(response):
    return html.fromstring(response.content.decode())


def typed_in(tree):
    return tree.cssselect("textarea[name=text]")[0].text.strip()


def minutes(name="minutes.pdf"):
    return SimpleUploadedFile(name, pdf(), content_type="application/pdf")


class TestStarting:
    NEW = {"kind": "question", "title": "Who pays?", "text": "Does **anybody** know?", "language": "fr"}

    def test_it_leads_to_the_discussion(self, send, asker, start):
        response = send(asker, start, **self.NEW)
        made = Thread.objects.get()
        assert (made.title, made.kind, made.language) == ("Who pays?", "question", "fr")
        assert response["Location"] == made.get_absolute_url()

    def test_the_language_is_the_readers_unless_they_say_otherwise(self, enter, asker, start):
        tree = tree_of(enter(asker).get(start.replace("/en/", "/es/")))
        assert tree.cssselect("select[name=language] option[selected]")[0].get("value") == "es"

    def test_what_is_missing_is_said_at_the_field_and_the_rest_is_kept(self, send, asker, start):
        tree = tree_of(send(asker, start, **self.NEW | {"title": "", "kind": ""}))
        assert len(tree.cssselect(".error-summary li")) == 2
        assert len(tree.cssselect(".field__error")) == 2
        assert typed_in(tree) == "Does **anybody** know?"
        assert not Thread.objects.exists()

    def test_a_new_member_is_told_that_it_waits(self, send, newcomer, start):
        response = send(newcomer, start, **self.NEW)
        page = tree_of(newcomer_page(response, send, newcomer))
        assert "A moderator looks at your first posts" in page.text_content()

    @pytest.mark.parametrize(
        "bad", [{"kind": "rant"}, {"language": "xx"}, {"title": "x" * 201}, {"text": "x" * 20_001}, {"text": " \n "}]
    )
    def test_bad_input_writes_nothing(self, send, asker, start, bad):
        assert send(asker, start, **self.NEW | bad).status_code == 200
        assert not Thread.objects.exists()

    def test_nobody_else_starts_one(self, client, start, community, enter):
        assert "/login/" in client.post(start, self.NEW)["Location"]
        type(community).objects.update(access="private")
        assert enter(factories.member("Stranger")).post(start, self.NEW).status_code == 404
        assert not Thread.objects.exists()


def newcomer_page(response, send, newcomer):
    from django.test import Client

    client = Client()
    client.force_login(newcomer)
    client.cookies.update(response.cookies)
    return client.get(response["Location"])


class TestReplying:
    def test_it_leads_to_the_post(self, send, writer, reply_to, thread):
        response = send(writer, reply_to, text="The fund.")
        post = thread.posts.get(number=2)
        assert response["Location"] == post.get_absolute_url()

    def test_it_hangs_on_the_post_that_was_answered(self, send, writer, reply_to, question):
        send(writer, reply_to, to=str(question.pk))
        assert Post.objects.get(number=2).reply_to == question

    @pytest.mark.parametrize("to", ["", "0", "x", "99999", "9" * 30])
    def test_what_is_no_post_of_the_discussion_is_answered_by_none(self, send, writer, reply_to, to):
        assert send(writer, reply_to, to=to).status_code == 302
        assert Post.objects.get(number=2).reply_to is None

    def test_a_quote_stands_in_the_form(self, enter, writer, reply_to, question):
        tree = tree_of(enter(writer).get(f"{reply_to}?quote={question.pk}"))
        assert typed_in(tree) == "> Who pays for care credits?"
        assert tree.cssselect("input[name=to]")[0].get("value") == str(question.pk)

    def test_the_box_under_the_discussion_sends_to_the_form(self, enter, writer, thread, reply_to):
        tree = tree_of(enter(writer).get(thread.get_absolute_url()))
        assert tree.cssselect("#reply form")[0].get("action") == reply_to

    def test_two_presses_of_one_button_are_one_post(self, enter, writer, reply_to, thread):
        client = enter(writer)
        key = tree_of(client.get(reply_to)).cssselect("input[name=key]")[0].get("value")
        first, second = (client.post(reply_to, {"text": "Once.", "language": "en", "key": key}) for _ in "12")
        assert first["Location"] == second["Location"]
        assert thread.posts.count() == 2

    def test_each_form_has_a_key_of_its_own(self, enter, writer, reply_to):
        keys = {tree_of(enter(writer).get(reply_to)).cssselect("input[name=key]")[0].get("value") for _ in "12"}
        assert len(keys) == 2


class TestPreview:
    def test_it_shows_the_text_and_sends_nothing(self, send, writer, reply_to, thread):
        tree = tree_of(send(writer, reply_to, text="A **bold** word.", preview="1"))
        assert tree.cssselect("#preview ~ .post__body strong")[0].text == "bold"
        assert typed_in(tree) == "A **bold** word."
        assert thread.posts.count() == 1

    def test_a_file_is_safely_stored_and_comes_with_the_post(self, send, enter, writer, reply_to, thread):
        tree = tree_of(send(writer, reply_to, preview="1", upload=minutes()))
        assert re.search(r"minutes\.pdf is safely stored, [\d.]+.(kB|byte)", " ".join(tree.text_content().split()))
        send(writer, reply_to)
        post = thread.posts.get(number=2)
        assert [one.file.name for one in post.attachments.all()] == ["minutes.pdf"]
        assert enter(writer).get(post.attachments.get().file.get_absolute_url()).status_code == 200

    def test_a_file_can_be_taken_out_again(self, send, writer, reply_to):
        send(writer, reply_to, preview="1", upload=minutes())
        key = StoredFile.objects.get().key
        assert send(writer, reply_to, drop=key).status_code == 200
        assert not StoredFile.objects.exists()

    def test_a_file_that_we_refuse_is_said_at_its_field_and_the_text_is_kept(self, send, writer, reply_to, thread):
        tree = tree_of(send(writer, reply_to, text="See this.", upload=SimpleUploadedFile("a.exe", b"MZ" * 900)))
        assert tree.cssselect(".field--bad input[name=upload]")
        assert typed_in(tree) == "See this."
        assert thread.posts.count() == 1

    def test_a_post_takes_five_files(self, send, writer, reply_to):
        tree = tree_of(send(writer, reply_to, upload=[minutes(f"{number}.pdf") for number in range(6)]))
        assert "five files at most" in tree.text_content()
        assert StoredFile.objects.count() == 5

    def test_nobody_else_reads_a_file_before_it_is_sent(self, send, enter, writer, asker, reply_to):
        send(writer, reply_to, preview="1", upload=minutes())
        address = StoredFile.objects.get().get_absolute_url()
        assert enter(asker).get(address).status_code == 404
        assert enter(writer).get(address).status_code == 200


class TestRecords:
    def test_a_short_address_names_a_record(self, send, writer, reply_to, thread):
        record = factories.publication("A report on care")
        send(writer, reply_to, record=f"https://portal.example/p/p{record.pk}")
        attachment = thread.posts.get(number=2).attachments.get()
        assert (attachment.object_id, attachment.file) == (record.pk, None)

    @pytest.mark.parametrize("record", ["/p/p99999", "/p/z1", "/p/p" + "9" * 30])
    def test_what_is_no_record_is_said_and_nothing_is_sent(self, send, writer, reply_to, thread, record):
        tree = tree_of(send(writer, reply_to, record=record))
        assert tree.cssselect(".field--bad input[name=record]")
        assert thread.posts.count() == 1

    def test_a_record_that_is_not_public_is_none(self, send, writer, reply_to, thread):
        hidden = factories.publication("Not yet", status="draft", published_at=None)
        send(writer, reply_to, record=f"/p/p{hidden.pk}")
        assert thread.posts.count() == 1

    def test_one_that_was_chosen_stands_in_the_form_and_can_be_taken_out(self, send, writer, reply_to):
        record = factories.publication("A report on care")
        tree = tree_of(send(writer, reply_to, choose=f"p{record.pk}"))
        assert "A report on care" in tree.cssselect(".post__with")[0].text_content()
        tree = tree_of(send(writer, reply_to, drop=f"p{record.pk}"))
        assert not tree.cssselect(".post__with")


class TestKept:
    def test_a_text_that_was_refused_is_there_the_next_time(self, send, enter, writer, thread, reply_to):
        Thread.objects.update(locked_at=timezone.now(), locked_reason="It was answered.")
        tree = tree_of(send(writer, reply_to, text="Too late."))
        assert "It was answered." in tree.text_content()
        assert tree.cssselect("textarea[readonly]")[0].text.strip() == "Too late."
        tree = tree_of(enter(writer).get(thread.get_absolute_url()))
        assert "Your unsent text is kept." in tree.text_content()

    def test_a_member_who_was_paused_meanwhile_reads_why_and_their_text(
        self, send, writer, community, reply_to, thread
    ):
        until = timezone.now() + timedelta(days=2)
        Sanction.objects.create(scope=community, user=writer, kind="pause", reason="Calm down.", until=until)
        tree = tree_of(send(writer, reply_to, text="But I say"))
        assert "Calm down." in tree.text_content()
        assert tree.cssselect("textarea[readonly]")[0].text.strip() == "But I say"
        assert thread.posts.count() == 1

    def test_who_must_sign_in_again_finds_the_text_behind_the_door(self, client, writer, reply_to, thread):
        response = client.post(reply_to, {"text": "Half an hour of work.", "language": "fr"})
        assert "/login/" in response["Location"]
        client.force_login(writer)  # keeps the session, as signing in does
        tree = tree_of(client.get(reply_to))
        assert typed_in(tree) == "Half an hour of work."
        assert tree.cssselect("select[name=language] option[selected]")[0].get("value") == "fr"

    def test_nobody_else_finds_it_elsewhere(self, client, writer, reply_to, start):
        client.post(reply_to, {"text": "Half an hour of work.", "language": "fr"})
        client.force_login(writer)
        assert "Half an hour" not in client.get(start).content.decode()

    def test_sent_it_is_kept_no_longer(self, send, writer, reply_to):
        send(writer, reply_to, preview="1")
        assert Unsent.objects.count() == 1
        send(writer, reply_to)
        assert not Unsent.objects.exists()

    def test_it_can_be_discarded_with_its_files(self, send, writer, reply_to):
        send(writer, reply_to, preview="1", upload=minutes())
        send(writer, reply_to, discard="1")
        assert not Unsent.objects.exists()
        assert not StoredFile.objects.exists()

    def test_it_is_kept_for_a_month(self, send, writer, reply_to):
        send(writer, reply_to, preview="1", upload=minutes())
        assert unsent.remove_forgotten() == 0
        Unsent.objects.update(updated_at=timezone.now() - timedelta(days=31))
        assert unsent.remove_forgotten() == 1
        assert not StoredFile.objects.exists()

    def test_a_beginning_and_an_answer_are_kept_apart(self, send, writer, reply_to, start):
        send(writer, reply_to, text="An answer.", preview="1")
        send(writer, start, text="A beginning.", preview="1")
        assert sorted(row.data["text"] for row in Unsent.objects.all()) == ["A beginning.", "An answer."]

    def test_a_text_for_a_discussion_that_was_moved_goes_along(
        self, send, enter, facilitator, closed, thread, reply_to
    ):
        factories.membership(closed, facilitator, role="facilitator")
        Thread.objects.update(object_id=closed.pk)
        response = send(facilitator, reply_to, text="On the way.")
        assert closed.slug in response["Location"]
        assert typed_in(tree_of(enter(facilitator).get(response["Location"]))) == "On the way."


class TestChanging:
    @pytest.fixture
    def edit(self, thread, question):
        return f"{thread.get_absolute_url()}posts/{question.pk}/edit/"

    def test_its_author_changes_it_and_others_look_it_up(self, send, client, asker, edit, thread, question):
        assert send(asker, edit, text="Who pays, and how?").status_code == 302
        tree = tree_of(client.get(f"{thread.get_absolute_url()}posts/{question.pk}/history/"))
        words = " ".join(tree.text_content().split())
        assert "Amina Diallo changed it on" in words
        assert words.index("Who pays for care credits?") < words.index("Who pays, and how?")

    def test_nobody_else_does(self, send, writer, facilitator, edit, question):
        for other in (writer, facilitator):
            assert send(other, edit, text="No.").status_code == 403
        question.refresh_from_db()
        assert question.text == "Who pays for care credits?"

    def test_a_preview_changes_nothing(self, send, asker, edit, question):
        tree = tree_of(send(asker, edit, text="A **bold** word.", preview="1"))
        assert tree.cssselect("#preview ~ .post__body strong")
        question.refresh_from_db()
        assert question.text == "Who pays for care credits?"

    def test_an_earlier_text_that_was_hidden_is_for_its_author_and_moderators(
        self, client, enter, send, asker, facilitator, edit, thread, question
    ):
        Post.objects.update(state="hidden")
        send(asker, edit, text="Kinder words.")
        Post.objects.update(state="shown")
        client.logout()
        address = f"{thread.get_absolute_url()}posts/{question.pk}/history/"
        assert b"Who pays for care credits?" not in client.get(address).content
        for reader in (asker, facilitator):
            assert b"Who pays for care credits?" in enter(reader).get(address).content


class TestTranslating:
    @pytest.fixture
    def translate(self, thread, question):
        return f"{thread.get_absolute_url()}posts/{question.pk}/translate/"

    def test_readers_of_that_language_see_it_with_the_original_below(self, send, client, writer, translate, thread):
        send(writer, translate, text="Qui paie ?", language="fr")
        tree = tree_of(client.get(thread.get_absolute_url().replace("/en/", "/fr/")))
        assert tree.cssselect(".post__body")[0].text_content().strip() == "Qui paie ?"
        assert tree.cssselect('details [lang="en"]')[0].text_content().strip() == "Who pays for care credits?"
        assert "Rosa Quispe" in tree.cssselect("article.post > .meta")[0].text_content()

    def test_others_see_the_original_alone(self, send, client, writer, translate, thread):
        send(writer, translate, text="Qui paie ?", language="fr")
        assert b"Qui paie" not in client.get(thread.get_absolute_url()).content

    def test_one_that_fell_behind_says_so(self, send, client, writer, asker, translate, thread, question):
        send(writer, translate, text="Qui paie ?", language="fr")
        send(asker, translate.replace("translate", "edit"), text="Who pays now?")
        client.logout()
        tree = tree_of(client.get(thread.get_absolute_url().replace("/en/", "/fr/")))
        assert tree.cssselect("article .label--warn")

    def test_its_own_language_is_not_offered(self, enter, writer, translate):
        tree = tree_of(enter(writer).get(translate))
        assert "en" not in {one.get("value") for one in tree.cssselect("select[name=language] option")}

    def test_whoever_wrote_it_takes_it_away(self, send, writer, asker, translate, question):
        send(writer, translate, text="Qui paie ?", language="fr")
        assert send(asker, f"{translate}remove/", language="fr").status_code == 403
        assert send(writer, f"{translate}remove/", language="fr").status_code == 302
        assert not question.translations.exists()
