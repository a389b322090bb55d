"""What happens when somebody writes, changes and translates."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from content.caching import generations
from discussions import services
from discussions.models import Edit, Mention, News, Post, Reading, Thread
from discussions.refusals import NotSent
from discussions.services import Typed
from moderation.models import Act, Case, Sanction, Standing
from notifications.models import Letter, Notice
from tests import factories

pytestmark = pytest.mark.django_db


def write(thread, by, text="An answer.", **typed):
    return services.write_post(by=by, thread=thread, typed=Typed(text, "en", **typed))


def remove(post, reason="advertising"):
    before, post.state, post.state_reason, post.state_at = post.state, "removed", reason, timezone.now()
    post.save()
    services.state_changed(post=post, before=before, by=None)


class TestStarting:
    def begin(self, by, place, **typed):
        return services.start_thread(
            by=by, place=place, kind="question", title=" Who\npays? ", typed=Typed("How?", "fr", **typed)
        )

    def test_it_begins_with_its_first_post(self, community, asker):
        thread = self.begin(asker, community)
        (post,) = thread.posts.all()
        assert (thread.title, thread.language, thread.record) == ("Who pays?", "fr", community)
        assert (post.number, post.text, post.state) == (1, "How?", "shown")
        assert (thread.last_number, thread.shown_number, thread.reply_count) == (1, 1, 0)

    def test_whoever_begins_it_follows_it_and_has_read_it(self, community, asker):
        reading = Reading.objects.get(user=asker, thread=self.begin(asker, community))
        assert (reading.wish, reading.read_to) == ("follow", 1)

    def test_that_of_a_new_member_waits_with_all_that_hangs_on_it(self, community, newcomer):
        thread = self.begin(newcomer, community)
        assert (thread.state, thread.posts.get().state) == ("waiting", "waiting")
        assert not News.objects.exists()
        assert Case.objects.get().record == thread.posts.get()

    def test_sent_twice_it_is_one(self, community, asker):
        assert self.begin(asker, community, key="k") == self.begin(asker, community, key="k")
        assert Thread.objects.count() == 1

    def test_nobody_begins_one_where_they_are_no_member(self, closed, asker):
        with pytest.raises(NotSent):
            self.begin(asker, closed)
        assert not Thread.objects.exists()


class TestAnswering:
    def test_the_thread_counts_it_and_is_told_last_by_its_author(self, thread, writer):
        post = write(thread, writer)
        thread.refresh_from_db()
        assert (post.number, thread.reply_count, thread.shown_number, thread.last_by) == (2, 1, 2, writer)
        assert News.objects.get().post == post

    def test_it_counts_towards_the_trust_in_its_author(self, thread, writer):
        write(thread, writer)
        assert Standing.objects.get(user=writer).accepted == 21

    def test_what_waits_is_counted_by_nobody(self, thread, newcomer):
        post = write(thread, newcomer)
        thread.refresh_from_db()
        assert post.state == "waiting"
        assert (thread.last_number, thread.reply_count, thread.shown_number) == (2, 0, 1)
        assert not News.objects.exists()

    def test_an_answer_to_an_answer_hangs_on_the_same_post(self, thread, question, asker, writer):
        first = services.write_post(by=writer, thread=thread, typed=Typed("One.", "en"), reply_to=question)
        second = services.write_post(by=asker, thread=thread, typed=Typed("Two.", "en"), reply_to=first)
        assert first.reply_to == second.reply_to == question

    def test_sent_twice_by_the_same_form_it_is_one_post(self, thread, writer):
        assert write(thread, writer, key="k") == write(thread, writer, key="k")
        assert thread.posts.count() == 2

    def test_a_changed_text_from_the_same_form_is_another_post(self, thread, writer):
        assert write(thread, writer, "One.", key="k") != write(thread, writer, "Two.", key="k")

    def test_the_same_form_key_of_somebody_else_is_theirs(self, thread, writer, asker):
        assert write(thread, writer, key="k") != write(thread, asker, key="k")

    def test_kept_pages_end(self, thread, writer, django_capture_on_commit_callbacks):
        before = generations("discussion")
        with django_capture_on_commit_callbacks(execute=True):
            write(thread, writer)
        assert generations("discussion") != before

    def test_the_place_hears_of_it_once_it_is_committed(
        self, thread, writer, community, django_capture_on_commit_callbacks
    ):
        type(community).objects.update(last_activity_at=timezone.now() - timedelta(days=100))
        with django_capture_on_commit_callbacks(execute=True):
            write(thread, writer)
        community.refresh_from_db()
        assert community.activity == "active"


class TestRefusals:
    def test_a_closed_discussion_says_why(self, thread, writer):
        Thread.objects.update(locked_at=timezone.now(), locked_reason="It was answered.")
        with pytest.raises(NotSent, match=r"It was answered\."):
            write(thread, writer)

    def test_a_paused_member_hears_until_when_and_why(self, thread, writer, community):
        paused = {
            "scope": community,
            "user": writer,
            "kind": "pause",
            "reason": "Calm down.",
            "until": timezone.now() + timedelta(days=2),
        }
        Sanction.objects.create(**paused)
        with pytest.raises(NotSent, match=r"paused .* Calm down\."):
            write(thread, writer)

    def test_a_new_member_writes_five_posts_an_hour(self, thread, newcomer):
        for number in range(5):
            write(thread, newcomer, f"Post {number}")
        with pytest.raises(NotSent, match="5 posts an hour"):
            write(thread, newcomer, "One more")

    def test_others_write_thirty(self, thread, writer):
        for number in range(30):
            factories.post(thread, author=writer, number=number + 2)
        thread.save()
        with pytest.raises(NotSent, match="30 posts an hour"):
            write(thread, writer, "One more")

    def test_what_was_written_earlier_does_not_count(self, thread, writer):
        for number in range(30):
            factories.post(thread, author=writer, number=number + 2, created_at=timezone.now() - timedelta(hours=2))
        assert write(thread, writer).pk

    def test_a_post_holds_ten_links(self, thread, writer):
        assert write(thread, writer, " ".join(["https://a.example"] * 10)).pk
        with pytest.raises(NotSent, match="10 links"):
            write(thread, writer, " ".join(["https://a.example"] * 11))

    def test_nobody_answers_what_waits(self, thread, writer):
        Thread.objects.update(state="waiting")
        with pytest.raises(NotSent):
            write(thread, writer)

    def test_an_archived_community_takes_no_posts(self, thread, writer, community):
        type(community).objects.update(archived_at=timezone.now(), archived_reason="Done.")
        thread.record.refresh_from_db()
        with pytest.raises(NotSent):
            write(thread, writer)


class TestMentions:
    def test_people_of_the_place_are_mentioned_each_once(self, thread, asker, writer):
        post = write(thread, writer, f"@{asker.profile.handle} and @{asker.profile.handle.upper()}")
        assert [one.user for one in post.mentions.all()] == [asker]

    def test_nobody_from_elsewhere_is(self, thread, writer):
        stranger = factories.profile("Somebody Else")
        post = write(thread, writer, f"@{stranger.handle}")
        assert not post.mentions.exists()
        assert "<span>" not in post.html

    def test_whoever_writes_mentions_not_themselves(self, thread, writer):
        assert not write(thread, writer, f"@{writer.profile.handle}").mentions.exists()

    def test_a_change_mentions_whom_it_names_and_no_longer_whom_it_does_not(self, thread, asker, writer, facilitator):
        factories.profile(user=facilitator)
        post = write(thread, writer, f"@{asker.profile.handle}")
        services.edit_post(by=writer, post=post, text=f"@{facilitator.profile.handle}", language="en")
        assert [one.user for one in Mention.objects.all()] == [facilitator]


class TestChanging:
    def test_what_it_said_before_is_kept(self, question, asker):
        services.edit_post(by=asker, post=question, text="Who pays, and how?", language="en")
        question.refresh_from_db()
        edit = Edit.objects.get()
        assert (question.text, question.html) == ("Who pays, and how?", "<p>Who pays, and how?</p>\n")
        assert (edit.text, edit.by, question.edited_at is not None) == ("Who pays for care credits?", asker, True)

    def test_the_same_text_is_no_change(self, question, asker):
        services.edit_post(by=asker, post=question, text=question.text, language="en")
        assert not Edit.objects.exists()

    def test_only_its_author_changes_it(self, question, facilitator):
        with pytest.raises(PermissionError):
            services.edit_post(by=facilitator, post=question, text="No.", language="en")

    def test_nobody_changes_what_was_removed(self, question, asker):
        remove(question)
        with pytest.raises(NotSent):
            services.edit_post(by=asker, post=question, text="Again.", language="en")

    def test_what_was_hidden_is_no_history_for_everybody(self, question, asker):
        Post.objects.update(state="hidden")
        services.edit_post(by=asker, post=question, text="Kinder.", language="en")
        assert not Edit.objects.get().was_shown

    def test_a_new_member_adds_no_links_to_what_everybody_reads(self, thread, newcomer):
        post = write(thread, newcomer, "See https://example.org/a")
        Post.objects.filter(pk=post.pk).update(state="shown")
        services.edit_post(by=newcomer, post=post, text="Look at https://example.org/a please", language="en")
        with pytest.raises(NotSent):
            services.edit_post(by=newcomer, post=post, text="Look at https://example.net/a", language="en")
        post.refresh_from_db()
        assert post.text == "Look at https://example.org/a please"


class TestTranslating:
    def test_there_is_one_of_each_language_the_newest(self, question, writer, facilitator):
        services.translate_post(by=writer, post=question, language="fr", text="Qui paie ?")
        services.translate_post(by=facilitator, post=question, language="fr", text="Qui paie donc ?")
        (row,) = question.translations.all()
        assert (row.text, row.by) == ("Qui paie donc ?", facilitator)

    def test_it_is_outdated_once_the_original_changed(self, question, writer, asker):
        row = services.translate_post(by=writer, post=question, language="fr", text="Qui paie ?")
        services.edit_post(by=asker, post=question, text="Who pays now?", language="en")
        row.post.refresh_from_db()
        assert row.is_outdated

    def test_a_new_member_translates_nothing_yet(self, question, newcomer):
        with pytest.raises(NotSent):
            services.translate_post(by=newcomer, post=question, language="fr", text="Qui paie ?")

    def test_nothing_is_translated_into_its_own_language(self, question, writer):
        with pytest.raises(NotSent):
            services.translate_post(by=writer, post=question, language="en", text="Who pays?")

    def test_whoever_wrote_it_or_moderates_removes_it(self, question, writer, asker, facilitator):
        row = services.translate_post(by=writer, post=question, language="fr", text="Qui paie ?")
        with pytest.raises(PermissionError):
            services.remove_translation(by=asker, translation=row)
        services.remove_translation(by=writer, translation=row)
        assert not question.translations.exists()
        assert not Act.objects.exists(), "one's own words need no reason"

    def test_a_moderator_says_why_and_it_is_told_and_logged(self, question, writer, facilitator):
        row = services.translate_post(by=writer, post=question, language="fr", text="Qui paie ?")
        with pytest.raises(NotSent):
            services.remove_translation(by=facilitator, translation=row, reason=" ")
        services.remove_translation(by=facilitator, translation=row, reason="It says the opposite.")
        act, letter = Act.objects.get(), Letter.objects.get(template="discussions/translation_removed")
        assert (act.verb, act.by, act.whom, act.reason) == ("translation", facilitator, writer, "It says the opposite.")
        assert (letter.user, letter.context["note"]) == (writer, "It says the opposite.")
        assert Notice.objects.filter(user=writer, template="discussions/translation_removed").exists()


class TestDecisions:
    def test_an_approved_post_counts_and_is_told(self, thread, newcomer):
        post = write(thread, newcomer)
        post.state = "shown"
        post.save()
        services.state_changed(post=post, before="waiting", by=None)
        thread.refresh_from_db()
        assert (thread.reply_count, thread.shown_number, thread.last_by) == (1, 2, newcomer)
        assert News.objects.get().post == post

    def test_an_approved_beginning_shows_its_thread(self, community, newcomer):
        thread = services.start_thread(by=newcomer, place=community, kind="news", title="T", typed=Typed("x", "en"))
        post = thread.posts.get()
        post.state = "shown"
        post.save()
        services.state_changed(post=post, before="waiting", by=None)
        assert Thread.objects.published().get() == thread

    def test_a_removed_post_counts_no_more_and_answers_nothing(self, thread, writer, asker):
        post = write(thread, writer)
        Thread.objects.filter(pk=thread.pk).update(answer=post)
        remove(post)
        thread.refresh_from_db()
        assert (thread.reply_count, thread.answer, thread.last_by) == (0, None, asker)

    def test_what_is_restored_is_not_told_again(self, thread, writer):
        post = write(thread, writer)
        News.objects.all().delete()
        services.state_changed(post=post, before="hidden", by=None)
        assert not News.objects.exists()


def test_a_post_costs_few_statements(thread, writer, django_assert_max_num_queries):
    """Of which the database of a server answers each in a fraction of what its commit takes."""
    cache.clear()
    with django_assert_max_num_queries(14):
        write(thread, writer)
