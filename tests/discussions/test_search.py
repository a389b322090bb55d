"""What search, feed, data and the permanent address say of discussions: of public ones alone."""

import pytest
from django.utils import timezone

from discussions import services
from discussions.models import Thread
from discussions.services import Typed
from search import services as search
from search.query import Query
from tests import factories
from tests.engines import use_engine

pytestmark = pytest.mark.django_db


@pytest.fixture
def index(settings, tmp_path, monkeypatch):
    use_engine("tantivy", tmp_path / "index", settings, monkeypatch)
    search.rebuild_index()


@pytest.fixture
def found(index):
    """Titles of the discussions that words find."""

    def ask(words):
        search.follow_changes()
        hits = search.search(Query(text=words, kind="discussion")).hits
        return [Thread.objects.get(pk=hit.pk).title for hit in hits]

    return ask


def test_a_public_discussion_is_found_by_its_title_and_its_first_posts(found, thread, writer):
    services.write_post(by=writer, thread=thread, typed=Typed("A levy on tobacco.", "en"))
    assert found("credits") == found("tobacco") == ["Care credits in Kenya"]


def test_words_of_a_closed_community_find_nothing(found, closed, asker):
    factories.membership(closed, asker)
    services.start_thread(by=asker, place=closed, kind="news", title="Quiet", typed=Typed("A levy on tobacco.", "en"))
    assert found("tobacco") == found("quiet") == []


def test_what_waits_is_found_once_it_is_approved(found, thread, newcomer):
    post = services.write_post(by=newcomer, thread=thread, typed=Typed("A levy on tobacco.", "en"))
    assert found("tobacco") == []
    post.state = "shown"
    post.save()
    services.state_changed(post=post, before="waiting", by=None)
    assert found("tobacco") == ["Care credits in Kenya"]


def test_what_was_removed_is_found_no_more(found, thread, question):
    assert found("credits")
    question.state, question.state_at, question.state_reason = "removed", timezone.now(), "x"
    question.save()
    services.state_changed(post=question, before="shown", by=None)
    assert found("credits") == []


def test_a_community_that_shuts_its_door_takes_its_discussions_out(found, thread, community):
    assert found("credits")
    community.access = "request"
    community.save()
    assert found("credits") == []


def test_search_of_everything_shows_it(index, client, thread):
    search.follow_changes()
    response = client.get("/en/search/?q=credits")
    assert "Care credits in Kenya" in response.content.decode().replace("<mark>", "").replace("</mark>", "")


def test_the_short_address_leads_there(client, thread, closed, asker):
    assert client.get(f"/p/d{thread.pk}")["Location"] == thread.get_absolute_url()
    hidden = factories.thread(closed, author=asker)
    assert client.get(f"/p/d{hidden.pk}").status_code == 404


def test_feed_and_data_hold_public_ones_alone(client, enter, thread, closed, asker):
    factories.membership(closed, asker)
    factories.post(factories.thread(closed, "Behind the door", author=asker))
    feed = client.get("/en/connect/discussions/feed/")
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert b"Care credits in Kenya" in feed.content
    assert b"Behind the door" not in feed.content
    assert b"Behind the door" not in enter(asker).get("/en/connect/discussions/feed/").content
    client.logout()
    results = client.get("/en/connect/discussions/?format=json").json()["results"]
    assert [row["title"] for row in results] == ["Care credits in Kenya"]


def test_a_post_names_another_discussion(send, writer, thread, community, asker):
    other = factories.thread(community, "Another one", author=asker)
    factories.post(other)
    send(writer, f"{thread.get_absolute_url()}reply/", record=f"/p/d{other.pk}")
    assert thread.posts.get(number=2).attachments.get().object_id == other.pk
