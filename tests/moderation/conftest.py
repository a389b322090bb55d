"""A community with two moderators, a member whose posts are decided about, and members who report."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from discussions.models import Post, Thread
from members.models import User
from moderation import reporting, services
from moderation.models import Case, Standing
from tests import factories


@dataclass
class Place:
    community: object
    thread: Thread
    moderator: User
    second: User
    author: User
    members: list[User] = field(default_factory=list)

    def post(self, text: str = "Who pays for them?", **fields) -> Post:
        return factories.post(self.thread, text, **({"author": self.author} | fields))

    def waiting(self, text: str = "Hello. I work on pensions.", **fields) -> Case:
        post = self.post(text, state="waiting", **fields)
        return services.hold(record=post, by=post.author)

    def reported(self, post: Post | None = None, number: int = 1) -> Case:
        """By trusted members."""
        post = post or self.post()
        for member in self.trusted(number):
            reporting.report(record=post, by=member, reason="spam", text="Look.")
        return Case.objects.get(subject="report", object_id=post.pk)

    def trusted(self, number: int) -> list[User]:
        while len(self.members) < number:
            member = factories.membership(self.community, factories.member(f"Reporter {len(self.members)}")).user
            Standing.objects.create(user=member, accepted=10)
            self.members.append(member)
        return self.members[:number]


@pytest.fixture
def place(cast) -> Place:
    community = factories.community()
    moderator, second, author = (factories.member(name) for name in ("Mona", "Sven", "Amina Diallo"))
    factories.membership(community, moderator, role="admin")
    factories.membership(community, second, role="facilitator")
    factories.membership(community, author)
    thread = factories.thread(community, author=moderator)
    factories.post(thread, "How do we count care?")
    return Place(community, thread, moderator, second, author)
