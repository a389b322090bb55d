"""What organisers bring after a webinar, how it is read, and that nothing of another house loads before a press."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from content.videos import player_of
from files.models import StoredFile
from members import erasure
from search import services as search
from search.query import Query
from tests import factories
from tests.engines import use_engine
from tests.files import making
from tests.shared_data import inputs
from webinars import outcomes, transcripts
from webinars.models import Material, Minute, Recording, Webinar

pytestmark = pytest.mark.django_db
YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
CAPTIONS = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Farah Aziz>Welcome to all of you.

00:02:03.000 --> 00:02:06.000
Registries lag behind, says zqminute.
"""
SPOKEN = CAPTIONS.encode()
REFUSED = ("invalid_format.sbv", "invalid_format3.srt", "no-indexes.srt")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def webinar(member):
    made = factories.webinar(starts_in=timedelta(days=-2), slug="registries")
    factories.organiser(made, member)
    return made


@pytest.fixture
def organiser(client, member):
    client.force_login(member)
    return client


def add(webinar, kind="transcript", content=SPOKEN, name="captions.vtt", language="en", by=None):
    file = ContentFile(content, name=name)
    return outcomes.add_material(webinar=webinar, kind=kind, content=file, language=language, title="", by=by)


def record(webinar, by, link=YOUTUBE, language="en", chapters=((0, "Welcome"), (123, "Registries"))):
    return outcomes.record(webinar=webinar, language=language, link=link, seconds=5520, chapters=chapters, by=by)


def edit(name, webinar, *more):
    return reverse(f"webinars:{name}", args=[webinar.slug, *more])


# ---------- Recordings ----------


def test_an_organiser_says_where_it_can_be_seen(organiser, webinar):
    typed = {"language": "en", "link": YOUTUBE, "length": "1:32:05", "chapters": "0:00 Welcome\n\n12:30 Kenya\n"}
    assert organiser.post(edit("edit_recordings", webinar), typed).status_code == 302
    made = Recording.objects.get()
    assert (made.seconds, [(one.second, one.title) for one in made.chapters.all()]) == (
        5525,
        [(0, "Welcome"), (750, "Kenya")],
    )
    webinar.refresh_from_db()
    assert webinar.state == Webinar.State.COMPLETE


def test_said_again_it_takes_the_place_of_what_was_there(webinar, member):
    record(webinar, member)
    record(webinar, member, link="https://vimeo.com/123456789", chapters=())
    assert Recording.objects.get().link == "https://vimeo.com/123456789"
    assert not Recording.objects.get().chapters.exists()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("link", "", "Enter the address of the video"),
        ("link", "javascript:alert(1)", "Enter an address that begins with https://"),
        ("length", "ninety", "Enter the length as 1:32:05"),
        ("length", "1:75:00", "Enter the length as 1:32:05"),
        ("chapters", "Welcome", "such as 12:30. Not so: Welcome"),
        ("chapters", "99:99:99 Too late", "Not so: 99:99:99 Too late"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_kept(organiser, webinar, field, value, said):
    typed = {"language": "en", "link": YOUTUBE, "length": "", "chapters": "0:00 Welcome"} | {field: value}
    page = organiser.post(edit("edit_recordings", webinar), typed).content.decode()
    assert page.count(said) == 2
    assert "0:00 Welcome" in page or field == "chapters"
    assert not Recording.objects.exists()


def test_without_a_recording_it_is_being_prepared_again(webinar, member):
    outcomes.remove_recording(recording=record(webinar, member), by=member)
    webinar.refresh_from_db()
    assert webinar.state == Webinar.State.PREPARING


# ---------- Played ----------


def test_nothing_of_another_house_is_in_the_page_before_it_is_pressed(client, webinar, member):
    record(webinar, member)
    response = client.get(webinar.get_absolute_url())
    page = response.content.decode()
    assert "<iframe" not in page
    assert "youtube" not in response["Content-Security-Policy"]
    assert '?play=en#recording"' in page
    assert "Play the video, 92" in page.replace("\xa0", " ")


def test_pressed_it_plays_from_the_chapter_in_a_frame_of_that_house_alone(client, webinar, member):
    record(webinar, member)
    response = client.get(f"{webinar.get_absolute_url()}?play=en&t=123")
    page = response.content.decode()
    assert 'src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&amp;rel=0&amp;start=123"' in page
    assert "frame-src https://www.youtube-nocookie.com;" in response["Content-Security-Policy"] + ";"


@pytest.mark.parametrize("query", ["play=xx", "play=", "play=fr", "play=en&t=-1", "play=en&t=²", "play=en&t=999999999"])
def test_a_strange_wish_does_no_harm(client, webinar, member, query):
    record(webinar, member)
    assert client.get(f"{webinar.get_absolute_url()}?{query}").status_code == 200


@pytest.mark.parametrize(
    ("link", "address"),
    [
        (YOUTUBE, "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&rel=0&start=60"),
        ("https://youtu.be/dQw4w9WgXcQ?si=x", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&rel=0&start=60"),
        ("https://www.youtube.com/live/dQw4w9WgXcQ", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&rel=0&start=60"),
        ("https://vimeo.com/123456789", "https://player.vimeo.com/video/123456789?dnt=1&autoplay=1#t=60s"),
    ],
)  # fmt: skip
def test_players_are_known_by_their_links(link, address):
    assert player_of(link).address(60) == address


@pytest.mark.parametrize(
    "link",
    [
        "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/watch?v=%22%3E%3Cscript",
        "https://www.youtube.com/",
        "javascript://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://[::1",
        "",
    ],
)
def test_any_other_link_has_no_player(link):
    assert player_of(link) is None


# ---------- Files ----------


def test_slides_stand_on_the_page_with_kind_and_size(client, organiser, webinar):
    upload = SimpleUploadedFile("kenya.pdf", making.pdf("Hunger Safety Net"))
    typed = {"kind": "slides", "language": "en", "title": "Kenya", "upload": upload}
    assert organiser.post(edit("edit_materials", webinar), typed).status_code == 302
    made = Material.objects.get()
    client.logout()
    page = client.get(webinar.get_absolute_url()).content.decode()
    assert ">Kenya</a>" in page
    assert "PDF" in page
    assert client.get(made.file.get_absolute_url()).status_code == 200


@pytest.mark.parametrize(
    ("kind", "content", "name"),
    [
        ("audio", making.pdf("No sound"), "a.pdf"),
        ("slides", CAPTIONS.encode(), "a.vtt"),
        ("slides", b"MZ\x90\x00", "a.exe"),
        ("transcript", b"hello", "a.vtt"),
        ("transcript", making.pdf("No words"), "a.pdf"),
    ],
)
def test_a_file_of_the_wrong_kind_is_refused_and_not_kept(organiser, webinar, kind, content, name):
    typed = {"kind": kind, "language": "en", "title": "Kept title", "upload": SimpleUploadedFile(name, content)}
    response = organiser.post(edit("edit_materials", webinar), typed)
    assert response.status_code == 200
    assert "Kept title" in response.content.decode()
    assert 'class="field__error"' in response.content.decode()
    assert not Material.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_removed_file_is_gone(organiser, webinar, member):
    made = add(webinar, "slides", making.pdf("One"), "one.pdf", by=member)
    path = made.file.get_absolute_url()
    organiser.post(edit("material_step", webinar, made.pk))
    assert organiser.get(path).status_code == 404
    assert not StoredFile.objects.exists()


def test_files_of_a_private_community_are_for_its_members(client, member, other_member):
    community = factories.community(access="private")
    factories.membership(community, member)
    webinar = factories.webinar(starts_in=timedelta(days=-2), community=community)
    made = add(webinar, by=member)
    paths = [made.file.get_absolute_url(), edit("transcript", webinar, "en")]
    for user, status in ((None, 404), (other_member, 404), (member, 200)):
        client.logout()
        if user:
            client.force_login(user)
        assert [client.get(path).status_code for path in paths] == [status, status]


def test_files_of_what_was_withdrawn_are_for_nobody_but_editors(client, webinar, member, staff):
    made = add(webinar, by=member)
    webinar.status, webinar.withdrawn_at, webinar.withdrawal_reason = "withdrawn", webinar.starts_at, "Wrong."
    webinar.save()
    assert client.get(made.file.get_absolute_url()).status_code == 404
    client.force_login(staff)
    assert client.get(made.file.get_absolute_url()).status_code == 200


# ---------- Transcripts ----------


def test_a_transcript_is_read_minute_by_minute_and_each_plays(client, webinar, member):
    add(webinar, by=member)
    record(webinar, member)
    page = client.get(edit("transcript", webinar, "en")).content.decode()
    assert "Farah Aziz: Welcome to all of you." in page
    assert 'id="minute-2"' in page
    assert "?play=en&amp;t=120#recording" in page
    assert client.get(edit("transcript", webinar, "fr")).status_code == 404


def test_another_transcript_takes_its_place(webinar, member):
    add(webinar, by=member)
    add(webinar, content=CAPTIONS.replace("lag", "are late").encode(), by=member)
    assert Material.objects.get().minutes.get(number=2).text.startswith("Registries are late")
    assert StoredFile.objects.count() == 1


def test_a_word_of_it_is_found_with_its_minute(client, webinar, member, settings, tmp_path, monkeypatch):
    use_engine("tantivy", tmp_path / "index", settings, monkeypatch)
    search.rebuild_index()
    add(webinar, by=member)
    search.follow_changes()
    (hit,) = search.search(Query(text="zqminute", kind="webinar")).hits
    assert hit.pk == webinar.pk
    page = client.get(reverse("webinars:list") + "?q=zqminute").content.decode()
    assert f"{webinar.get_absolute_url()}transcript/en/#minute-2" in page


def test_real_captions_are_read_or_refused_with_a_sentence():
    for path in inputs("captions"):
        content = path.read_bytes()
        if path.name in REFUSED:
            with pytest.raises(ValidationError, match="We find no spoken words"):
                transcripts.read(content)
            continue
        found = transcripts.read(content)
        assert found.captions.startswith(b"WEBVTT"), path.name
        assert transcripts.read(found.captions).minutes.keys() == found.minutes.keys(), path.name


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_accents_survive_any_encoding(encoding):
    text = "1\n00:00:01,000 --> 00:00:03,000\nProtección à l’été\n"
    assert transcripts.read(text.encode(encoding)).minutes == {0: "Protección à l’été"}


def test_markup_and_repeated_lines_go():
    text = CAPTIONS + "\n00:02:06.000 --> 00:02:09.000\nRegistries lag behind, says zqminute.\n"
    text += "\n00:03:00.000 --> 00:03:02.000\n<i>In</i> <c.red>Lima</c> &amp; Quito\n"
    assert transcripts.read(text.encode()).minutes == {
        0: "Farah Aziz: Welcome to all of you.",
        2: "Registries lag behind, says zqminute.",
        3: "In Lima & Quito",
    }


# ---------- Who, and what stays ----------


@pytest.mark.parametrize("name", ["edit_recordings", "edit_materials"])
def test_nobody_else_brings_anything(client, webinar, other_member, name):
    client.force_login(other_member)
    assert client.post(edit(name, webinar), {"link": YOUTUBE}).status_code == 403


def test_who_leaves_leaves_what_they_brought_without_a_name(webinar, member):
    record(webinar, member)
    add(webinar, by=member)
    erasure.erase(user=member)
    assert Recording.objects.get().by is None
    assert Material.objects.get().by is None
    assert Minute.objects.count() == 2


def test_the_page_costs_the_same_however_much_came_of_it(client, webinar, member, settings):
    settings.PAGE_CACHE_SECONDS = 0

    def queries() -> int:
        client.get(webinar.get_absolute_url())
        with CaptureQueriesContext(connection) as seen:
            client.get(webinar.get_absolute_url())
        return len(seen)

    record(webinar, member)
    add(webinar, by=member)
    before = queries()
    for language in ("fr", "es"):
        record(webinar, member, language=language)
        add(webinar, language=language, by=member)
        add(webinar, "slides", making.pdf("One"), "one.pdf", by=member)
    assert queries() == before
