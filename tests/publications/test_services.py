from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from content.models import ReviewStep
from files.models import StoredFile
from publications import services
from publications.models import Document
from tests import factories
from tests.files import making

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def publication():
    return factories.publication()


@pytest.fixture
def document(publication):
    return services.add_document(publication=publication, content=making.pdf("First"), name="report.pdf", language="fr")


def on_disk():
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_files_stand_in_the_order_they_were_added(publication, document):
    annex = services.add_document(
        publication=publication, content=b"a,b\nc,d\n", name="data.csv", title="The figures behind it"
    )
    assert [(row.pk, row.version) for row in publication.documents.all()] == [(document.pk, 1), (annex.pk, 1)]
    assert (str(annex), str(document)) == ("The figures behind it", "report.pdf")


def test_a_refused_file_adds_nothing(publication):
    with pytest.raises(ValidationError, match="damaged"):
        services.add_document(publication=publication, content=b"%PDF-1.7 oops", name="report.pdf")
    assert not publication.documents.exists()
    assert not StoredFile.objects.exists()
    assert not on_disk()


def test_a_document_that_cannot_be_written_leaves_no_file(publication, monkeypatch, django_capture_on_commit_callbacks):
    def fail(*args, **fields):
        raise ValueError("The database is full")

    monkeypatch.setattr(Document.objects, "create", fail)
    with django_capture_on_commit_callbacks(execute=True), pytest.raises(ValueError, match="full"):
        services.add_document(publication=publication, content=making.pdf(), name="report.pdf")
    assert not StoredFile.objects.exists()
    assert not on_disk()


def test_a_new_version_takes_the_place_of_the_old_which_stays_readable(client, publication, document):
    new = services.replace_document(
        document=document, content=making.pdf("Second"), name="report-v2.pdf", note="Table 3 corrected"
    )
    document.refresh_from_db()
    assert (new.version, new.position, new.note) == (2, document.position, "Table 3 corrected")
    assert (new.replaced_on, document.replaced_on) == (None, timezone.now().date())
    assert new.file.language == "fr"
    assert publication.documents.first() == new
    for version in (document, new):
        assert client.get(version.file.get_absolute_url()).status_code == 200


def test_replacing_a_file_changes_no_address(publication, document):
    address = publication.get_absolute_url()
    services.replace_document(document=document, content=making.pdf("Second"), name="other.pdf", note="New")
    publication.refresh_from_db()
    assert publication.get_absolute_url() == address == reverse("publications:detail", args=[publication.slug])


def test_a_version_is_replaced_once(publication, document):
    services.replace_document(document=document, content=making.pdf("Second"), name="b.pdf", note="")
    with pytest.raises(ValidationError, match="replaced meanwhile"):
        services.replace_document(document=document, content=making.pdf("Third"), name="c.pdf", note="")
    assert publication.documents.count() == StoredFile.objects.count() == 2


def test_who_replaced_a_file_and_why_is_kept_with_the_record(publication, document, staff):
    services.replace_document(document=document, content=making.pdf(), name="b.pdf", note="Typing error", by=staff)
    step = ReviewStep.objects.get(object_id=publication.pk)
    assert (step.by, step.note, step.status) == (staff, "Typing error", "published")


def test_a_new_file_makes_the_record_newer(publication):
    before = publication.updated_at
    services.add_document(publication=publication, content=making.pdf(), name="a.pdf")
    publication.refresh_from_db()
    assert publication.updated_at > before
