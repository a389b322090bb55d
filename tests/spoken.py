"""What is said in three communities, each with another door: the member writes there, the community's admin moderates.

In each the member began a discussion with a file and typed an answer that is not sent; each was told of what the other
wrote. What stands in the private one, and what is typed, holds words of the member's own (`tests.private`). Two people
were members once, and one is invited into the private one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import timezone

from communities.models import Community, Invitation
from discussions import notices, unsent
from discussions.models import Attachment, Post, PostTranslation, Thread
from files.models import StoredFile
from moderation.models import Standing
from tests import factories
from tests.private import word

if TYPE_CHECKING:
    from tests.world import World

GONE = {"blocked": "banned", "translator": "removed"}  # who was in it, here and in `tests.gathered`
DOORS = {"open": "open", "closed": "request", "private": "private"}
Store = Callable[..., StoredFile]


@dataclass
class Spoken:
    places: dict[str, Community] = field(default_factory=dict)  # by their door
    threads: dict[str, Thread] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)  # with which they begin
    answers: dict[str, Post] = field(default_factory=dict)  # of whoever moderates
    files: dict[str, StoredFile] = field(default_factory=dict)


def speak(world: World, stored_file: Store) -> Spoken:
    said, member, admin = Spoken(), world.people["member"], world.people["community_admin"]
    for person in (member, admin):  # no longer new
        Standing.objects.update_or_create(user=person, defaults={"accepted": 20})
    for door, access in DOORS.items():
        mark = {part: word("member", part) if door == "private" else "plain" for part in ("thread", "post", "postfile")}
        place = factories.community(f"Spoken {door}", slug=f"spoken-{door}", access=access)
        factories.membership(place, member)
        factories.membership(place, admin, role="admin")
        for role, how in GONE.items():
            factories.membership(place, world.people[role], state=how, decided_at=timezone.now())
        if door == "private":
            Invitation.objects.create(community=place, user=world.people["ambassador"], language="en")
        thread = factories.thread(place, f"About pensions {mark['thread']}", author=member)
        post = factories.post(thread, f"Who knows {mark['post']}?")
        answer = factories.post(thread, "Nobody does.", author=admin)
        PostTranslation.objects.create(post=post, language="fr", text="Qui sait ?", html="<p>Qui sait ?</p>", by=member)
        stored = stored_file("pdf", name=f"{mark['postfile']}.pdf", text=f"On its page {mark['post']}")
        Attachment.objects.create(post=post, file=stored)
        row = unsent.keep(by=member, place=place, thread=thread, data={"text": f"Not sent: {word('member', 'unsent')}"})
        row.files.add(stored_file("pdf", name=f"{word('member', 'unsentfile')}.pdf"))
        for one in (post, answer):
            notices.tell(one)
        said.places[door], said.threads[door], said.posts[door], said.answers[door] = place, thread, post, answer
        said.files[door] = stored
    return said
