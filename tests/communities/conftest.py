"""A community with its people, and what is sent at its doors."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse

from communities.models import Community, Membership
from members.models import User
from tests import factories


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def boss(db) -> User:
    made = factories.member("Meera Iyengar")
    made.emailaddress_set.create(email=made.email, verified=True, primary=True)
    factories.profile(user=made)
    return made


@pytest.fixture
def helper(db) -> User:
    made = factories.member("Awa Traoré", language="fr")
    factories.profile(user=made)
    return made


@pytest.fixture
def make(boss) -> Callable[..., Community]:
    """A community that `boss` runs."""

    def made(access: str = "open", **fields) -> Community:
        community = factories.community(access=access, owner=boss, **fields)
        factories.membership(community, boss, role="admin")
        return community

    return made


@pytest.fixture
def community(make) -> Community:
    return make()


def path(name: str, community: Community, *more) -> str:
    return reverse(f"communities:{name}", args=[community.slug, *more])


def state_of(community: Community, user: User) -> str:
    return Membership.objects.get(community=community, user=user).state


REQUEST = {
    "language": "en",
    "name": "Social protection and disability",
    "purpose": "To find out what disability assessments cost, and which of them people can reach at all.",
    "audience": "People in ministries and organisations of persons with disabilities.",
    "languages": ["en", "fr"],
    "plan": "Three webinars with notes, a list of assessments in use with their costs, and a joint review of two of "
    "them by people who went through them.",
    "access": "open",
    "facilitator": "Awa Traoré",
    "conduct": "on",
}
