"""A community with a question in it, and who comes there."""

from __future__ import annotations

import pytest

from communities.models import Community, Membership
from discussions.models import Post, Thread
from moderation.models import Standing
from tests import factories


def trusted(user):
    """Somebody whose posts are shown at once."""
    Standing.objects.update_or_create(user=user, defaults={"accepted": 20})
    return user


@pytest.fixture
def community(db) -> Community:
    return factories.community()


@pytest.fixture
def closed(db) -> Community:
    return factories.community("Behind a door", access="request")


@pytest.fixture
def asker(community):
    """A member who is no longer new."""
    made = trusted(factories.member("Amina Diallo"))
    factories.profile(user=made)
    factories.membership(community, made)
    return made


@pytest.fixture
def writer(community):
    """Another one."""
    made = trusted(factories.member("Rosa Quispe"))
    factories.profile(user=made)
    factories.membership(community, made)
    return made


@pytest.fixture
def newcomer(community):
    """A member who has written nothing yet."""
    made = factories.member("Nadia New")
    factories.membership(community, made)
    return made


@pytest.fixture
def facilitator(community):
    made = trusted(factories.member("Farah Aziz"))
    factories.membership(community, made, role=Membership.Role.FACILITATOR)
    return made


@pytest.fixture
def thread(community, asker) -> Thread:
    made = factories.thread(community, author=asker)
    factories.post(made, "Who pays for care credits?")
    Thread.objects.filter(pk=made.pk).update(shown_number=1)
    made.refresh_from_db()
    return made


@pytest.fixture
def question(thread) -> Post:
    return thread.posts.get(number=1)


@pytest.fixture
def enter(client):
    """A browser in which somebody is signed in."""

    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def send(enter):
    """What a member sends from the form of a page."""

    def post(user, address, **fields):
        data = {"text": "An answer.", "language": "en"} | fields
        return enter(user).post(address, data)

    return post


@pytest.fixture
def private(db):
    return factories.community("Behind closed doors", access="private")


@pytest.fixture
def reader(community, private):
    made = factories.member("Lucia Reyes")
    for place in (community, private):
        factories.membership(place, made)
    return made


@pytest.fixture
def hidden_thread(private, writer):
    """A discussion in the private community."""
    factories.membership(private, writer)
    made = factories.thread(private, "What nobody outside knows", author=writer)
    factories.post(made, "It begins.")
    return made
