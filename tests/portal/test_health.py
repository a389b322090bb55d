"""Each part is really taken away, and `/readyz` names it."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache, caches
from django.db import connections
from django.urls import reverse
from django.utils import timezone
from haystack import connections as engines

from notifications import services as letters
from notifications.models import Letter
from portal import health, home, tasks
from search import services
from tests.factories import organisation, publication
from tests.services import empty

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready_house(settings, tmp_path, monkeypatch):
    """Every part works: an index that is built, a worker that beats."""
    monkeypatch.setitem(engines.connections_info["default"], "PATH", str(tmp_path / "index"))
    monkeypatch.setattr(engines["default"], "options", {"PATH": str(tmp_path / "index")}, raising=False)
    publication()
    services.rebuild_index()
    tasks.heartbeat()
    return tmp_path


def answer(client) -> tuple[int, dict[str, str]]:
    response = client.get("/readyz")
    lines = response.content.decode().strip().splitlines()
    return response.status_code, dict(line.split(": ", 1) for line in lines)


def test_a_house_in_order_is_ready(client, ready_house):
    assert answer(client) == (200, dict.fromkeys(("database", "cache", "queue", "index", "letters"), "ok"))


def test_alive_asks_nothing_of_anybody(client, ready_house, django_assert_num_queries):
    shutil.rmtree(ready_house / "index")
    empty(cache)
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"alive\n")


def test_a_lost_index_is_named(client, ready_house):
    shutil.rmtree(ready_house / "index")
    status, parts = answer(client)
    assert status == 503
    assert "rebuild_search" in parts["index"]
    assert [name for name, problem in parts.items() if problem != "ok"] == ["index"]


def test_a_damaged_index_is_named(client, ready_house):
    index = ready_house / "index"
    (index / "current").write_text("v0-lost\n")
    status, parts = answer(client)
    assert status == 503
    assert parts["index"] != "ok"


def test_a_silent_worker_is_named(client, ready_house):
    cache.delete(health.HEARTBEAT)
    status, parts = answer(client)
    assert status == 503
    assert "no worker answered" in parts["queue"]
    assert parts["database"] == parts["cache"] == parts["index"] == "ok"


@pytest.fixture
def no_cache(settings, tmp_path):
    """A cache in a folder that cannot be made; given back before the stage is cleaned."""
    blocked = tmp_path / "a-file-where-a-folder-should-be"
    blocked.write_text("")
    before = settings.CACHES
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = before | {"default": {"BACKEND": backend, "LOCATION": str(blocked / "x")}}
    yield
    settings.CACHES = before


def test_a_cache_that_cannot_be_written_is_named(client, ready_house, no_cache):
    status, parts = answer(client)
    assert status == 503
    assert parts["cache"] != "ok"
    assert parts["database"] == parts["index"] == "ok"


@pytest.mark.parametrize("address", ["/en/", "/en/discover/publications/", "/en/search/?q=cash"])
def test_pages_are_served_without_a_cache(client, ready_house, no_cache, address):
    assert client.get(address).status_code == 200


def test_a_cache_that_forgets_is_named(client, ready_house, settings):
    settings.CACHES = settings.CACHES | {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    assert answer(client)[1]["cache"] == "does not keep what it is given"


@pytest.mark.django_db(transaction=True)
def test_a_lost_database_is_named(client, ready_house, django_db_blocker):
    with django_db_blocker.block():
        connections["default"].close()
        status, parts = answer(client)
    assert status == 503
    assert parts["database"] != "ok"


def test_an_answer_shows_no_address_or_password(client, ready_house, settings):
    shutil.rmtree(ready_house / "index")
    cache.delete(health.HEARTBEAT)
    told = client.get("/readyz").content.decode()
    assert str(django_settings.SECRET_KEY) not in told
    assert str(django_settings.DATABASES["default"]["NAME"]) not in told


def test_health_is_asked_in_plain_http_even_in_production(client, ready_house, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 200


def test_a_heartbeat_outlives_the_schedule_of_its_next(ready_house):
    every = django_settings.CELERY_BEAT_SCHEDULE["heartbeat"]["schedule"]
    assert every * 3 < health.HEARTBEAT_SECONDS
    assert caches["default"].get(health.HEARTBEAT)


# ---------- What people are told ----------

LATE = {"to": "awa@example.org", "kind": "account", "template": "account/login_code"}


@pytest.fixture
def late_letter(db):
    letters.post(occasion="code:1", due_at=timezone.now() - timedelta(minutes=5), **LATE)


def test_letters_that_wait_are_named(client, ready_house, late_letter):
    status, parts = answer(client)
    assert (status, parts["letters"]) == (503, "letters have waited for more than 3 minutes")


def test_letters_that_wait_for_their_time_are_not_late(client, ready_house):
    letters.post(occasion="code:1", due_at=timezone.now() + timedelta(days=1), **LATE)
    letters.post(occasion="code:2", **LATE)
    assert answer(client)[1]["letters"] == "ok"


def test_who_waits_for_a_code_is_told_that_letters_are_late(client, late_letter):
    sentence = "Our messages leave late at the moment."
    client.post("/en/accounts/login/code/", {"email": "awa@example.org"})
    assert sentence in client.get("/en/accounts/login/code/confirm/").content.decode()
    Letter.objects.update(state="sent")
    assert sentence not in client.get("/en/accounts/login/code/confirm/").content.decode()


@pytest.mark.parametrize("address", ["/en/staff/outbox/", "/en/staff/review/"])
def test_the_team_is_told_that_letters_wait(client, ready_house, late_letter, staff, address):
    client.force_login(staff)
    assert "Letters wait: they do not reach the mail server." in client.get(address).content.decode()
    Letter.objects.update(state="sent")
    assert "Letters wait" not in client.get(address).content.decode()


def test_an_editor_is_told_in_french_what_does_not_work(client, ready_house, staff):
    cache.delete(health.HEARTBEAT)
    shutil.rmtree(ready_house / "index")
    client.force_login(staff)
    page = client.get("/fr/staff/review/").content.decode()
    assert "Aucun processus de fond ne répond" in page
    assert "La recherche ne répond pas ou est en retard" in page


def test_without_a_cache_nobody_knows_about_the_worker(ready_house, no_cache):
    assert [str(one) for one in health.warnings()] == ["The cache does not answer: pages are slower."]


def test_an_organisation_is_shown_without_an_index_and_says_what_is_missing(client, ready_house):
    page = organisation().get_absolute_url()
    shutil.rmtree(ready_house / "index")
    response = client.get(page)
    assert response.status_code == 200
    assert "what this organisation published cannot be listed" in response.content.decode()


def test_an_index_whose_files_are_damaged_is_as_good_as_none(client, ready_house):
    for file in (ready_house / "index").glob("v*/engine/*"):
        file.write_bytes(b"noise")
    (ready_house / "index" / "current").write_text((ready_house / "index" / "current").read_text())  # opened anew
    response = client.get("/en/discover/publications/")
    assert response.status_code == 503
    assert "Search is not available at the moment" in response.content.decode()


def test_who_looks_for_their_organisation_is_told_that_search_is_away(client, ready_house, member):
    shutil.rmtree(ready_house / "index")
    client.force_login(member)
    page = client.get("/en/me/profile/organisations/?q=ILO").content.decode()
    assert "Search is not available at the moment." in page
    assert "We know no organisation of that name" not in page


def test_the_first_page_gives_no_figure_that_it_does_not_know(client, ready_house):
    asked = reverse("people:list")
    assert asked in {page.url for page, _number in home.figures()}
    shutil.rmtree(ready_house / "index")
    assert asked not in {page.url for page, _number in home.figures()}
    assert client.get("/en/").status_code == 200
