import hashlib
import os
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import DatabaseError, IntegrityError

from files import services
from files.models import PageText, StoredFile
from tests.files import making

pytestmark = pytest.mark.django_db


def on_disk():
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_stored_file_is_described_by_what_is_in_it():
    content = making.pdf("Cash transfers", "", "Pensions")
    stored = services.store_file(content=content, name="misleading.docx", language="en")
    stored.refresh_from_db()
    assert (stored.kind, stored.media_type, stored.pages) == ("pdf", "application/pdf", 3)
    assert (stored.name, stored.language) == ("misleading.pdf", "en")
    assert (stored.size, stored.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert stored.file.read() == content
    assert list(stored.page_texts.values_list("number", "text")) == [(1, "Cash transfers"), (3, "Pensions")]


def test_the_preview_is_kept_with_its_measures():
    stored = services.store_file(content=making.pdf(), name="a.pdf")
    with making.Image.open(stored.preview) as image:
        assert image.size == (stored.preview_width, stored.preview_height)


def test_a_key_is_twelve_characters_fit_for_an_address():
    stored = services.store_file(content=b"a,b\nc,d\n", name="a.csv")
    assert len(stored.key) == 12
    assert set(stored.key) <= set(services.KEY_CHARACTERS)


def test_a_picture_is_kept_as_we_wrote_it_and_measured_so():
    stored = services.store_file(content=ContentFile(making.telling_photograph()), name="photo.JPEG")
    kept = stored.file.read()
    assert (stored.name, stored.size) == ("photo.jpg", len(kept))
    assert stored.sha256 == hashlib.sha256(kept).hexdigest()
    assert b"Someone" not in kept


def test_a_file_above_the_limit_is_refused_by_its_real_size(settings):
    settings.MAX_FILE_BYTES = 1000
    with pytest.raises(ValidationError, match="The limit is 1000"):
        services.store_file(content=b"x" * 1001, name="a.pdf")


def test_a_refused_file_leaves_nothing():
    with pytest.raises(ValidationError, match="empty"):
        services.store_file(content=b"", name="a.pdf")
    assert not StoredFile.objects.exists()
    assert not on_disk()


def test_a_row_that_fails_takes_its_files_along(monkeypatch):
    taken = services.store_file(content=b"a,b\nc,d\n", name="a.csv")
    monkeypatch.setattr(services, "get_random_string", lambda *args: taken.key)
    with pytest.raises(IntegrityError):
        services.store_file(content=making.pdf(), name="b.pdf")
    assert [path.suffix for path in on_disk()] == [".csv"]


def test_texts_that_fail_take_row_and_files_along(monkeypatch):
    def fail(*args):
        raise DatabaseError

    monkeypatch.setattr(PageText.objects, "bulk_create", fail)
    with pytest.raises(DatabaseError):
        services.store_file(content=making.pdf(), name="b.pdf")
    assert not StoredFile.objects.exists()
    assert not on_disk()


def test_a_removed_file_is_gone_once_the_removal_is_committed(django_capture_on_commit_callbacks):
    stored = services.store_file(content=making.pdf(), name="a.pdf")
    with django_capture_on_commit_callbacks() as callbacks:
        services.remove_file(stored=stored)
    assert len(on_disk()) == 2
    for callback in callbacks:
        callback()
    assert not on_disk()


def test_files_that_a_dead_process_left_are_swept_away_after_a_day():
    kept = services.store_file(content=making.pdf(), name="a.pdf")
    folder = Path(settings.MEDIA_ROOT) / "files" / "zz"
    folder.mkdir()
    for name, age in (("old.pdf", 2 * 86400), ("being-written.pdf", 60)):
        (folder / name).write_bytes(b"x")
        os.utime(folder / name, (time.time() - age,) * 2)
    for path in (kept.file.path, kept.preview.path):
        os.utime(path, (time.time() - 2 * 86400,) * 2)
    assert services.remove_orphans() == ["files/zz/old.pdf"]
    assert {path.name for path in on_disk()} == {
        "being-written.pdf",
        Path(kept.file.name).name,
        Path(kept.preview.name).name,
    }


def test_there_are_no_orphans_before_anything_was_stored():
    assert services.remove_orphans() == []
