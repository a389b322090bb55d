"""The cast and the stage: five readers, a clean cache, plain static files."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from celery import Celery, current_app
from django.conf import settings
from django.core.cache import cache, caches
from django.core.cache.backends.db import DatabaseCache
from django.test import Client
from django.utils import translation
from model_bakery import baker

from content import caching
from members import waking
from tests import services
from tests import world as worlds
from tests.engines import use_engine


@pytest.fixture(autouse=True)
def clean_stage(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    translation.activate(settings.LANGUAGE_CODE)  # a request leaves its language behind
    caching._rests_until = waking._rests_until = 0.0  # what another test took away is back
    yield
    for one in caches.all():
        if not isinstance(one, DatabaseCache):  # emptied with the test's transaction
            services.empty(one)


@pytest.fixture
def no_broker() -> Iterator[None]:
    """Nobody listens where the broker should be."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        away = Celery("portal", broker=f"redis://127.0.0.1:{nobody.getsockname()[1]}/0", set_as_current=False)
        away.conf.broker_transport_options = {"max_retries": 1, "interval_start": 0}
        here = current_app._get_current_object()
        away.set_current()
        yield
        here.set_current()


class Cast:
    """visitor, member, other_member, staff."""

    def __init__(self) -> None:
        self.people: dict = {}

    def person(self, role: str):
        if role not in self.people:
            self.people[role] = baker.make(
                settings.AUTH_USER_MODEL,
                email=f"{role.replace('_', '-')}@cast.example",
                display_name=role,
                is_staff=role == "staff",
                is_superuser=role == "staff",
            )
            address = self.people[role].email
            self.people[role].emailaddress_set.create(email=address, verified=True, primary=True)
        return self.people[role]

    def enter(self, client, role: str) -> None:
        if role != "visitor":
            client.force_login(self.person(role))


@pytest.fixture
def cast(db) -> Cast:
    return Cast()


@pytest.fixture
def member(cast):
    return cast.person("member")


@pytest.fixture
def other_member(cast):
    return cast.person("other_member")


@pytest.fixture
def staff(cast):
    return cast.person("staff")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[worlds.World]:
    """One of everything, for all tests of a module. They need the mark django_db too."""
    with django_db_blocker.unblock(), worlds.standing(tmp_path_factory.mktemp("world")) as built:
        yield built


@pytest.fixture
def clients(world) -> dict[str, Client]:
    """And a worker that beats."""
    cache.set("worker-heartbeat", "beats")
    return worlds.clients(world)


@pytest.fixture
def tantivy(settings, tmp_path, monkeypatch, db) -> None:
    use_engine("tantivy", tmp_path / "index", settings, monkeypatch)
