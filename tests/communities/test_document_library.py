"""A document of a community on its way into the public library, in one press."""

from __future__ import annotations

import pytest
from django.urls import reverse

from communities import document_services as services
from communities.models import ShelfItem
from content import services as content
from content.models import Case
from files.models import StoredFile
from publications import proposing, uploading
from publications.models import Draft, Proposal, Publication
from tests import factories
from tests.communities import documents
from tests.communities.documents import pdf, url
from tests.files.conftest import own_storage  # noqa: F401
from tests.publications import uploads

pytestmark = pytest.mark.django_db


@pytest.fixture
def group():
    return factories.community(access="private")


@pytest.fixture
def amina(group, client):
    return documents.member_of(group, client)


@pytest.fixture
def document(client, group, amina):
    """Added through its form, with a file that was opened."""
    client.post(url("document_add", group), documents.TYPED | {"upload": pdf()})
    return group.documents.get()


@pytest.fixture
def draft(client, group, document) -> Draft:
    client.post(url("document_propose", group, document.pk))
    return Draft.objects.get()


def page(client, document) -> str:
    return " ".join(client.get(document.get_absolute_url()).content.decode().split())


def sent(client, draft: Draft) -> Publication:
    uploads.vocabulary()
    draft = uploads.send(client, draft, title="Minutes of the May call")
    assert draft.publication is not None
    return draft.publication


def test_one_press_leads_to_the_details_with_what_is_known_filled_in(client, group, document, amina):
    response = client.post(url("document_propose", group, document.pk))
    draft = Draft.objects.get()
    assert response.url == reverse("publications:draft_details", args=[draft.key])
    assert (draft.owner, draft.first("title"), draft.first("language")) == (amina, document.title, "en")
    assert {"title", "language"} <= set(draft.guessed)
    assert client.get(response.url).status_code == 200


def test_document_and_draft_have_a_file_each(client, document, draft):
    assert draft.file != document.current.file
    assert draft.file.sha256 == document.current.file.sha256
    services.delete_documents([document])
    assert client.get(draft.file.get_absolute_url()).status_code == 200


def test_the_draft_that_goes_leaves_the_document(client, document, draft, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        uploading.discard_draft(draft=draft)
    assert client.get(document.current.file.get_absolute_url()).status_code == 200
    assert StoredFile.objects.count() == 1


def test_a_discarded_proposal_can_be_made_again(client, group, document, draft):
    assert "Propose to the public library" not in page(client, document)
    uploading.discard_draft(draft=draft)
    assert "Propose to the public library" in page(client, document)
    client.post(url("document_propose", group, document.pk))
    assert Proposal.objects.get().document == document


def test_pressed_twice_it_is_one_draft_and_the_second_is_told(client, group, document, draft):
    response = client.post(url("document_propose", group, document.pk), follow=True)
    assert "This document was proposed already." in response.content.decode()
    assert Draft.objects.count() == Proposal.objects.count() == 1


def test_of_two_at_the_same_moment_the_second_leaves_nothing(document, amina, monkeypatch, draft):
    """Both found that nobody had proposed it."""
    monkeypatch.setattr(proposing, "_is_proposed", lambda document: False)
    with pytest.raises(proposing.ValidationError):
        proposing.propose(document=document, by=amina)
    assert Draft.objects.get() == draft
    assert StoredFile.objects.count() == 2


def test_others_read_that_somebody_prepares_it_and_are_not_led_there(client, group, document, draft):
    documents.member_of(group, client)
    shown = page(client, document)
    assert "A member prepares it." in shown
    assert draft.key not in shown


def test_the_page_follows_it_through_the_review(client, document, draft, tantivy):
    publication = sent(client, draft)
    assert Case.objects.about(publication).open().exists()
    shown = page(client, document)
    assert "In review" in shown
    assert reverse("publications:contribution", args=[publication.pk]) in shown


def test_what_was_sent_is_known_when_its_draft_is_forgotten(client, document, draft, tantivy):
    sent(client, draft)
    Draft.objects.all().delete()
    assert "In review" in page(client, document)


def test_published_it_is_linked_and_stands_on_the_shelf(client, group, document, draft, tantivy):
    publication = sent(client, draft)
    content.publish(record=publication, by=factories.member(is_staff=True))
    assert publication.get_absolute_url() in page(client, document)
    item = ShelfItem.objects.about(publication).get()
    assert (item.community, item.by) == (group, publication.owner)


def test_taken_off_the_shelf_it_stays_off(client, group, document, draft, tantivy):
    publication, editor = sent(client, draft), factories.member(is_staff=True)
    content.publish(record=publication, by=editor)
    ShelfItem.objects.all().delete()
    content.withdraw(record=publication, by=editor, reason="A mistake.")
    content.publish(record=publication, by=editor)
    assert not ShelfItem.objects.exists()


def test_it_is_shelved_once_where_a_member_was_faster(client, group, document, draft, tantivy):
    publication = sent(client, draft)
    ShelfItem.objects.create(community=group, **content.about(publication), note="Read it.")
    content.publish(record=publication, by=factories.member(is_staff=True))
    assert ShelfItem.objects.get().note == "Read it."


def test_a_publication_that_came_from_nowhere_is_on_no_shelf(group):
    record = factories.publication(status="draft", published_at=None)
    content.publish(record=record, by=factories.member(is_staff=True))
    assert not ShelfItem.objects.exists()


def test_too_many_drafts_are_told_on_the_page(client, group, document, monkeypatch):
    monkeypatch.setattr(uploading, "MOST_DRAFTS", 0)
    response = client.post(url("document_propose", group, document.pk), follow=True)
    assert "You have many drafts already." in response.content.decode()


def test_a_removed_document_is_not_proposed(client, group, document, amina):
    services.remove_document(document=document, reason="Wrong file.", by=amina)
    assert client.post(url("document_propose", group, document.pk)).status_code == 403


def test_visitors_of_an_open_community_see_no_button(client):
    group = factories.community()
    documents.member_of(group)
    assert "Propose to the public library" not in page(client, documents.of(group))
