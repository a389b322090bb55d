"""Adding, renewing, moving, removing: what a member of a community does with its documents."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from communities import document_services as services
from communities.models import Document, DocumentVersion, Folder
from files.models import StoredFile
from tests import factories
from tests.communities import documents
from tests.communities.documents import TYPED, errors, pdf, url
from tests.files import making
from tests.files.conftest import own_storage  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return factories.community(access="private")


@pytest.fixture
def amina(group, client):
    """In the community and signed in."""
    return documents.member_of(group, client)


def html(response) -> str:
    return " ".join(response.content.decode().split())


class TestList:
    def test_shows_who_added_what_when_in_which_language_and_format(self, client, group, amina):
        document = documents.of(group, "Procès-verbal", by=amina, language="fr")
        documents.with_version(document, by=amina)
        shown = html(client.get(url("documents", group)))
        assert "Procès-verbal" in shown
        assert str(amina) in shown
        assert "French" in shown
        assert "version 2" in shown
        assert "Download (PDF, " in shown
        assert document.current.file.get_absolute_url() in shown

    def test_newest_first(self, client, group, amina):
        now = timezone.now()
        for days, title in ((2, "Older"), (1, "Newer"), (3, "Oldest")):
            documents.of(group, title, by=amina, updated_at=now - timedelta(days=days))
        rows = client.get(url("documents", group)).context["shelf"].found.rows
        assert [one.title for one in rows] == ["Newer", "Older", "Oldest"]

    def test_a_folder_narrows_it(self, client, group, amina):
        folder = Folder.objects.create(community=group, name="Minutes")
        documents.of(group, "In it", by=amina, folder=folder)
        documents.of(group, "Beside it", by=amina)
        shown = html(client.get(url("documents", group, folder=folder.pk)))
        assert "In it" in shown
        assert "Beside it" not in shown

    def test_words_of_the_title_narrow_it(self, client, group, amina):
        for title in ("Minutes of May", "Minutes of June", "Budget of May"):
            documents.of(group, title, by=amina)
        rows = client.get(url("documents", group, q="may minutes")).context["shelf"].found.rows
        assert [one.title for one in rows] == ["Minutes of May"]

    def test_nothing_found_says_what_was_looked_for(self, client, group, amina):
        documents.of(group, by=amina)
        assert "No document has “budget” in its title here." in html(client.get(url("documents", group, q="budget")))

    def test_an_empty_one_invites_members_to_add(self, client, group, amina):
        shown = html(client.get(url("documents", group)))
        assert "No documents yet." in shown
        assert url("document_add", group) in shown

    def test_the_next_twenty_stand_on_the_next_page(self, client, group, amina):
        for number in range(21):
            documents.of(group, f"Number {number}", by=amina)
        assert len(client.get(url("documents", group)).context["shelf"].found.rows) == 20
        assert len(client.get(url("documents", group, page="2")).context["shelf"].found.rows) == 1

    def test_takes_as_many_queries_for_twenty_as_for_one(
        self, client, group, amina, django_assert_num_queries, django_assert_max_num_queries
    ):
        folder = Folder.objects.create(community=group, name="Minutes")
        documents.with_version(documents.of(group, by=amina, folder=folder), by=amina)
        client.get(url("documents", group))
        with django_assert_max_num_queries(30) as one:
            client.get(url("documents", group))
        number_of_queries = len(one)
        for number in range(19):
            by = documents.member_of(group)
            more = documents.of(group, f"Number {number}", by=by, folder=folder)
            documents.with_version(more, by=by)
        with django_assert_num_queries(number_of_queries):
            client.get(url("documents", group))


class TestAdd:
    def test_a_file_with_its_title_is_a_document(self, client, group, amina):
        response = client.post(url("document_add", group), TYPED | {"upload": pdf(), "new_folder": " Minutes "})
        made = Document.objects.get()
        assert (response.status_code, response.url) == (302, made.get_absolute_url())
        assert (made.title, made.language, made.by, str(made.folder)) == (TYPED["title"], "en", amina, "Minutes")
        assert (made.current.number, made.current.note, made.current.file.kind) == (1, TYPED["note"], "pdf")

    def test_it_counts_as_a_sign_of_life(self, client, group, amina):
        type(group).objects.filter(pk=group.pk).update(last_activity_at=timezone.now() - timedelta(days=200))
        client.post(url("document_add", group), TYPED | {"upload": pdf()})
        group.refresh_from_db()
        assert group.activity == group.Activity.ACTIVE

    def test_what_the_file_says_of_itself_is_offered_and_not_taken(self, client, group, amina):
        upload = SimpleUploadedFile("notes.docx", making.office("docx", {"docProps/core.xml": making_core("From it")}))
        response = client.post(url("document_add", group), {"upload": upload, "language": "en"})
        assert errors(response) == {"title": ["This is what the file says of itself: check it"]}
        assert 'value="From it"' in html(response)
        assert not Document.objects.exists()

    def test_a_typed_title_is_left_alone(self, client, group, amina):
        upload = SimpleUploadedFile("notes.docx", making.office("docx", {"docProps/core.xml": making_core("From it")}))
        client.post(url("document_add", group), TYPED | {"upload": upload})
        assert Document.objects.get().title == TYPED["title"]

    def test_the_file_is_kept_while_something_else_is_wrong(self, client, group, amina):
        response = client.post(url("document_add", group), TYPED | {"upload": pdf(), "language": ""})
        assert errors(response) == {"language": ["Choose the language of the document"]}
        shown = html(response)
        assert "is safely stored" in shown
        assert TYPED["note"] in shown
        ticket = response.context["form"]["kept"].value()
        client.post(url("document_add", group), TYPED | {"kept": ticket})
        assert Document.objects.get().current.file == StoredFile.objects.get()

    def test_sent_twice_it_is_one_document(self, client, group, amina):
        ticket = services.ticket_of(stored=documents.stored_file(), by=amina)
        answers = [client.post(url("document_add", group), TYPED | {"kept": ticket}) for _ in range(2)]
        assert {answer.url for answer in answers} == {Document.objects.get().get_absolute_url()}

    def test_the_kept_file_of_somebody_else_is_not_taken(self, client, group, amina):
        ticket = services.ticket_of(stored=documents.stored_file(), by=documents.member_of(group))
        response = client.post(url("document_add", group), TYPED | {"kept": ticket})
        assert errors(response) == {"upload": ["Choose a file first"]}

    def test_a_forged_ticket_is_not_taken(self, client, group, amina):
        stored = documents.stored_file()
        ticket = services.ticket_of(stored=stored, by=amina).replace(":", "x:", 1)
        response = client.post(url("document_add", group), TYPED | {"kept": ticket})
        assert errors(response) == {"upload": ["Choose a file first"]}

    def test_a_refused_file_is_told_beside_its_field(self, client, group, amina):
        upload = SimpleUploadedFile("virus.exe", b"MZ" + bytes(100))
        response = client.post(url("document_add", group), TYPED | {"upload": upload})
        assert list(errors(response)) == ["upload"]
        assert TYPED["title"] in html(response)
        assert not StoredFile.objects.exists()

    def test_a_folder_there_is_can_be_chosen(self, client, group, amina):
        folder = Folder.objects.create(community=group, name="Minutes")
        client.post(url("document_add", group), TYPED | {"upload": pdf(), "folder": folder.pk})
        assert Document.objects.get().folder == folder

    def test_a_new_folder_of_the_same_name_is_the_same_folder(self, client, group, amina):
        folder = Folder.objects.create(community=group, name="Minutes")
        client.post(url("document_add", group), TYPED | {"upload": pdf(), "new_folder": "minutes"})
        assert Document.objects.get().folder == folder

    def test_the_folder_of_another_community_is_none_of_ours(self, client, group, amina):
        folder = Folder.objects.create(community=factories.community(), name="Elsewhere")
        Folder.objects.create(community=group, name="Here")
        response = client.post(url("document_add", group), TYPED | {"upload": pdf(), "folder": folder.pk})
        assert list(errors(response)) == ["folder"]

    def test_very_many_files_in_a_day_are_refused_in_a_sentence(self, client, group, amina, monkeypatch):
        monkeypatch.setattr(services, "A_DAY", 1)
        documents.of(group, by=amina)
        DocumentVersion.objects.update(by=amina)
        response = client.post(url("document_add", group), TYPED | {"upload": pdf()})
        assert errors(response) == {"__all__": ["You added very many files today. Go on tomorrow."]}

    def test_a_paused_member_reads_and_adds_nothing(self, client, group, amina):
        factories.pause(group, amina)
        assert client.get(url("documents", group)).status_code == 200
        assert client.post(url("document_add", group), TYPED | {"upload": pdf()}).status_code == 403
        assert not Document.objects.exists()

    def test_nothing_is_added_to_an_archive(self, client, group, amina):
        type(group).objects.filter(pk=group.pk).update(archived_at=timezone.now())
        assert client.get(url("documents", group)).status_code == 200
        assert client.post(url("document_add", group), TYPED | {"upload": pdf()}).status_code == 403

    def test_a_stranger_to_a_private_community_finds_nothing(self, client, group, other_member):
        client.force_login(other_member)
        assert client.post(url("document_add", group), TYPED | {"upload": pdf()}).status_code == 404


def making_core(title: str) -> str:
    spaces = 'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    spaces += ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f"<cp:coreProperties {spaces}><dc:title>{title}</dc:title></cp:coreProperties>"


class TestVersions:
    def test_a_new_version_keeps_the_address_and_the_old_one_stays_readable(self, client, group, amina):
        document = documents.of(group, by=amina)
        old = document.current.file
        sent = {"upload": pdf("second.pdf"), "note": "With the annex.", "seen": 1}
        response = client.post(url("document_version", group, document.pk), sent)
        assert (response.status_code, response.url) == (302, document.get_absolute_url())
        shown = html(client.get(document.get_absolute_url()))
        assert "Version 2" in shown
        assert "With the annex." in shown
        assert "Earlier versions" in shown
        assert old.get_absolute_url() in shown
        assert client.get(old.get_absolute_url()).status_code == 200

    def test_it_puts_the_document_first_in_the_list(self, client, group, amina):
        document = documents.of(group, "Old", by=amina, updated_at=timezone.now() - timedelta(days=9))
        documents.of(group, "Between", by=amina, updated_at=timezone.now() - timedelta(days=1))
        client.post(url("document_version", group, document.pk), {"upload": pdf(), "seen": 1})
        assert client.get(url("documents", group)).context["shelf"].found.rows[0] == document

    def test_who_did_not_see_the_last_one_is_told_and_keeps_their_file(self, client, group, amina):
        document = documents.of(group, by=amina)
        documents.with_version(document)
        response = client.post(url("document_version", group, document.pk), {"upload": pdf(), "seen": 1})
        assert errors(response) == {"__all__": ["This document was changed meanwhile. Look at it again first."]}
        assert "is safely stored" in html(response)
        assert document.versions.count() == 2

    def test_of_somebody_elses_document_only_a_moderator_adds_one(self, client, group, amina):
        document = documents.of(group, by=documents.member_of(group))
        sent = {"upload": pdf(), "seen": 1}
        assert client.post(url("document_version", group, document.pk), sent).status_code == 403
        documents.member_of(group, client, role="facilitator")
        assert client.post(url("document_version", group, document.pk), sent | {"upload": pdf()}).status_code == 302


class TestChange:
    def test_who_added_it_renames_and_moves_it(self, client, group, amina):
        document = documents.of(group, "Minuts", by=amina)
        said = {"title": "Minutes", "language": "fr", "new_folder": "2026"}
        assert client.post(url("document_change", group, document.pk), said).status_code == 302
        document.refresh_from_db()
        assert (document.title, document.language, str(document.folder)) == ("Minutes", "fr", "2026")

    def test_another_member_does_not(self, client, group, amina):
        document = documents.of(group, by=documents.member_of(group))
        said = {"title": "Mine", "language": "en"}
        assert client.post(url("document_change", group, document.pk), said).status_code == 403

    def test_a_title_is_needed(self, client, group, amina):
        document = documents.of(group, by=amina)
        response = client.post(url("document_change", group, document.pk), {"title": " ", "language": "en"})
        assert list(errors(response)) == ["title"]

    def test_a_document_is_not_reached_through_another_community(self, client, group, amina):
        elsewhere = factories.community()
        document = documents.of(elsewhere, by=documents.member_of(elsewhere))
        assert client.get(url("document", group, document.pk)).status_code == 404


class TestRemove:
    def test_the_page_says_what_follows_and_changes_nothing(self, client, group, amina):
        document = documents.of(group, by=amina)
        assert "Nobody can open its files any more" in html(client.get(url("document_remove", group, document.pk)))
        document.refresh_from_db()
        assert document.removed_at is None

    def test_members_read_who_removed_it_and_why_and_open_nothing(self, client, group, amina):
        document = documents.of(group, "Draft budget", by=amina)
        client.post(url("document_remove", group, document.pk), {"reason": "Replaced by the final one."})
        documents.member_of(group, client)
        line = f"by {amina}: Replaced by the final one."
        assert line in html(client.get(url("documents", group)))
        page = client.get(document.get_absolute_url())
        assert (page.status_code, line in html(page)) == (410, True)
        assert [client.get(one).status_code for one in documents.file_urls(document)] == [404, 404]

    def test_removed_twice_it_keeps_who_was_first_and_why(self, group, amina):
        document = documents.of(group, by=amina)
        services.remove_document(document=document, reason="Replaced by the final one.", by=amina)
        services.remove_document(document=document, reason="Me too.", by=documents.member_of(group))
        document.refresh_from_db()
        assert (document.removed_by, document.removed_reason) == (amina, "Replaced by the final one.")

    def test_a_reason_is_needed(self, client, group, amina):
        document = documents.of(group, by=amina)
        response = client.post(url("document_remove", group, document.pk), {"reason": "  "})
        assert errors(response) == {"reason": ["Say why, so that members understand"]}

    def test_another_member_removes_nothing(self, client, group, amina):
        document = documents.of(group, by=documents.member_of(group))
        assert client.post(url("document_remove", group, document.pk), {"reason": "No."}).status_code == 403

    def test_a_visitor_of_an_open_community_finds_nothing_of_it(self, client):
        group = factories.community()
        documents.member_of(group)
        document = documents.removed(group)
        assert client.get(document.get_absolute_url()).status_code == 404
        assert "Taken away" not in html(client.get(url("documents", group)))

    def test_whoever_moderates_looks_at_it_and_restores_it(self, client, group, amina):
        document = documents.removed(group, by=amina)
        documents.member_of(group, client, role="admin")
        assert [client.get(one).status_code for one in documents.file_urls(document)] == [200, 200]
        assert client.post(url("document_restore", group, document.pk)).status_code == 302
        assert client.get(document.get_absolute_url()).status_code == 200

    def test_who_removed_their_own_does_not_restore_it(self, client, group, amina):
        document = documents.removed(group, by=amina)
        assert client.post(url("document_restore", group, document.pk)).status_code == 403

    def test_after_thirty_days_its_files_go_and_the_line_stays(self, client, group, amina):
        document = documents.removed(group, by=amina, removed_at=timezone.now() - timedelta(days=31))
        services.delete_files_of_removed()
        assert not StoredFile.objects.exists()
        documents.member_of(group, client, role="admin")
        page = client.get(document.get_absolute_url())
        assert (page.status_code, "It names a beneficiary." in html(page)) == (410, True)
        assert client.post(url("document_restore", group, document.pk)).status_code == 403
        assert "Taken away" not in html(client.get(url("documents", group)))

    def test_until_then_they_stay(self, group, amina):
        documents.removed(group, by=amina, removed_at=timezone.now() - timedelta(days=29))
        services.delete_files_of_removed()
        assert StoredFile.objects.exists()
