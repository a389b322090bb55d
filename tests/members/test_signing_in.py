"""Ways in, the second step, sessions and addresses."""

from __future__ import annotations

import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from allauth.usersessions.models import UserSession
from django.test import Client

from members.models import User
from notifications.models import Letter
from tests.members.helpers import PASSWORD, code_for, is_in, member, newest_letter, sign_in, text_of

pytestmark = pytest.mark.django_db


def app_code(secret: str) -> str:
    from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time

    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_a_password_opens_the_door_and_leads_back(client):
    member()
    answer = sign_in(client, next="/en/discover/publications/")
    assert (is_in(client), answer.headers["Location"]) == (True, "/en/discover/publications/")


def test_nobody_is_sent_to_another_house(client):
    member()
    assert sign_in(client, next="https://evil.example/").headers["Location"] == "/en/me/"


def test_another_host_of_ours_is_another_house(client, settings):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "other.example"]
    member()
    assert sign_in(client, next="https://other.example/").headers["Location"] == "/en/me/"


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client):
    member()
    pages = [
        re.sub(r'value="[^"]*"', "", sign_in(client, email, "wrong words here").content.decode())
        for email in ("awa@example.org", "nobody@example.org")
    ]
    assert pages[0] == pages[1]
    assert "do not match" in pages[0]


def test_a_code_by_letter_opens_the_door_and_leads_back(client):
    member()
    answer = client.post("/en/accounts/login/code/", {"email": "awa@example.org", "next": "/en/search/"})
    assert answer.headers["Location"] == "/en/accounts/login/code/confirm/?next=%2Fen%2Fsearch%2F"
    answer = client.post(
        "/en/accounts/login/code/confirm/", {"code": code_for("awa@example.org"), "next": "/en/search/"}
    )
    assert (is_in(client), answer.headers["Location"]) == (True, "/en/search/")


@pytest.mark.parametrize("path", ["login/code/", "password/reset/"])
def test_asking_for_a_code_tells_nobody_who_is_a_member(path, client):
    member()
    shown = []
    for address in ("awa@example.org", "nobody@example.org"):
        client.cookies.clear()
        answer = client.post(f"/en/accounts/{path}", {"email": address})
        page = client.get(answer.headers["Location"]).content.decode()
        page = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page).replace(address, "x")
        shown.append((answer.status_code, answer.headers["Location"], page))
    assert shown[0] == shown[1]
    assert newest_letter("nobody@example.org").template == "account/unknown_account"


def test_a_forgotten_password_is_replaced_by_a_code(client):
    member(language="fr")
    client.post("/en/accounts/password/reset/", {"email": "awa@example.org"})
    assert newest_letter("awa@example.org").language == "fr"
    client.post("/en/accounts/password/reset/confirm/", {"code": code_for("awa@example.org")})
    new = {"password1": "four quite other words", "password2": "four quite other words"}
    client.post("/en/accounts/password/reset/complete/", new)
    client.cookies.clear()
    sign_in(client, password="four quite other words")
    assert is_in(client)
    told = newest_letter("awa@example.org")
    assert told.template == "account/password_reset"
    assert "a été changé" in text_of(told)[1]


def test_two_different_new_passwords_are_refused_with_one_sentence(client):
    client.force_login(member())
    words = {"oldpassword": PASSWORD, "password1": "four quite other words", "password2": "four quite others"}
    page = client.post("/en/accounts/password/change/", words).content.decode()
    assert page.count("The two passwords differ. Type the same twice.") == 2


@pytest.fixture
def guarded() -> tuple[User, str, RecoveryCodes]:
    """A member with an app and spare codes."""
    user, secret = member(), generate_totp_secret()
    TOTP.activate(user, secret)
    return user, secret, RecoveryCodes.activate(user)


def test_a_password_alone_does_not_open_an_account_with_a_second_step(client, guarded):
    assert sign_in(client).headers["Location"] == "/en/accounts/2fa/authenticate/"
    assert not is_in(client)


def test_the_code_of_the_app_opens_it_and_leads_back(client, guarded):
    sign_in(client, next="/en/search/")
    answer = client.post("/en/accounts/2fa/authenticate/", {"code": app_code(guarded[1])})
    assert (is_in(client), answer.headers["Location"]) == (True, "/en/search/")


def test_the_same_code_of_the_app_opens_once(client, guarded):
    code = app_code(guarded[1])
    with time_machine.travel("2026-11-26 12:00:00", tick=False):
        code = app_code(guarded[1])
        for expected in (True, False):
            client.cookies.clear()
            sign_in(client)
            client.post("/en/accounts/2fa/authenticate/", {"code": code})
            assert is_in(client) is expected


def test_a_spare_code_opens_it_once(client, guarded):
    spare = guarded[2].get_unused_codes()[0]
    for expected in (True, False):
        client.cookies.clear()
        sign_in(client)
        client.post("/en/accounts/2fa/authenticate/", {"code": spare})
        assert is_in(client) is expected


@pytest.mark.parametrize("door", ["/en/staff/admin/", "/en/staff/admin/login/?next=/en/staff/admin/"])
def test_staff_come_in_by_the_same_door_with_its_second_step(door, client, guarded):
    User.objects.update(is_staff=True)
    answer = client.get(door, follow=True)
    assert answer.redirect_chain[-1][0] == "/en/accounts/login/?next=/en/staff/admin/"
    assert (
        client.post("/en/staff/admin/login/", {"username": "awa@example.org", "password": PASSWORD}).status_code == 405
    )
    sign_in(client, next="/en/staff/admin/")
    assert client.get("/en/staff/admin/").status_code == 302
    client.post("/en/accounts/2fa/authenticate/", {"code": app_code(guarded[1])})
    assert client.get("/en/staff/admin/").status_code == 200


def test_the_door_of_staff_leads_to_no_other_house(client):
    client.force_login(member(is_staff=True))
    answer = client.get("/en/staff/admin/login/?next=https://evil.example/")
    assert answer.headers["Location"] == "/en/staff/admin/"


def test_switching_the_second_step_on_gives_spare_codes_and_a_letter(client, django_capture_on_commit_callbacks):
    member()
    sign_in(client)
    page = client.get("/en/accounts/2fa/totp/activate/")
    code = app_code(page.context["form"].secret)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/en/accounts/2fa/totp/activate/", {"code": code})
    assert answer.headers["Location"] == "/en/accounts/2fa/recovery-codes/"
    assert len(client.get(answer.headers["Location"]).context["unused_codes"]) == 10
    assert {letter.template for letter in Letter.objects.all()} >= {"account/totp_activated"}


def test_a_member_sees_where_they_are_signed_in_and_ends_the_others():
    member()
    here, there = Client(), Client(headers={"User-Agent": "Mozilla/5.0 (Android 14) Gecko/130.0 Firefox/130.0"})
    for client in (here, there):
        sign_in(client)
    page = here.get("/en/accounts/sessions/").content.decode()
    assert "Firefox, Android" in page
    assert "This one" in page
    here.post("/en/accounts/sessions/")
    assert is_in(here)
    assert there.get("/en/accounts/email/").status_code == 302
    assert UserSession.objects.count() == 1


def test_an_address_is_added_by_a_code_made_the_main_one_and_removed(client):
    user = member()
    sign_in(client)
    answer = client.post("/en/accounts/email/", {"action_add": "1", "email": "awa@work.example"})
    assert answer.headers["Location"] == "/en/accounts/confirm-email/"
    client.post("/en/accounts/confirm-email/", {"code": code_for("awa@work.example")})
    assert EmailAddress.objects.get(email="awa@work.example").verified
    client.post("/en/accounts/email/", {"action_primary": "1", "email": "awa@work.example"})
    user.refresh_from_db()
    assert user.email == "awa@work.example"
    assert "awa@example.org" in client.get("/en/accounts/email/remove/?email=awa@example.org").content.decode()
    client.post("/en/accounts/email/", {"action_remove": "1", "email": "awa@example.org"})
    assert [one.email for one in user.emailaddress_set.all()] == ["awa@work.example"]
    told = newest_letter("awa@work.example")
    assert told.template == "account/email_deleted"
    assert "awa@example.org" in text_of(told)[1]


def test_the_main_address_stays(client):
    user = member()
    sign_in(client)
    client.post("/en/accounts/email/", {"action_remove": "1", "email": "awa@example.org"})
    assert user.emailaddress_set.count() == 1
    assert client.get("/en/accounts/email/remove/?email=awa@example.org").status_code == 404


def test_somebody_elses_address_can_be_neither_added_nor_learned(client):
    member("other@example.org", language="fr")
    member()
    sign_in(client)
    answer = client.post("/en/accounts/email/", {"action_add": "1", "email": "other@example.org"})
    assert answer.headers["Location"] == "/en/accounts/confirm-email/"
    client.post("/en/accounts/confirm-email/", {"code": code_for("other@example.org")})
    assert EmailAddress.objects.get(email="other@example.org").user.email == "other@example.org"


def test_grave_changes_ask_again_who_it_is_after_a_while(client):
    with time_machine.travel("2026-11-26 08:00:00"):
        member()
        sign_in(client)
    with time_machine.travel("2026-11-26 11:00:00"):
        answer = client.get("/en/accounts/2fa/totp/activate/")
        assert answer.headers["Location"].startswith("/en/accounts/reauthenticate/")
        answer = client.post(
            answer.headers["Location"], {"password": PASSWORD, "next": "/en/accounts/2fa/totp/activate/"}
        )
        assert answer.headers["Location"] == "/en/accounts/2fa/totp/activate/"
        assert client.get("/en/accounts/2fa/totp/activate/").status_code == 200


def test_signing_out_needs_a_press(client):
    client.force_login(member())
    client.get("/en/accounts/logout/")
    assert is_in(client)
    client.post("/en/accounts/logout/")
    assert not is_in(client)


def test_the_operators_administrator_can_sign_in(client):
    User.objects.create_superuser("boss@example.org", PASSWORD, display_name="Boss")
    sign_in(client, "boss@example.org")
    assert is_in(client)
    assert not Authenticator.objects.exists()


def test_only_what_has_keys_is_offered(client):
    page = client.get("/en/accounts/login/").content.decode()
    assert "elsewhere" not in page
    assert client.get("/en/accounts/google/login/").status_code == 404
