"""Folders of a community: made with a document, renamed, removed."""

from __future__ import annotations

import pytest

from communities.models import Folder
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
