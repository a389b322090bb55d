"""Removing and restoring documents, and keeping their folders in order."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from communities import document_services as services
from communities.models import Folder
from files.models import StoredFile
from tests import factories
from tests.communities import documents
from tests.communities.documents import errors, url
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


class TestFolders:
    def test_whoever_moderates_renames_one(self, client, group):
        documents.member_of(group, client, role="facilitator")
        folder = Folder.objects.create(community=group, name="Minuts")
        client.post(url("folder", group, folder.pk), {"name": "Minutes"})
        folder.refresh_from_db()
        assert folder.name == "Minutes"

    def test_two_folders_of_one_name_are_refused(self, client, group):
        documents.member_of(group, client, role="admin")
        folder = Folder.objects.create(community=group, name="Minutes")
        Folder.objects.create(community=group, name="Budget")
        response = client.post(url("folder", group, folder.pk), {"name": "budget"})
        assert errors(response) == {"name": ["There is a folder of this name."]}

    def test_the_documents_of_a_deleted_one_stay(self, client, group):
        by = documents.member_of(group, client, role="admin")
        folder = Folder.objects.create(community=group, name="Minutes")
        document = documents.of(group, by=by, folder=folder)
        client.post(url("folder", group, folder.pk), {"delete": "yes"})
        document.refresh_from_db()
        assert document.folder is None
        assert not Folder.objects.exists()

    def test_members_who_do_not_moderate_change_none(self, client, group, amina):
        folder = Folder.objects.create(community=group, name="Minutes")
        assert client.post(url("folder", group, folder.pk), {"delete": "yes"}).status_code == 403
