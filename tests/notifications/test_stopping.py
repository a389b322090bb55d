"""One click, without signing in (RFC 8058)."""

import pytest
from django.core import signing
from django.test import Client

from notifications import preferences, unsubscribing
from notifications.services import post

pytestmark = pytest.mark.django_db


@pytest.fixture
def strict() -> Client:
    """As mail programs and strangers come: no cookie, and tokens against forged forms are asked for."""
    return Client(enforce_csrf_checks=True)


def test_posting_to_the_address_of_the_header_stops_the_kind(strict, member):
    letter = post(occasion="x", to=member, kind="followed", template="followed")
    response = strict.post(unsubscribing.path_of(letter), {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    assert preferences.of(member).frequencies == {"followed": "never"}


def test_the_other_link_stops_everything(strict, member):
    letter = post(occasion="x", to=member, kind="followed", template="followed")
    strict.post(unsubscribing.path_of_all(letter))
    assert set(preferences.of(member).frequencies.values()) == {"never"}


@pytest.mark.parametrize("method", ["get", "head", "options", "put", "delete"])
def test_only_posting_changes_anything(strict, member, method):
    getattr(strict, method)(unsubscribing.path(member, "followed", "en"))
    assert preferences.of(member).frequencies == {}


def test_the_page_says_for_whom_without_telling_it_to_others(strict, member):
    page = strict.get(unsubscribing.path(member, "followed", "en")).content.decode()
    assert "m•••@cast.example" in page
    assert member.email not in page
    assert member.display_name not in page.replace("members", "")


def test_stopping_can_be_undone(client, member):
    preferences.choose(user=member, frequencies={"followed": "daily"})
    response = client.post(unsubscribing.path(member, "followed", "en"))
    client.post("/en/letters/undo/", {"token": response.context["undo_token"]})
    assert preferences.of(member).frequencies == {"followed": "daily"}


def test_undoing_from_another_site_is_refused(strict, member):
    token = strict.post(unsubscribing.path(member, "followed", "en")).context["undo_token"]
    assert strict.post("/en/letters/undo/", {"token": token}).status_code == 403


def test_stopping_what_is_stopped_offers_nothing_to_undo(client, member):
    path = unsubscribing.path(member, "followed", "en")
    client.post(path)
    response = client.post(path)
    assert response.status_code == 200
    assert preferences.of(member).frequencies == {"followed": "never"}


@pytest.mark.parametrize(
    "token", ["nonsense", signing.dumps([1, "followed"], salt="another")], ids=["nonsense", "of another use"]
)
def test_a_token_that_is_not_ours_leads_nowhere(strict, member, token):
    assert strict.post(f"/en/letters/stop/{token}/").status_code == 404


def test_a_token_stops_nothing_about_the_account(strict, member):
    assert unsubscribing.path_of(post(occasion="x", to=member, kind="account", template="x")) is None
    assert strict.post(unsubscribing.path(member, "account", "en")).status_code == 404


def test_the_token_of_a_member_who_left_leads_nowhere(strict, member):
    path = unsubscribing.path(member, "followed", "en")
    member.is_active = False
    member.save()
    assert strict.post(path).status_code == 404


@pytest.mark.parametrize(
    ("address", "shown"), [("jane@example.org", "j•••@example.org"), ("j@example.org", "j•••@example.org")]
)
def test_a_masked_address_shows_its_first_letter_and_its_host(address, shown):
    assert unsubscribing.masked(address) == shown
