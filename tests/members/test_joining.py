"""Somebody joins: four things, one code, and back to where they were."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress

from members.models import User
from notifications import services
from notifications.models import Letter
from tests.members.helpers import PASSWORD, code_for, is_in, join, member, newest_letter, text_of

pytestmark = pytest.mark.django_db
CONFIRM = "/fr/accounts/confirm-email/"
UPLOAD = "/fr/discover/publications/upload/"


def test_the_form_asks_four_things(client):
    form = client.get("/en/accounts/signup/").context["form"]
    assert list(form.fields) == ["display_name", "email", "password1", "language", "remarks"]
    assert all(form.fields[name].required for name in ("display_name", "email", "password1", "language"))


def test_the_language_of_the_page_is_offered_first(client):
    assert client.get("/es/accounts/signup/").context["form"]["language"].value() == "es"


def test_a_person_joins_in_french_and_comes_back_to_what_they_were_about_to_do(client):
    answer = join(client, "fr", UPLOAD)
    assert answer.headers["Location"] == CONFIRM
    assert not is_in(client)
    answer = client.post(CONFIRM, {"code": code_for("awa@example.org")})
    assert answer.headers["Location"] == UPLOAD
    assert is_in(client)
    user = User.objects.get(email="awa@example.org")
    assert (user.display_name, user.language) == ("Awa Diallo", "fr")
    assert EmailAddress.objects.get(user=user).verified


def test_the_letter_with_the_code_is_in_french(client):
    join(client, "fr")
    letter = newest_letter("awa@example.org")
    subject, body = text_of(letter)
    code = letter.context["code"]
    assert letter.language == "fr"
    assert letter.kind == "account"
    assert subject == f"{code} est votre code pour Portail de la protection sociale"
    assert "Bienvenue, Awa Diallo." in body
    assert code in body


def test_the_language_chosen_counts_and_not_the_one_of_the_page(client):
    client.post(
        "/en/accounts/signup/",
        {"display_name": "Ana", "email": "ana@example.org", "password1": PASSWORD, "language": "es", "remarks": ""},
    )
    assert newest_letter("ana@example.org").language == "es"


def test_the_code_is_taken_without_its_dash(client):
    join(client, "fr")
    client.post(CONFIRM, {"code": code_for("awa@example.org").replace("-", " ")})
    assert is_in(client)


def test_a_wrong_code_lets_nobody_in_and_is_said_twice(client):
    join(client, "fr")
    page = client.post(CONFIRM, {"code": "0000-0000"}).content.decode()
    assert not is_in(client)
    assert page.count("Ce code est faux.") == 2
    assert "<title>Erreur\u202f: " in page


def test_the_third_wrong_code_ends_it(client):
    join(client, "fr")
    for _ in range(3):
        answer = client.post(CONFIRM, {"code": "0000-0000"})
    assert answer.headers["Location"] == "/fr/accounts/login/"
    client.post(CONFIRM, {"code": code_for("awa@example.org")})
    assert not is_in(client)


def test_a_form_that_failed_keeps_what_was_typed(client):
    page = join(client, "fr", UPLOAD, password1="short").content.decode()
    assert 'value="Awa Diallo"' in page
    assert 'value="awa@example.org"' in page
    assert f'name="next" value="{UPLOAD}"' in page
    assert page.count("Prenez au moins 12 caractères") == 2
    assert not User.objects.exists()


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_nobody_is_sent_to_another_house(elsewhere, client):
    join(client, "fr", elsewhere)
    answer = client.post(CONFIRM, {"code": code_for("awa@example.org")})
    assert answer.headers["Location"] == "/fr/"


@pytest.mark.parametrize("field", ["is_staff", "is_superuser", "is_active", "groups", "date_joined", "time_zone"])
def test_nothing_else_that_is_sent_reaches_the_row(field, client):
    join(client, **{field: "1"})
    user = User.objects.get()
    assert (user.is_staff, user.is_superuser, user.is_active, user.time_zone) == (False, False, True, "UTC")
    assert not user.groups.exists()


def test_a_known_address_and_a_new_one_are_answered_alike(client, django_user_model):
    member("known@example.org")
    shown = {}
    for address in ("known@example.org", "fresh@example.org"):
        client.cookies.clear()
        answer = join(client, email=address)
        page = client.get(answer.headers["Location"]).content.decode()
        shown[address] = (answer.status_code, answer.headers["Location"], tokenless(page).replace(address, "x"))
    assert shown["known@example.org"] == shown["fresh@example.org"]
    assert django_user_model.objects.count() == 2


def tokenless(page: str) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_whoever_has_an_account_is_told_so_by_letter_in_their_language(client):
    member(language="es")
    join(client, "fr")
    letter = newest_letter("awa@example.org")
    assert (letter.template, letter.language) == ("account/account_already_exists", "es")
    assert "/es/accounts/login/" in text_of(letter)[1]


def test_a_machine_that_fills_the_hidden_field_makes_no_account(client):
    answer = join(client, remarks="Buy now")
    assert answer.status_code == 302
    assert not User.objects.exists()
    assert not Letter.objects.exists()


def test_common_passwords_and_the_persons_own_name_are_refused(client):
    for password in ("password1234", "awa@example.org", "Awa Diallo 12"):
        assert join(client, password1=password).status_code == 200, password
    assert not User.objects.exists()


def test_an_address_that_was_never_confirmed_opens_nothing(client):
    join(client)
    client.cookies.clear()
    client.post("/en/accounts/login/", {"login": "awa@example.org", "password": PASSWORD})
    assert not is_in(client)


def test_a_crash_before_the_letter_leaves_no_account(client, monkeypatch):
    def crash(**_letter):
        raise RuntimeError("The power went")

    monkeypatch.setattr(services, "post", crash)
    with pytest.raises(RuntimeError):
        join(client)
    assert not User.objects.exists()
    assert not EmailAddress.objects.exists()
    monkeypatch.undo()
    join(client)
    assert code_for("awa@example.org")


def test_an_address_that_makes_no_sense_is_nobodys(client):
    client.force_login(member())
    assert client.get("/en/accounts/email/remove/?email=%00").status_code == 404
