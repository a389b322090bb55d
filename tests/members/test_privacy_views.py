"""A member's page on privacy, the public pages about it, and the way out."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.contrib.admin.models import LogEntry
from django.core.files.storage import default_storage
from django.urls import reverse

from members import consents, exports
from members.models import Consent, DataExport, User
from notifications.models import Letter

pytestmark = pytest.mark.django_db
PAGE = "/en/me/privacy/"
NAMED = "/en/me/privacy/consents/named/"
EXPORT = "/en/me/privacy/export/"
DOWNLOAD = "/en/me/privacy/export/download/"
ERASE = "/en/me/privacy/delete/"
PASSWORD = "seven grey herons"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def mine(client, member):
    """The member, signed in, who can say again who they are."""
    member.set_password(PASSWORD)
    member.save()
    EmailAddress.objects.get_or_create(user=member, email=member.email, defaults={"verified": True, "primary": True})
    client.force_login(member, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def made(user: User) -> DataExport:
    exports.make(pk=exports.plan(user=user, language="en").pk)
    return DataExport.objects.get(user=user)


# ---------- Consents ----------


def test_the_page_shows_each_purpose_with_its_state_and_text(mine):
    text = mine.get(PAGE).content.decode()
    assert all(str(one.label) in text for one in consents.all_purposes())
    assert "Show my name on the public page" in text


def test_the_switch_takes_effect_at_once_and_says_when_and_where(mine, member):
    assert mine.post(NAMED, {"given": "yes"}, follow=True).redirect_chain == [(PAGE, 302)]
    assert consents.is_given(user=member, purpose="named")
    assert "given on /en/me/privacy/" in mine.get(PAGE).content.decode()
    mine.post(NAMED, {"given": "no"})
    assert not consents.is_given(user=member, purpose="named")


def test_the_proof_is_in_the_language_in_which_it_was_given(mine):
    mine.post("/fr/me/privacy/consents/named/", {"given": "yes"})
    text = mine.get(PAGE).content.decode()
    assert 'lang="fr"' in text
    assert "Afficher mon nom" in text


def test_what_is_needed_leads_to_the_page_that_ends_the_account(mine):
    response = mine.post("/en/me/privacy/consents/terms/", {"given": "no"})
    assert (response.status_code, response["Location"]) == (302, ERASE)


def test_a_purpose_nobody_knows_is_not_found(mine):
    assert mine.post("/en/me/privacy/consents/nonsense/", {"given": "yes"}).status_code == 404


def test_a_switch_needs_a_form_of_ours(member):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(member)
    assert strict.post(NAMED, {"given": "yes"}).status_code == 403
    assert not Consent.objects.exists()


@pytest.mark.parametrize("address", [NAMED, EXPORT])
def test_writing_needs_sign_in_and_a_post(address, client, mine, member):
    assert mine.get(address).status_code == 405
    client.logout()
    response = client.post(address, {"given": "yes"})
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]
    assert not Consent.objects.exists()
    assert not DataExport.objects.exists()


def test_the_page_costs_the_same_with_one_row_and_with_twenty(mine, member, django_assert_max_num_queries):
    mine.get(PAGE)
    for count in (1, 20):
        for number in range(count):
            consents.give(user=member, purpose="named", given=number % 2 == 0, language="en", source=PAGE)
        with django_assert_max_num_queries(8):
            mine.get(PAGE)


def test_the_page_is_kept_by_nobody(mine):
    assert "no-store" in mine.get(PAGE)["Cache-Control"]


# ---------- Export ----------


def test_a_press_plans_an_export_and_the_page_says_how_far_it_is(mine, member):
    mine.post(EXPORT)
    assert "about to be made" in mine.get(PAGE).content.decode()
    DataExport.objects.update(state="running", parts=9, parts_done=3)
    assert "3 of 9 parts done" in mine.get(PAGE).content.decode()


def test_a_press_works_while_the_broker_is_away(mine, no_broker):
    assert mine.post(EXPORT).status_code == 302
    assert DataExport.objects.get().state == "planned"
    exports.make_due()
    assert DataExport.objects.get().state == "ready"


def test_the_member_downloads_the_file_and_nobody_else(mine, member, other_member, client):
    export = made(member)
    response = mine.get(DOWNLOAD)
    assert b"".join(response.streaming_content) == default_storage.open(export.path).read()
    assert response["Content-Disposition"].startswith('attachment; filename="my-data-')
    assert "no-store" in response["Cache-Control"]
    client.force_login(other_member)
    assert client.get(DOWNLOAD).status_code == 404
    client.logout()
    assert client.get(DOWNLOAD).status_code == 302


def test_the_server_in_front_sends_it_where_there_is_one(mine, member, settings):
    export = made(member)
    settings.FILES_ACCEL_PREFIX = "/protected"
    assert mine.get(DOWNLOAD)["X-Accel-Redirect"] == f"/protected/{export.path}"


def test_a_file_that_storage_lost_is_not_found(mine, member):
    default_storage.delete(made(member).path)
    assert mine.get(DOWNLOAD).status_code == 404


# ---------- Deletion ----------


def test_deletion_asks_again_who_it_is(mine):
    response = mine.get(ERASE)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert mine.post(ERASE).status_code == 302
    assert not User.objects.filter(erased_at__isnull=False).exists()


def test_after_the_password_the_page_tells_and_the_button_deletes(mine, member):
    back = mine.post(f"{reverse('account_reauthenticate')}?next={ERASE}", {"password": PASSWORD})
    assert (back.status_code, back["Location"]) == (302, ERASE)
    text = mine.get(ERASE).content.decode()
    assert "What stays" in text
    assert "in one file first" in text
    response = mine.post(ERASE)
    assert response["Location"] == "/en/about/account-deleted/"
    assert User.objects.get(pk=member.pk).is_former
    assert mine.get(PAGE).status_code == 302
    assert Letter.objects.get(template="account_erased").address == "member@cast.example"


def test_a_former_member_cannot_come_back_by_password(mine, member):
    from members import erasure

    erasure.erase(user=member)
    mine.post(reverse("account_login"), {"login": "member@cast.example", "password": PASSWORD})
    assert mine.get(PAGE).status_code == 302


# ---------- Public pages ----------


@pytest.mark.parametrize("address", ["about/privacy/", "about/terms/"])
def test_the_notice_and_the_terms_are_there_for_everybody(address, client, settings):
    titles = set()
    for code in ("en", "fr", "es"):
        response = client.get(f"/{code}/{address}")
        text = response.content.decode()
        assert settings.PORTAL_CONTACT in text
        assert "{" not in text.partition("<main")[2]
        titles.add(text.partition("<h1>")[2].partition("</h1>")[0])
    assert len(titles) == 3


def test_a_version_has_an_address_of_its_own_and_one_that_never_was_has_none(client):
    version = consents.get("terms").version
    assert client.get(f"/en/about/terms/{version}/").status_code == 200
    assert client.get("/en/about/terms/1999-01-01/").status_code == 404
    assert client.get("/en/about/terms/..%2f..%2fmodels/").status_code == 404


def test_the_foot_of_every_page_leads_there(client):
    assert 'href="/en/about/privacy/"' in client.get("/en/").content.decode()


# ---------- The staff room ----------


@pytest.mark.parametrize("many", [False, True])
def test_deleting_a_member_in_the_staff_room_is_the_same_as_on_their_page(many, client, staff, member):
    client.force_login(staff)
    if many:
        sent = {"action": "delete_selected", "_selected_action": [member.pk], "post": "yes"}
        client.post(reverse("admin:members_user_changelist"), sent)
    else:
        address = reverse("admin:members_user_delete", args=[member.pk])
        assert "What stays" in client.get(address).content.decode()
        client.post(address, {"post": "yes"})
    former = User.objects.get(pk=member.pk)
    assert former.is_former
    assert not LogEntry.objects.filter(object_repr__contains="member").exists()
    assert client.get(reverse("admin:members_user_change", args=[member.pk])).status_code == 200
    assert client.post(reverse("admin:members_user_change", args=[member.pk]), {}).status_code == 403
