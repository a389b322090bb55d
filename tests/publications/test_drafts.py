"""What a member began is kept, is theirs alone, and goes when nobody comes back."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from files import services
from files.models import StoredFile
from publications import uploading
from publications.models import Draft, Publication
from tests.files import making
from tests.publications.uploads import UPLOAD, begin, errors, fill_in, pdf, send, step

pytestmark = pytest.mark.django_db


def test_a_file_is_kept_from_the_first_step(sharer):
    draft = begin(sharer, way="file", upload=pdf())
    page = sharer.get(step(draft, "details")).content.decode()
    assert "<b>traders.pdf</b> is safely stored" in page
    assert "kept until" in page
    assert not Publication.objects.exists()


def test_what_was_typed_is_kept_raw_even_when_it_is_wrong(sharer):
    draft = begin(sharer, way="blank")
    response = fill_in(sharer, draft, title="", year="twenty", places="Atlantis")
    assert response.status_code == 200
    draft.refresh_from_db()
    assert (draft.data["year"], draft.data["places"]) == (["twenty"], ["Atlantis"])
    page = sharer.get(step(draft, "details")).content.decode()
    assert 'value="twenty"' in page
    assert "Atlantis" in page


def test_save_and_finish_later_keeps_what_is_not_right_yet(sharer):
    draft = begin(sharer, way="blank")
    response = fill_in(sharer, draft, title="", later="1")
    assert response["Location"] == reverse("publications:mine")
    assert "Without a title" in sharer.get(response["Location"]).content.decode()


def test_a_form_that_fails_keeps_its_file(sharer):
    draft = begin(sharer, way="file", upload=pdf())
    page = fill_in(sharer, draft, title="").content.decode()
    assert "is safely stored" in page


def test_a_refused_file_says_why_beside_the_field(sharer):
    response = sharer.post(UPLOAD, {"way": "file", "upload": pdf(name="a.pdf").__class__("a.pdf", b"%PDF-1.7 oops")})
    assert response.status_code == 200
    assert "damaged" in str(response.context["failed"].errors["upload"])
    assert response.content.decode().count("damaged") >= 2  # in the summary and at the field
    assert "<title>Error: " in response.content.decode()
    assert not StoredFile.objects.exists()


def test_a_refused_second_file_leaves_the_first_one(sharer):
    draft = begin(sharer, way="file", upload=pdf())
    response = sharer.post(step(draft, "file"), {"upload": pdf().__class__("b.pdf", b"")})
    assert errors(response) == {"upload": ["This file is empty."]}
    draft.refresh_from_db()
    assert draft.file.name == "traders.pdf"


def test_another_file_takes_the_place_of_the_first_which_is_removed(sharer):
    draft = begin(sharer, way="file", upload=pdf())
    former = draft.file
    sharer.post(step(draft, "file"), {"upload": pdf("Other words", "b.pdf")})
    draft.refresh_from_db()
    assert draft.file.name == "b.pdf"
    assert not StoredFile.objects.filter(pk=former.pk).exists()


@pytest.mark.parametrize("page", ["file", "details", "check", "discard"])
def test_a_draft_does_not_exist_for_anybody_else(page, sharer, client, other_member, staff):
    draft = begin(sharer, way="file", upload=pdf())
    for stranger in (other_member, staff):
        client.force_login(stranger)
        assert client.get(step(draft, page)).status_code == 404
        assert client.post(step(draft, page)).status_code == 404
        assert client.get(draft.file.get_absolute_url()).status_code == 404


def test_a_visitor_is_asked_to_sign_in_and_comes_back(client, db):
    response = client.get(UPLOAD)
    assert response.status_code == 302
    assert response["Location"].endswith(f"?next={UPLOAD}")


def test_a_draft_is_discarded_with_its_file_after_a_question(sharer, django_capture_on_commit_callbacks):
    draft = begin(sharer, way="file", upload=pdf())
    path = draft.file.file.name
    assert sharer.get(step(draft, "discard")).status_code == 200
    assert Draft.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        sharer.post(step(draft, "discard"))
    assert not Draft.objects.exists()
    assert not StoredFile.objects.exists()
    assert not default_storage.exists(path)


def test_drafts_go_thirty_days_after_the_last_change_and_not_before(sharer):
    draft = begin(sharer, way="file", upload=pdf())
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        assert uploading.remove_forgotten_drafts() == 0
        uploading.keep_typed(draft=draft, data={}, step="details")
    with time_machine.travel(timezone.now() + timedelta(days=58)):
        assert uploading.remove_forgotten_drafts() == 0
    with time_machine.travel(timezone.now() + timedelta(days=60)):
        assert uploading.remove_forgotten_drafts() == 1
    assert not StoredFile.objects.exists()


def test_the_file_of_a_sent_draft_stays_when_the_draft_goes(sharer):
    draft = send(sharer, begin(sharer, way="file", upload=pdf()))
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert uploading.remove_forgotten_drafts() == 1
    assert draft.publication.documents.get().file.name == "traders.pdf"


def test_a_crash_while_sending_leaves_the_draft_and_nothing_else(sharer, monkeypatch):
    draft = begin(sharer, way="file", upload=pdf())
    fill_in(sharer, draft)

    def crash(**_anything):
        raise RuntimeError("The power went")

    monkeypatch.setattr(uploading.review, "submit", crash)
    with pytest.raises(RuntimeError):
        sharer.post(step(draft, "check"))
    draft.refresh_from_db()
    assert (draft.sent_at, draft.publication, draft.file.name) == (None, None, "traders.pdf")
    assert not Publication.objects.exists()
    assert "Pensions for market traders" in sharer.get(step(draft, "check")).content.decode()


def test_a_crash_between_file_and_draft_leaves_no_file(sharer, monkeypatch):
    def crash(*_anything):
        raise RuntimeError("The power went")

    monkeypatch.setattr(uploading.guessing, "from_file", crash)
    with pytest.raises(RuntimeError):
        sharer.post(UPLOAD, {"way": "file", "upload": pdf()})
    assert not StoredFile.objects.exists()
    assert not Draft.objects.exists()


def test_nobody_fills_the_disk_with_drafts(sharer, monkeypatch):
    monkeypatch.setattr(uploading, "MOST_DRAFTS", 1)
    begin(sharer, way="link", link="https://www.example.org/a")
    response = sharer.post(UPLOAD, {"way": "link", "link": "https://www.example.org/b"})
    assert "many drafts" in str(response.context["failed"].errors["link"])


def test_a_file_that_a_killed_process_left_without_a_draft_is_swept_after_a_day(sharer):
    kept = begin(sharer, way="file", upload=pdf()).file
    services.store_file(content=making.pdf("Left alone"), name="left.pdf")
    assert services.remove_unclaimed() == 0
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert services.remove_unclaimed() == 1
    assert list(StoredFile.objects.all()) == [kept]
