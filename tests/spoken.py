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
    places: dict[str, Community] = field(default_factory=dict)  # by their door, or by what is special there
    threads: dict[str, Thread] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)  # with which they begin
    answers: dict[str, Post] = field(default_factory=dict)  # of whoever moderates
    hidden: Post | None = None  # an answer in the open
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
    said.hidden = factories.post(said.threads["open"], "A word that was hidden.", author=admin, state="hidden")
    for state in ("hidden", "removed"):
        what = {"state": state, "state_reason": "Advertising.", "state_at": timezone.now()}
        said.threads[state] = factories.thread(said.places["open"], f"One that was {state}", author=member)
        said.posts[state] = factories.post(said.threads[state], f"What was {state}", **what)
    for state in ("hidden", "removed", "unfit", "away"):
        said.places[state] = said.places["open"]
    said.threads |= dict.fromkeys(("unfit", "away"), said.threads["open"])
    _where_one_is_paused(said, world)
    return said


def _where_one_is_paused(said: Spoken, world: World) -> None:
    """What the member wrote in the community of `tests.moderated`."""
    for state, name in {"paused": "shown", "waiting": "waiting", "gone": "removed"}.items():
        post = world.moderated.posts[name]
        said.posts[state], said.threads[state] = post, post.thread
        said.places[state] = post.thread.record  # type: ignore[assignment]
