"""What discussions hold about a person, and how it goes."""

import pytest
from django.utils import timezone

from discussions import reading, services, unsent
from discussions.models import AllRead, Attachment, Edit, Mention, Post, Reading, Thread, Unsent
from discussions.privacy import READ, TRANSLATED, TYPED, WRITTEN
from discussions.services import Typed
from files.models import StoredFile
from members import erasure
from tests import factories
from tests.world import stored_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def left(thread, question, asker, writer):
    """A member who wrote, read, translated, typed and was mentioned, and has gone."""
    post = services.write_post(by=writer, thread=thread, typed=Typed("My words.", "en", key="k"))
    Attachment.objects.create(post=post, file=stored_file("pdf", name="mine.pdf"))
    services.edit_post(by=writer, post=post, text="My other words.", language="en")
    services.translate_post(by=writer, post=question, language="fr", text="Qui paie ?")
    reading.wish(by=writer, thread=thread, wish="follow")
    reading.mark_all_read(by=writer, place=thread.record)
    row = unsent.keep(by=writer, place=thread.record, thread=thread, data={"text": "Not yet"})
    row.files.add(stored_file("pdf", name="prepared.pdf"))
    services.write_post(by=asker, thread=thread, typed=Typed(f"@{writer.profile.handle}", "en"))
    return writer


def test_all_of_it_is_in_the_export(left):
    said = [row for holding in (WRITTEN, TRANSLATED, READ, TYPED) for row in holding.export(left)]
    told = str(said)
    for words in (
        "My other words.",
        "My words.",
        "Qui paie ?",
        "Not yet",
        "mine.pdf",
        "mentioned_in",
        "'wish': 'follow'",
    ):
        assert words in told
    assert [path.rpartition("/")[2] for holding in (WRITTEN, TYPED) for path, _file in holding.files(left)] == [
        "mine.pdf",
        "prepared.pdf",
    ]


def test_what_others_read_stays_with_a_former_member(left, thread):
    erasure.erase(user=left)
    post = thread.posts.get(number=2)
    assert (post.text, post.author, post.sent_key) == ("My other words.", None, "")
    assert post.attachments.exists()


def test_what_was_theirs_alone_goes(left):
    erasure.erase(user=left)
    for model in (Reading, AllRead, Unsent, Mention):
        assert not model.objects.filter(user=left).exists(), model
    assert not Edit.objects.exists()
    assert not StoredFile.objects.filter(name="prepared.pdf").exists()


def test_a_translation_stays_without_the_name(left, question):
    erasure.erase(user=left)
    assert [(row.text, row.by) for row in question.translations.all()] == [("Qui paie ?", None)]


def test_what_waited_for_approval_goes(community, newcomer, thread):
    services.write_post(by=newcomer, thread=thread, typed=Typed("First.", "en"))
    services.start_thread(by=newcomer, place=community, kind="news", title="T", typed=Typed("x", "en"))
    erasure.erase(user=newcomer)
    assert Thread.objects.count() == 1
    assert not Post.objects.filter(state="waiting").exists()


def test_the_page_names_a_former_member(left, thread, client):
    erasure.erase(user=left)
    assert "Former member" in client.get(thread.get_absolute_url()).content.decode()


class TestFiles:
    @pytest.fixture
    def stored(self, question):
        stored = stored_file("pdf")
        Attachment.objects.create(post=question, file=stored)
        return stored

    def test_whoever_reads_the_post_reads_its_file(self, client, stored):
        assert client.get(stored.get_absolute_url()).status_code == 200

    @pytest.mark.parametrize("state", ["waiting", "hidden", "removed"])
    def test_with_the_post_goes_its_file_but_for_author_and_moderators(
        self, client, enter, stored, question, asker, writer, facilitator, state
    ):
        question.state, question.state_at, question.state_reason = state, timezone.now(), "x"
        question.save()
        Thread.objects.update(state=state)
        assert client.get(stored.get_absolute_url()).status_code == 404
        assert enter(writer).get(stored.get_absolute_url()).status_code == 404
        for reader in (asker, facilitator):
            assert enter(reader).get(stored.get_absolute_url()).status_code == 200

    def test_a_file_of_a_closed_community_is_its_members_alone(self, client, enter, closed, asker, writer):
        factories.membership(closed, asker)
        stored = stored_file("pdf")
        Attachment.objects.create(post=factories.post(factories.thread(closed, author=asker)), file=stored)
        assert client.get(stored.get_absolute_url()).status_code == 404
        assert enter(writer).get(stored.get_absolute_url()).status_code == 404
        response = enter(asker).get(stored.get_absolute_url())
        assert response.status_code == 200
        assert "public" not in response.headers.get("Cache-Control", "")
