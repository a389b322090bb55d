"""The cast and the stage: five readers, a clean cache, plain static files."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.cache import caches
from model_bakery import baker


@pytest.fixture(autouse=True)
def clean_stage(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    yield
    for cache in caches.all():
        cache.clear()


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
