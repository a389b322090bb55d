"""A webinar on its page while people join, watch and ask: before, a quarter of an hour before, during, after."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import factories
from webinars import asking
from webinars.models import Question, Stream, Vote

pytestmark = pytest.mark.django_db
START = datetime(2026, 12, 10, 13, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
VIDEO = "https://youtu.be/igG7-9qcs5A"
OTHER = "https://www.youtube.com/live/aaaaaaaaaaa"
TEXT = "Can an existing database be used in an emergency?"


@pytest.fixture
def webinar(staff):
    made = factories.webinar(slug="registries", starts_at=START, meeting_link="https://meet.example/secret")
    factories.organiser(made, staff)
    return made


@pytest.fixture
def streams(webinar):
    for language, link in (("ar", "https://webtv.example/ar"), ("fr", OTHER), ("en", VIDEO)):
        Stream.objects.create(webinar=webinar, language=language, link=link)


@pytest.fixture
def live():
    with time_machine.travel(START + 10 * MINUTE, tick=False) as clock:
        yield clock


def address(name, webinar, *more):
    return reverse(f"webinars:{name}", args=[webinar.slug, *more])


def read(client, path, at=None):
    if at is None:
        return client.get(path).content.decode()
    with time_machine.travel(at, tick=False):
        return client.get(path).content.decode()


# ---------- The page follows the clock ----------


@pytest.mark.parametrize(
    ("at", "joins"),
    [
        (START - 16 * MINUTE, False),
        (START - 15 * MINUTE, True),
        (START + 89 * MINUTE, True),
        (START + 90 * MINUTE, False),
    ],
)
def test_join_is_there_from_a_quarter_of_an_hour_before_until_the_end(client, webinar, streams, member, at, joins):
    mine = factories.registration(webinar, member.email, user=member)
    guest = factories.registration(webinar, "guest@example.org")
    with time_machine.travel(at, tick=False):
        for row in (mine, guest):
            page = read(client, row.get_absolute_url())
            assert (address("join", webinar, row.key) in page) is joins
            assert ("Watch live" in page) is joins
        client.force_login(member)
        page = read(client, webinar.get_absolute_url())
        assert (address("join", webinar, mine.key) in page) is joins


def test_nobody_joins_who_waits_for_a_place(client, webinar, live):
    row = factories.registration(webinar, "guest@example.org", state="waiting")
    assert address("join", webinar, row.key) not in read(client, row.get_absolute_url())


def test_a_button_for_each_language_in_one_order_and_no_video_before_it_is_pressed(client, webinar, streams, live):
    answer = client.get(webinar.get_absolute_url())
    page = answer.content.decode()
    order = [page.index(name) for name in ("</svg> English</a>", "</svg> Français</a>", "</svg> العربية</a>")]
    assert order == sorted(order)
    assert "<iframe" not in page
    assert "youtube" not in answer["Content-Security-Policy"]


def test_pressed_it_plays_that_language_with_the_questions_beside_it(client, webinar, streams, member, live):
    Question.objects.create(webinar=webinar, user=member, text=TEXT, language="en")
    answer = client.get(webinar.get_absolute_url(), {"play": "fr"})
    page = answer.content.decode()
    assert 'src="https://www.youtube-nocookie.com/embed/aaaaaaaaaaa?' in page
    assert page.count("<iframe") == 1
    assert 'lang="fr" aria-current="true"' in page
    assert "https://www.youtube-nocookie.com" in answer["Content-Security-Policy"]
    assert TEXT in page


@pytest.mark.parametrize("named", ["ar", "xx", "<script>"])
def test_what_has_no_player_plays_nothing(client, webinar, streams, live, named):
    assert "<iframe" not in client.get(webinar.get_absolute_url(), {"play": named}).content.decode()


@pytest.mark.parametrize("at", [START - 16 * MINUTE, START + 90 * MINUTE])
def test_nothing_plays_before_and_after(client, webinar, streams, at):
    page = read(client, f"{webinar.get_absolute_url()}?play=fr", at)
    assert "<iframe" not in page
    assert "youtu" not in page
    assert ("It is shown live on this page in English, French and Arabic" in page) is (at < START)


def test_a_private_one_is_watched_by_its_community_alone(client, member, other_member, live):
    community = factories.community(access="private")
    factories.membership(community, member)
    made = factories.webinar(starts_at=START, community=community)
    Stream.objects.create(webinar=made, language="en", link=VIDEO)
    for user, status in ((None, 404), (other_member, 404), (member, 200)):
        client.logout()
        if user:
            client.force_login(user)
        assert client.get(made.get_absolute_url(), {"play": "en"}).status_code == status


# ---------- Asked and voted beside it ----------


def test_a_member_asks_and_votes_without_losing_the_video(client, webinar, streams, member, other_member, live):
    question = Question.objects.create(webinar=webinar, user=other_member, text="An earlier question?", language="en")
    client.force_login(member)
    page = read(client, f"{webinar.get_absolute_url()}?play=fr")
    assert page.count('<input type="hidden" name="play" value="fr">') == 2
    typed = {"text": TEXT, "language": "en", "play": "fr"}
    assert client.post(address("questions", webinar), typed).url == f"{webinar.get_absolute_url()}?play=fr#questions"
    voted = client.post(address("question_step", webinar, question.pk), {"play": "fr"})
    assert voted.url == f"{webinar.get_absolute_url()}?play=fr#q-{question.pk}"
    page = read(client, webinar.get_absolute_url())
    assert TEXT in page
    assert "1 vote" in page


def test_a_registrant_does_so_on_their_own_page(client, webinar, streams, other_member, live):
    row = factories.registration(webinar, "guest@example.org")
    question = Question.objects.create(webinar=webinar, user=other_member, text="An earlier question?", language="en")
    typed = {"text": TEXT, "language": "en", "play": ""}
    sent = client.post(address("own_questions", webinar, row.key), typed)
    assert sent.url == f"{row.get_absolute_url()}#questions"
    client.post(address("own_question_step", webinar, row.key, question.pk), {"play": "en"})
    page = read(client, f"{row.get_absolute_url()}?play=en")
    assert "<iframe" in page
    assert TEXT in page
    assert (Question.objects.filter(registration=row).count(), Vote.objects.get().registration) == (1, row)


def test_what_was_refused_there_is_kept_with_what_played(client, webinar, streams, member, live):
    client.force_login(member)
    page = client.post(address("questions", webinar), {"text": "Why?", "language": "en", "play": "fr"}).content.decode()
    assert ">\nWhy?</textarea>" in page
    assert "Write your question in a whole sentence" in page
    assert '<input type="hidden" name="play" value="fr">' in page


def test_a_kept_page_shows_a_new_question_and_a_new_vote_at_once(
    client, webinar, member, other_member, live, django_capture_on_commit_callbacks
):
    path = webinar.get_absolute_url()
    assert TEXT not in read(client, path)
    with django_capture_on_commit_callbacks(execute=True):
        question = asking.ask(webinar=webinar, by=asking.member(member), text=TEXT, language="en")
    assert TEXT in read(client, path)
    with django_capture_on_commit_callbacks(execute=True):
        asking.vote(question=question, by=asking.member(other_member))
    assert "1 vote" in read(client, path)


def test_the_live_page_asks_the_same_whatever_was_asked(client, webinar, streams, member, other_member, live):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(webinar.get_absolute_url(), {"play": "fr"}).status_code == 200
        return len(seen)

    client.force_login(other_member)
    Question.objects.create(webinar=webinar, user=member, text=TEXT, language="en")
    queries()
    before = queries()
    Question.objects.bulk_create(
        Question(webinar=webinar, user=member, text=f"{TEXT} {number}", language="en") for number in range(25)
    )
    assert queries() == before


# ---------- Entered by organisers ----------


def test_organisers_enter_change_and_remove_a_stream(client, webinar, staff):
    client.force_login(staff)
    path = address("edit_streams", webinar)
    for link in (VIDEO, OTHER):
        assert client.post(path, {"language": "fr", "link": link}).status_code == 302
    stream = Stream.objects.get()
    assert (stream.language, stream.link) == ("fr", OTHER)
    assert f'value="{OTHER}"' in client.get(path, {"language": "fr"}).content.decode()
    client.post(address("stream_step", webinar, stream.pk))
    assert not Stream.objects.exists()


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("", "Enter the address of the video"),
        ("http://youtu.be/igG7-9qcs5A", "Enter an address that begins with https://"),
        ("javascript:alert(1)", "Enter an address that begins with https://"),
        ("https://www.youtube.com/@channel", "No video is named here."),
        ("https://vimeo.com/channels/staff", "No video is named here."),
        ("https://meet.example/secret", "This is the link of the meeting"),
        (VIDEO, "This is the stream in English already"),
    ],
)
def test_an_address_that_shows_nothing_is_refused_and_kept(client, webinar, staff, link, said):
    Stream.objects.create(webinar=webinar, language="en", link=VIDEO)
    client.force_login(staff)
    page = client.post(address("edit_streams", webinar), {"language": "fr", "link": link}).content.decode()
    assert page.count(said) >= 2
    assert not link or f'value="{link}"' in page
    assert Stream.objects.count() == 1


def test_the_database_refuses_a_second_stream_of_a_language(webinar):
    Stream.objects.create(webinar=webinar, language="en", link=VIDEO)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stream.objects.create(webinar=webinar, language="en", link=OTHER)
