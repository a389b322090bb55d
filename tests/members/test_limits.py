"""How often somebody may knock."""

from __future__ import annotations

import pytest
from allauth.core.internal import ratelimit
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.test import Client

from members.models import User
from tests.members.helpers import PASSWORD, code_for, is_in, join, member, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def dead_cache(monkeypatch) -> None:
    """The cache of pages as Redis is when it is down."""

    def refuse(*given, **more):
        raise ConnectionError("nobody answers")

    for name in ("add", "delete", "get", "get_many", "set", "set_many", "touch"):
        monkeypatch.setattr(type(caches["default"]), name, refuse)
    with pytest.raises(ConnectionError):
        cache.get("anything")


def burst(number: int = 50, **more) -> list[int]:
    return [join(Client(), email=f"machine-{one}@example.org", **more).status_code for one in range(number)]


def test_allauth_counts_in_the_database_and_reads_its_cache_by_one_name():
    assert isinstance(caches["limits"], DatabaseCache)
    for module in (ratelimit, totp):
        assert isinstance(module.cache._connections[module.cache._alias], DatabaseCache)


def test_a_burst_of_fifty_sign_ups_does_not_pass():
    answers = burst()
    assert answers.count(302) <= 8
    assert set(answers[8:]) == {429}
    assert User.objects.count() == answers.count(302)


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_who_is_held_up_is_told_so_in_their_language(language):
    burst(8, language=language)
    answer = join(Client(), language, email="late@example.org")
    assert answer.status_code == 429
    assert {"en": "Too many requests", "fr": "Trop de", "es": "Demasiad"}[language] in answer.content.decode()
    assert answer.headers["Retry-After"] == "60"


def test_one_network_counts_as_one_however_many_addresses_it_has():
    answers = [
        Client(REMOTE_ADDR=f"2001:db8:1:2::{one:x}")
        .post("/en/accounts/signup/", fields(f"six-{one}@example.org"))
        .status_code
        for one in range(12)
    ]
    assert answers.count(302) <= 8


def fields(email: str) -> dict[str, str]:
    return {"display_name": "A", "email": email, "password1": PASSWORD, "language": "en", "remarks": ""}


def test_looking_is_free():
    for _ in range(12):
        assert Client().head("/en/accounts/signup/").status_code == 200
        assert Client().get("/en/accounts/signup/").status_code == 200
    assert join(Client()).status_code == 302


def test_another_neighbour_is_not_held_up():
    burst(9)
    client = Client(REMOTE_ADDR="203.0.113.9")
    assert client.post("/en/accounts/signup/", fields("calm@example.org")).status_code == 302


def test_a_header_that_anybody_may_write_does_not_help():
    answers = [
        Client(headers={"X-Forwarded-For": f"203.0.113.{one}"})
        .post("/en/accounts/signup/", fields(f"forged-{one}@example.org"))
        .status_code
        for one in range(12)
    ]
    assert 429 in answers


def test_behind_our_proxy_the_address_it_saw_counts(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    answers = [
        Client(headers={"X-Forwarded-For": f"198.51.100.{one}, 203.0.113.7"})
        .post("/en/accounts/signup/", fields(f"proxied-{one}@example.org"))
        .status_code
        for one in range(12)
    ]
    assert 429 in answers


def test_guessing_a_password_ends_in_a_shut_door_that_the_right_one_does_not_open():
    member()
    answers = [sign_in(Client(), password=f"wrong words {one}").status_code for one in range(6)]
    assert answers == [200, 200, 200, 200, 200, 429]
    client = Client()
    assert sign_in(client).status_code == 429
    assert not is_in(client)


@pytest.mark.parametrize("path", ["login/code/", "password/reset/"])
def test_nobodys_box_is_filled_with_codes(path):
    member()
    answers = [Client().post(f"/en/accounts/{path}", {"email": "awa@example.org"}).status_code for one in range(5)]
    assert answers == [302, 302, 302, 429, 429]


def test_joining_works_while_the_cache_of_pages_is_down(dead_cache):
    client = Client()
    join(client, "fr")
    client.post("/fr/accounts/confirm-email/", {"code": code_for("awa@example.org")})
    assert is_in(client)


def test_a_burst_does_not_pass_either_while_it_is_down(dead_cache):
    assert 429 in burst(12)


def test_emptying_the_cache_of_pages_opens_no_door():
    burst(9)
    cache.clear()
    assert join(Client(), email="after@example.org").status_code == 429
