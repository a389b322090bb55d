from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date
from model_bakery import baker

from files import services
from tests.files import making

pytestmark = pytest.mark.django_db

BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}


def body(answer):
    return b"".join(answer) if answer.streaming else answer.content


def get(client, stored, **headers):
    return client.get(stored.get_absolute_url(), headers=BROWSER | {k.replace("_", "-"): v for k, v in headers.items()})


@pytest.fixture
def content(stored):
    return stored.file.read()


# ---------- The whole file ----------


def test_a_file_arrives_whole_and_as_large_as_its_label_says(client, stored, content):
    answer = get(client, stored)
    assert answer.status_code == 200
    assert body(answer) == content
    assert int(answer["Content-Length"]) == stored.size == len(content)


def test_a_file_says_what_it_is_and_can_do_nothing_else(client, stored):
    answer = get(client, stored)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["ETag"] == f'"{stored.sha256}"'
    assert answer["Last-Modified"] == http_date(stored.created_at.timestamp())
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]


def test_the_name_arrives_in_its_own_letters(client, stored):
    assert get(client, stored)["Content-Disposition"] == f"inline; filename*=utf-8''{quote(stored.name)}"


@pytest.mark.parametrize(
    ("made", "disposition"),
    [(making.picture(), "inline"), (b"a,b\nc,d\n", "attachment"), (making.office("docx"), "attachment")],
)
def test_only_what_browsers_show_safely_opens_in_the_page(client, publication, made, disposition):
    stored = services.store_file(content=made, name="x")
    baker.make("publications.Document", publication=publication, file=stored)
    answer = get(client, stored)
    assert answer["Content-Disposition"].startswith(disposition)
    assert answer["Content-Security-Policy"].startswith("sandbox;")


@pytest.mark.parametrize("sample", ["constant.mp3", "film.mp4"])
def test_sound_and_film_stay_out_of_the_sandbox_that_would_silence_them(client, publication, sample):
    stored = services.store_file(content=(making.SAMPLES / sample).read_bytes(), name=sample)
    baker.make("publications.Document", publication=publication, file=stored)
    policy = get(client, stored)["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; media-src 'self';")


def test_head_tells_everything_and_sends_nothing(client, stored):
    full = get(client, stored)
    head = client.head(stored.get_absolute_url(), headers=BROWSER)
    for name in ("Content-Length", "Content-Type", "ETag", "Accept-Ranges", "Content-Disposition"):
        assert head[name] == full[name]
    assert body(head) == b""


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_files_are_only_read(client, stored, method):
    assert getattr(client, method)(stored.get_absolute_url()).status_code == 405


def test_a_wrong_name_leads_to_the_right_one(client, stored):
    answer = client.get(f"/files/{stored.key}/old-name.pdf")
    assert (answer.status_code, answer.url) == (301, stored.get_absolute_url())


@pytest.mark.parametrize("name", ["..%2f..%2fetc%2fpasswd", "%00", "x" * 3000, "a%0d%0aSet-Cookie:b", "%ff%fe"])
def test_a_hostile_name_leads_to_the_right_one_or_nowhere(client, stored, name):
    answer = client.get(f"/files/{stored.key}/{name}")
    assert answer.status_code in (301, 404)
    assert answer.get("Location", stored.get_absolute_url()) == stored.get_absolute_url()


def test_an_unknown_key_does_not_exist(client, db):
    assert client.get("/files/abcdefghijkl/report.pdf").status_code == 404


def test_a_file_that_storage_has_lost_does_not_exist(client, stored):
    stored.file.storage.delete(stored.file.name)
    assert get(client, stored).status_code == 404


def test_who_has_the_file_is_told_so(client, stored):
    answer = get(client, stored, If_None_Match=f'"{stored.sha256}"')
    assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", f'"{stored.sha256}"')


def test_the_file_is_closed_when_the_reader_leaves_before_the_first_byte(client, stored):
    answer = get(client, stored)
    part = answer._resource_closers[0].__self__
    assert not part.file.closed
    answer.close()
    assert part.file.closed


# ---------- Parts ----------


def test_a_download_cut_at_half_goes_on_and_ends_equal(client, stored, content):
    first = body(get(client, stored))[: stored.size // 2]
    rest = get(client, stored, Range=f"bytes={len(first)}-", If_Range=f'"{stored.sha256}"')
    assert rest.status_code == 206
    assert rest["Content-Range"] == f"bytes {len(first)}-{stored.size - 1}/{stored.size}"
    assert first + body(rest) == content
    assert int(rest["Content-Length"]) == stored.size - len(first)


def test_a_large_file_arrives_in_chunks_whichever_part_is_asked(client, publication):
    large = services.store_file(content=making.large_pdf(), name="large.pdf")
    baker.make("publications.Document", publication=publication, file=large)
    content = large.file.read()
    assert len(content) > 3 * 64 * 1024
    for part in (slice(0, None), slice(65536, 65537), slice(100, 200_000), slice(-70_000, None)):
        begin, end, _step = part.indices(len(content))
        assert body(get(client, large, Range=f"bytes={begin}-{end - 1}")) == content[part]


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-0", slice(0, 1)),
        ("bytes=-5", slice(-5, None)),
        ("bytes=-99999999", slice(0, None)),
        ("bytes=10-99999999", slice(10, None)),
        ("BYTES = 3-9", slice(3, 10)),
    ],
)
def test_every_form_of_one_part_is_understood(client, stored, content, asked, part):
    answer = get(client, stored, Range=asked)
    assert (answer.status_code, body(answer)) == (206, content[part])


@pytest.mark.parametrize(
    "asked",
    [
        "bytes=0-1,5-6",
        "bytes=9-3",
        "bytes=-",
        "bytes=a-b",
        "lines=1-2",
        "bytes",
        "",
        "bytes=١-٢",
        "bytes=--5",
        "x" * 9000,
    ],
)
def test_what_makes_no_sense_or_asks_for_several_parts_gets_the_whole(client, stored, content, asked):
    answer = get(client, stored, Range=asked)
    assert (answer.status_code, body(answer)) == (200, content)


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0", "bytes=999999999999999999-999999999999999999"])
def test_a_part_behind_the_end_is_refused_with_the_true_size(client, stored, asked):
    answer = get(client, stored, Range=asked)
    assert (answer.status_code, answer["Content-Range"], answer.content) == (416, f"bytes */{stored.size}", b"")


@pytest.mark.parametrize("condition", ['"another"', 'W/"{sha}"', "Sat, 01 Jan 2000 00:00:00 GMT", "nonsense"])
def test_a_part_of_another_version_is_not_sent(client, stored, condition):
    answer = get(client, stored, Range="bytes=5-", If_Range=condition.format(sha=stored.sha256))
    assert answer.status_code == 200


def test_the_day_it_was_stored_holds_as_a_condition_too(client, stored):
    condition = http_date(stored.created_at.timestamp())
    assert get(client, stored, Range="bytes=5-", If_Range=condition).status_code == 206


def test_head_ignores_a_range(client, stored):
    answer = client.head(stored.get_absolute_url(), headers={"Range": "bytes=0-3"})
    assert (answer.status_code, int(answer["Content-Length"])) == (200, stored.size)


# ---------- Who may ----------


@pytest.mark.parametrize(
    ("status", "readers"),
    [
        ("published", {"visitor", "member", "other_member", "staff"}),
        ("in_review", {"member", "staff"}),
        ("draft", {"member", "staff"}),
        ("withdrawn", {"staff"}),
    ],
)
@pytest.mark.parametrize("who", ["visitor", "member", "other_member", "staff"])
@pytest.mark.parametrize("page", ["download", "preview"])
def test_a_file_is_open_to_whom_its_publication_is(client, cast, publication, stored, status, readers, who, page):
    publication.status = status
    publication.withdrawn_at, publication.withdrawal_reason = timezone.now(), "Printed by mistake"
    publication.save()
    cast.enter(client, who)
    url = stored.get_absolute_url() if page == "download" else reverse("files:preview", args=[stored.key])
    answer = client.get(url)
    assert answer.status_code == (200 if who in readers else 404)
    if answer.status_code == 200:
        audience = "public" if status == "published" else "private"
        assert answer["Cache-Control"].startswith(audience)


def test_a_file_that_nothing_points_at_is_open_to_nobody(client, staff):
    loose = services.store_file(content=making.pdf(), name="loose.pdf")
    client.force_login(staff)
    assert get(client, loose).status_code == 404


def test_a_private_file_does_not_tell_its_name(client, publication, stored):
    publication.status = "draft"
    publication.save()
    assert client.get(f"/files/{stored.key}/guess.pdf").status_code == 404


# ---------- Preview ----------


def test_the_preview_is_a_picture_that_is_asked_for_again(client, stored):
    answer = client.get(reverse("files:preview", args=[stored.key]))
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/webp", "public, no-cache")
    assert body(answer) == stored.preview.read()
    assert answer["ETag"] != get(client, stored)["ETag"]


def test_a_file_without_a_preview_has_none(client, publication):
    stored = services.store_file(content=ContentFile(b"a,b\nc,d\n"), name="a.csv")
    baker.make("publications.Document", publication=publication, file=stored)
    assert client.get(reverse("files:preview", args=[stored.key])).status_code == 404


# ---------- The server in front ----------


def test_the_server_in_front_may_send_the_bytes(client, settings, stored):
    settings.FILES_ACCEL_PREFIX = "/internal-files/"
    answer = get(client, stored, Range="bytes=5-")
    assert answer["X-Accel-Redirect"] == f"/internal-files/{stored.file.name}"
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["Content-Type"] == "application/pdf"


def test_the_server_in_front_is_asked_only_for_who_may_read(client, settings, publication, stored):
    settings.FILES_ACCEL_PREFIX = "/internal-files"
    publication.status = "draft"
    publication.save()
    answer = get(client, stored)
    assert answer.status_code == 404
    assert "X-Accel-Redirect" not in answer


# ---------- Counting ----------


def downloads(publication):
    publication.refresh_from_db()
    return publication.download_count


def test_ten_downloads_by_one_reader_count_once(client, publication, stored):
    for _ in range(10):
        body(get(client, stored))
    assert downloads(publication) == 1


def test_going_on_with_a_cut_download_is_no_download(client, publication, stored):
    body(get(client, stored, Range="bytes=5-"))
    body(get(client, stored, Range="bytes=-5"))
    assert downloads(publication) == 0
    body(get(client, stored, Range="bytes=0-"))
    assert downloads(publication) == 1


def test_neither_previews_nor_head_nor_not_modified_are_downloads(client, publication, stored):
    client.get(reverse("files:preview", args=[stored.key]), headers=BROWSER)
    client.head(stored.get_absolute_url(), headers=BROWSER)
    get(client, stored, If_None_Match=f'"{stored.sha256}"')
    assert downloads(publication) == 0


def test_reading_a_draft_is_not_counted(client, publication, stored, member):
    publication.status = "draft"
    publication.save()
    client.force_login(member)
    assert get(client, stored).status_code == 200
    assert downloads(publication) == 0


def test_a_download_costs_few_queries(client, stored, django_assert_max_num_queries):
    get(client, stored)
    with django_assert_max_num_queries(10):
        body(get(client, stored))
