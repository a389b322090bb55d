"""Everything about a member in one file."""

from __future__ import annotations

import io
import json
import tracemalloc
import zipfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from members import erasure, exports
from members.models import Consent, DataExport
from notifications.models import Letter
from tests import factories
from tests.world import stored_file

pytestmark = pytest.mark.django_db(transaction=True)
State = DataExport.State


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def made(user, language="en") -> DataExport:
    exports.make(pk=exports.plan(user=user, language=language).pk)
    return DataExport.objects.get(user=user)


def archive(export: DataExport) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(default_storage.open(export.path).read()))


def test_it_holds_one_file_for_each_holding_and_says_what_they_are(member):
    with archive(made(member, "fr")) as opened:
        names = set(opened.namelist())
        assert {f"{holding.key}.json" for holding in erasure.all_holdings()} <= names
        assert all(isinstance(json.loads(opened.read(name)), list) for name in names if name.endswith(".json"))
        assert "Votre compte" in opened.read("README.txt").decode()


def test_it_holds_what_the_member_shared_and_its_files_in_every_state(member, other_member):
    draft = factories.publication(
        "Zqdraft", owner=member, status="draft", published_at=None, files=[stored_file("pdf")]
    )
    factories.publication("Zqpublished", owner=member, files=[stored_file("pdf")])
    factories.publication("Zqothers", owner=other_member, files=[stored_file("pdf")])
    with archive(made(member)) as opened:
        rows = json.loads(opened.read("publications.json"))
        assert {row["title_en"] for row in rows} == {"Zqdraft", "Zqpublished"}
        files = [name for name in opened.namelist() if name.startswith("files/")]
        assert len(files) == 2
        assert any(draft.slug in name for name in files)
        assert opened.testzip() is None


def test_it_holds_no_secret(member):
    member.set_password("correct horse battery")
    member.save()
    with archive(made(member)) as opened:
        everything = b"".join(opened.read(name) for name in opened.namelist())
    assert member.password.encode() not in everything
    assert b'"password"' not in everything
    assert b"session_key" not in everything


def test_two_presses_make_one(member):
    assert exports.plan(user=member, language="en") == exports.plan(user=member, language="en")
    assert DataExport.objects.count() == 1


def test_a_task_that_is_delivered_twice_makes_one(member):
    export = made(member)
    exports.make(pk=export.pk)
    assert DataExport.objects.get().path == export.path
    assert Letter.objects.filter(template="export_ready").count() == 1


def test_a_letter_says_that_it_is_ready(member):
    export = made(member, "es")
    letter = Letter.objects.get(template="export_ready")
    assert (letter.user, letter.language, letter.context["path"]) == (member, "es", "/es/me/privacy/")
    assert letter.occasion == f"export:{export.pk}"


def test_a_new_one_within_the_hour_is_the_old_one_and_later_replaces_it(member):
    first = made(member)
    assert exports.plan(user=member, language="en") == first
    DataExport.objects.update(asked_at=timezone.now() - timedelta(hours=2))
    second = exports.plan(user=member, language="en")
    assert second != first
    assert exports.ready(member) == first
    exports.make(pk=second.pk)
    assert [one.pk for one in DataExport.objects.all()] == [second.pk]
    assert not default_storage.exists(first.path)


def test_what_a_dead_worker_left_is_made_by_the_sweep(member, monkeypatch):
    export = exports.plan(user=member, language="en")
    died = pytest.raises(KeyboardInterrupt)
    with monkeypatch.context() as patched, died:
        patched.setattr(exports, "_finish", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        exports.make(pk=export.pk)
    exports.make_due()
    assert DataExport.objects.get().state == State.RUNNING, "its worker may still be at it"
    DataExport.objects.update(touched_at=timezone.now() - timedelta(minutes=10))
    exports.make_due()
    export.refresh_from_db()
    assert (export.state, export.tries) == (State.READY, 2)


def test_what_fails_again_and_again_is_given_up_and_may_be_asked_for_anew(member):
    past = timezone.now() - timedelta(minutes=10)
    DataExport.objects.create(user=member, language="en", state=State.RUNNING, touched_at=past, tries=5, path="x.zip")
    exports.make_due()
    assert DataExport.objects.get().state == State.FAILED
    exports.plan(user=member, language="en")
    assert DataExport.objects.filter(state=State.PLANNED).count() == 1


def test_a_worker_whose_export_was_taken_away_leaves_no_file(member, monkeypatch):
    export = exports.plan(user=member, language="en")
    write = exports._write

    def write_while_the_account_is_deleted(*given):
        write(*given)
        erasure.erase(user=member)

    monkeypatch.setattr(exports, "_write", write_while_the_account_is_deleted)
    exports.make(pk=export.pk)
    assert not DataExport.objects.exists()
    assert default_storage.listdir("exports")[1] == []


def test_after_a_week_the_file_is_deleted(member):
    export = made(member)
    exports.remove_expired()
    assert default_storage.exists(export.path)
    DataExport.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert exports.ready(member) is None
    exports.remove_expired()
    assert not default_storage.exists(export.path)
    assert not DataExport.objects.exists()


def test_a_file_without_a_row_is_swept_away(member):
    export = made(member)
    DataExport.objects.all().delete()
    exports.remove_expired()
    assert not default_storage.exists(export.path)


def test_a_large_account_passes_through_a_little_memory(member):
    rows = [
        Consent(user=member, purpose="named", given=True, version="2026-11-26", language="en", source="/" + "x" * 190)
        for _ in range(20_000)
    ]
    Consent.objects.bulk_create(rows, batch_size=2000)
    del rows
    made(member)
    DataExport.objects.all().delete()
    tracemalloc.start()
    export = made(member)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    with archive(export) as opened:
        size = opened.getinfo("consents.json").file_size
    assert size > 5_000_000
    assert peak < 3_000_000


def test_a_large_file_passes_through_a_little_memory(member):
    stored = stored_file("pdf")
    stored.file.save("large.pdf", ContentFile(b"%PDF" + b"0" * 20_000_000))
    factories.publication(owner=member, files=[stored])
    tracemalloc.start()
    made(member)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * exports.CHUNK


def test_a_file_that_storage_lost_does_not_keep_the_rest_back(member):
    lost = stored_file("pdf")
    factories.publication(owner=member, files=[lost, stored_file("csv")])
    default_storage.delete(lost.file.name)
    with archive(made(member)) as opened:
        assert next(name for name in opened.namelist() if name.startswith("files/")).endswith(".csv")
