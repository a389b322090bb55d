"""Who opens the files of a community: asked again for every answer, whatever link or tab somebody holds."""

from __future__ import annotations

import pytest
from django.test import Client

from communities import document_services as services
from communities import joining
from communities.models import Document, DocumentVersion, Membership
from content.models import Entry
from files.models import StoredFile
from files.services import remove_orphans, remove_unclaimed
from moderation.registry import scope_of
from tests import factories
from tests.communities import documents
from tests.communities.documents import url
from tests.files.conftest import own_storage  # noqa: F401

pytestmark = pytest.mark.django_db
CLOSED = ("request", "private")


def answers(client: Client, document: Document) -> set[int]:
    """Of the file and its preview, in every version."""
    return {client.get(address).status_code for address in documents.file_urls(document)}


def entered(user=None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client


@pytest.fixture(params=CLOSED)
def closed(request):
    group = factories.community(access=request.param)
    documents.member_of(group)
    return group


@pytest.fixture
def document(closed):
    made = documents.of(closed)
    documents.with_version(made)
    return made


def test_members_open_every_version(closed, document):
    assert answers(entered(documents.member_of(closed)), document) == {200}


@pytest.mark.parametrize("state", ["asked", "declined", "left", "removed", "banned"])
def test_whoever_is_not_in_it_now_opens_nothing(closed, document, state):
    assert answers(entered(documents.member_of(closed, state=state)), document) == {404}


def test_visitors_and_other_members_open_nothing(document, other_member):
    assert answers(entered(), document) == answers(entered(other_member), document) == {404}


def test_the_administrator_of_another_community_opens_nothing(document):
    other = factories.community()
    assert answers(entered(documents.member_of(other, role="admin")), document) == {404}


@pytest.mark.parametrize("rights", [{"is_staff": True}, {"is_staff": True, "is_superuser": True}])
def test_the_team_opens_nothing(document, rights):
    assert answers(entered(factories.member(**rights)), document) == {404}


def test_who_is_removed_is_refused_at_once(closed, document):
    user = documents.member_of(closed)
    tab = entered(user)
    assert answers(tab, document) == {200}
    Membership.objects.filter(user=user).update(state="removed")
    assert answers(tab, document) == {404}


def test_who_is_banned_is_refused_at_once(closed, document):
    user = documents.member_of(closed)
    tab = entered(user)
    assert answers(tab, document) == {200}
    scope_of(closed).shut_out(scope=closed, user=user, by=user)
    assert answers(tab, document) == {404}


def test_who_is_paused_reads_on(closed, document):
    user = documents.member_of(closed)
    factories.pause(closed, user)
    assert answers(entered(user), document) == {200}


def test_what_a_browser_kept_is_asked_for_again(closed, document):
    """A removed member who holds the file's ETag gets no 304."""
    user = documents.member_of(closed)
    tab = entered(user)
    address = documents.file_urls(document)[0]
    tag = tab.get(address)["ETag"]
    assert tab.get(address, headers={"If-None-Match": tag}).status_code == 304
    Membership.objects.filter(user=user).update(state="removed")
    assert tab.get(address, headers={"If-None-Match": tag}).status_code == 404


def test_no_cache_on_the_way_keeps_a_private_file(closed, document):
    tab = entered(documents.member_of(closed))
    for address in documents.file_urls(document):
        assert tab.get(address)["Cache-Control"] == "private, no-cache"


def test_no_browser_keeps_the_pages(closed, document):
    tab = entered(documents.member_of(closed))
    for address in (document.get_absolute_url(), url("documents", closed)):
        assert "no-store" in tab.get(address)["Cache-Control"]


def test_the_files_of_an_open_community_are_public():
    group = factories.community()
    documents.member_of(group)
    document = documents.of(group)
    assert answers(entered(), document) == {200}
    assert entered().get(documents.file_urls(document)[0])["Cache-Control"] == "public, no-cache"


def test_a_community_that_closes_closes_its_files(client):
    group = factories.community()
    documents.member_of(group)
    document = documents.of(group)
    assert answers(client, document) == {200}
    type(group).objects.filter(pk=group.pk).update(access="private")
    assert answers(client, document) == {404}


def test_the_files_of_a_withdrawn_community_are_nobodys(closed, document):
    tab = entered(documents.member_of(closed))
    gone = {"status": Entry.Status.WITHDRAWN, "withdrawn_at": closed.published_at, "withdrawal_reason": "Ended."}
    type(closed).objects.filter(pk=closed.pk).update(**gone)
    assert answers(tab, document) == {404}


def test_a_file_whose_form_was_not_whole_is_nobodys(closed):
    user = documents.member_of(closed)
    stored = documents.stored_file()
    services.ticket_of(stored=stored, by=user)
    assert entered(user).get(stored.get_absolute_url()).status_code == 404


# ---------- Gone for good ----------


def on_disk() -> list[str]:
    from django.core.files.storage import default_storage

    return [path for folder in ("files", "previews") for path in _walk(default_storage, folder)]


def _walk(storage, folder: str) -> list[str]:
    if not storage.exists(folder):
        return []
    folders, names = storage.listdir(folder)
    found = [f"{folder}/{name}" for name in names]
    return found + [path for inner in folders for path in _walk(storage, f"{folder}/{inner}")]


def test_deleted_documents_leave_no_file(document, django_capture_on_commit_callbacks):
    assert len(on_disk()) == 4  # two versions, each with its first page
    with django_capture_on_commit_callbacks(execute=True):
        services.delete_documents([document])
    assert not StoredFile.objects.exists()
    assert on_disk() == []


def test_files_stay_where_the_deletion_is_undone(document):
    services.delete_documents([document])  # nothing is committed in a test
    assert len(on_disk()) == 4


def test_a_deleted_community_leaves_no_file(closed, document, django_capture_on_commit_callbacks):
    """Whatever deletes it: rows that nothing points at any more are found by the sweep."""
    closed.delete()
    StoredFile.objects.update(created_at="2026-01-01T00:00Z")
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_unclaimed() == 2
    assert on_disk() == []


def test_the_sweep_leaves_what_a_document_has(document):
    StoredFile.objects.update(created_at="2026-01-01T00:00Z")
    assert remove_unclaimed() == 0
    assert remove_orphans() == []
    assert DocumentVersion.objects.count() == StoredFile.objects.count() == 2


def test_a_file_whose_form_was_left_is_swept_after_a_day(closed):
    documents.stored_file()
    assert remove_unclaimed() == 0
    StoredFile.objects.update(created_at="2026-01-01T00:00Z")
    assert remove_unclaimed() == 1


# ---------- The whole way in ----------


def test_a_visitor_is_led_to_sign_in_and_back_to_the_document(closed, document, client):
    if closed.access == "private":
        assert client.get(document.get_absolute_url()).status_code == 404
        return
    response = client.get(document.get_absolute_url())
    assert response.url == f"/en/accounts/login/?next={document.get_absolute_url()}"


def test_a_link_leads_through_joining_to_the_document(client, other_member):
    """J4.4: who follows the link of a letter signs in, asks, is accepted, and the same link opens the document."""
    group = factories.community(access="request")
    runner = documents.member_of(group, role="admin")
    document = documents.of(group)
    link = document.get_absolute_url()
    assert "/accounts/login/" in client.get(link).url
    client.force_login(other_member)
    way = client.get(link).url
    assert way == f"{url('join', group)}?next={link.replace('/', '%2F')}"
    asking = client.get(way).context
    client.post(url("join", group), {"next": asking["next"], "conduct": "on", "answer": "I work on pensions."})
    assert client.get(link).status_code == 302
    row = Membership.objects.get(user=other_member)
    joining.decide(membership=row, by=runner, accept=True)
    assert client.get(link).status_code == 200
    assert answers(client, document) == {200}


def test_joining_an_open_community_leads_back_to_adding_a_document(client, other_member):
    group = factories.community()
    wanted = url("document_add", group)
    client.force_login(other_member)
    asking = client.get(client.get(wanted).url).context
    joined = client.post(url("join", group), {"next": asking["next"], "conduct": "on"})
    assert joined.url == wanted
    assert client.get(wanted).status_code == 200
