"""Events of the world by state: the hidden ones lie ahead, where they would stand first wherever they showed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agenda.models import Event, Session, Stream
from content.models import Case
from content.services import about
from tests import factories
from tests import world as worlds

if TYPE_CHECKING:
    from tests.world import World


def build(world: World) -> dict[str, Event]:
    """The member proposed what is called own_in_review, and was asked to change it."""
    found: dict[str, Event] = {}
    for state, fields in worlds.STATES.items():
        mark = {part: worlds.mark(state, part) for part in ("title", "abstract", "titre", "author")}
        event = factories.event(
            f"A meeting {mark['title']}",
            slug=f"event-in-{state.replace('_', '-')}",
            kind="livestream",
            title_fr=f"Une réunion {mark['titre']}",
            summary_en=f"In short {mark['abstract']}.",
            place=f"A place {mark['author']}",
            owner=world.people["member" if state.startswith("own_") else "staff"],
            submitted_at=worlds.LONG_AGO if state == "own_in_review" else None,
            **fields,
        )
        event.topics.set(world.topics)
        event.countries.set(world.countries[:1])
        Stream.objects.create(event=event, language="en", url="https://youtu.be/igG7-9qcs5A")
        Session.objects.create(
            event=event, starts_at=event.starts_at, ends_at=event.ends_at, title_en=f"Part {mark['title']}"
        )
        found[state] = event
    asked = {"kind": "event", "state": "with_member", "language": "en", "opened_by": world.people["member"]}
    Case.objects.create(**about(found["own_in_review"]), **asked, waiting_since=worlds.LONG_AGO)
    return found
