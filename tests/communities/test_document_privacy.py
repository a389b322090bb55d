"""What is held about a person in documents and on shelves: told whole, and left where others need it."""

from __future__ import annotations

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage

from communities.models import Document, ShelfItem
from content.services import about
from files.models import StoredFile
from members import erasure, exports
from members.models import DataExport
from tests import factories
from tests.communities import documents
from tests.communities.documents import url
from tests.files.conftest import own_storage  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return factories.community(access="private")


@pytest.fixture
def leaving(group):
    return factories.membership(group, factories.member("Leila Haddad")).user


def archive(user) -> ZipFile:
    exports.make(pk=exports.plan(user=user, language="en").pk)
    return ZipFile(BytesIO(default_storage.open(DataExport.objects.get().path).read()))


def told(found: ZipFile, key: str) -> list[dict]:
    name = next(one for one in found.namelist() if one.endswith(f"{key}.json"))
    return json.loads(found.read(name))


def test_the_export_has_their_documents_with_the_files(group, leaving):
    document = documents.of(group, "Minutes of May", by=leaving)
    document.versions.update(by=leaving)
    documents.of(group, "Of somebody else", by=documents.member_of(group))
    found = archive(leaving)
    assert [one["title"] for one in told(found, "community-documents")] == ["Minutes of May"]
    assert [one["document"] for one in told(found, "community-versions")] == ["Minutes of May"]
    assert any(name.endswith("minutes-1.pdf") for name in found.namelist())


def test_the_export_has_what_they_recommended(group, leaving):
    record = factories.publication()
    ShelfItem.objects.create(community=group, **about(record), by=leaving, note="Read it.")
    assert [one["note"] for one in told(archive(leaving), "shelf")] == ["Read it."]


def test_what_others_work_with_stays_with_a_former_member(client, group, leaving):
    document = documents.of(group, by=leaving)
    ShelfItem.objects.create(community=group, **about(factories.publication()), by=leaving, note="Read it.")
    name = leaving.display_name
    erasure.erase(user=leaving)
    documents.member_of(group, client)
    for address in (url("documents", group), document.get_absolute_url(), url("shelf", group)):
        shown = client.get(address).content.decode()
        assert "Former member" in shown
        assert name not in shown
    assert client.get(document.current.file.get_absolute_url()).status_code == 200


def test_what_was_removed_goes_with_its_files(group, leaving):
    documents.removed(group, by=leaving)
    kept = documents.removed(group, by=documents.member_of(group))
    erasure.erase(user=leaving)
    assert Document.objects.get() == kept
    assert StoredFile.objects.count() == 1
