"""Webinars of the world by state.

`community_admin` organises what was announced, in an open community and in the private one, of which the member is; the
member proposed two of their own, staff the rest.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from content.models import Case
from content.services import about
from tests import factories
from tests import world as worlds
from webinars.models import (
    AttendanceImport,
    Figure,
    Material,
    PanelLink,
    Panellist,
    Question,
    Recording,
    Registration,
    Stream,
    Webinar,
)
from webinars.summaries import draft_summary

if TYPE_CHECKING:
    from tests.world import World

AHEAD, OVER = ("published", "private"), ("past", "cancelled")
KEPT = ("published", "private", "own_draft", "past")
ASKED_IN = ("published", "private", "past")
COUNTED = ("published", "private", "past")
OWNERS = {"own_draft": "member", "own_in_review": "member"} | dict.fromkeys((*AHEAD, *OVER), "community_admin")


def word(state: str, part: str) -> str:
    return worlds.mark(f"webinar{state}", part)


def build(world: World) -> dict[str, Webinar]:
    found: dict[str, Webinar] = {}
    series = {state: _series(world, state) for state in AHEAD}
    public = dict.fromkeys((*AHEAD, *OVER), worlds.STATES["published"])
    for state, fields in (worlds.STATES | public).items():
        owner = world.people[OWNERS.get(state, "staff")]
        made = factories.webinar(
            f"Webinar {word(state, 'title')}",
            slug=f"webinar-in-{state.replace('_', '-')}",
            summary_en=f"To ask about {word(state, 'summary')}.",
            meeting_link=f"https://meet.example/{word(state, 'link')}",
            community=world.communities["private" if state == "private" else "open"],
            series=series.get(state),
            starts_in=timedelta(days=-40 if state == "past" else 40),
            owner=owner,
            **fields,
            **(_cancelled() if state == "cancelled" else {}),
        )
        made.topics.set(world.topics)
        made.countries.set(world.countries[:1])
        made.organisations.set([world.organisations["published"]])
        factories.organiser(made, owner)
        factories.panellist(made, f"Speaker {word(state, 'panel')}")
        if state in ASKED_IN:
            _ask(made, state)
        if state in COUNTED:
            _count(made, state)
        if state in KEPT:
            _keep(made, state)
        found[state] = made
    world.polls = {state: _poll(one, state) for state, one in series.items()}
    found["published"].spoken, found["published"].interpreted = ["en", "fr"], ["es"]
    found["published"].save()
    Case.objects.create(
        **about(found["own_in_review"]),
        **{"kind": "webinar", "state": "with_member", "language": "en", "opened_by": world.people["member"]},
        waiting_since=worlds.LONG_AGO,
    )
    return found


def _keep(webinar: Webinar, state: str) -> None:
    """Where it is shown, and what came of it: where it can be seen, and what was said."""
    Stream.objects.create(webinar=webinar, language="en", link=f"https://webtv.example/{word(state, 'stream')}")
    Recording.objects.create(webinar=webinar, language="en", link=f"https://video.example/{word(state, 'video')}")
    stored = worlds.stored_file("vtt", name=f"{word(state, 'file')}.vtt")
    made = Material.objects.create(webinar=webinar, kind="transcript", language="pt", file=stored)
    made.minutes.create(number=3, text=f"They said {word(state, 'said')}.")
    slides = worlds.stored_file("pdf", name=f"{word(state, 'slides')}.pdf")
    Material.objects.create(webinar=webinar, kind="slides", language="en", file=slides)


def _count(webinar: Webinar, state: str) -> None:
    """Somebody read a report that nobody imported yet, and entered a number."""
    AttendanceImport.objects.create(webinar=webinar, tool="zoom", digest=state, number=0)
    source = f"Counted by {word(state, 'source')}"
    Figure.objects.create(webinar=webinar, kind="live", number=1, source=source, counted_on=timezone.now().date())


def _poll(series: Any, state: str) -> Any:
    """What members chose for the series; of a private one nobody outside hears."""
    ended = timezone.now() - timedelta(days=3)
    made = factories.survey(f"Next for {state}", subject=series, opens_at=ended - timedelta(days=9), closes_at=ended)
    made.questions.get().options.update(label_en=f"Topic {word(state, 'topic')}")
    return made


def _ask(webinar: Webinar, state: str) -> None:
    """Somebody without account wants to know."""
    Question.objects.create(webinar=webinar, language="en", text=f"What of {word(state, 'asked')}?")


def register(world: World) -> dict[str, Registration]:
    """A guest in what everybody may know of; the member, and one who left, in what the private community holds."""
    public, private = world.webinars["published"], world.webinars["private"]
    return {
        "guest": factories.registration(public, "guest@world.example", name=f"Guest {word('guest', 'name')}"),
        "member": factories.registration(private, "member@world.example", user=world.people["member"]),
        "left": factories.registration(private, "blocked@world.example", user=world.people["blocked"]),
    }


def invite(world: World) -> dict[str, PanelLink]:
    """Of those who speak: links that work, and two that do so no longer. The summary of what is past is drafted."""
    past = world.webinars["past"]
    past.title_es = past.title_en
    past.save()
    draft_summary(webinar=past, by=world.people["staff"])
    works = {state: _link(world.webinars[state].panellists.get()) for state in ASKED_IN}
    revoked = factories.panellist(past, f"Speaker {word('revoked', 'panel')}", position=1)
    expired = factories.panellist(past, f"Speaker {word('expired', 'panel')}", position=2)
    long_ago = {"sent_at": worlds.LONG_AGO, "expires_at": worlds.LONG_AGO + timedelta(days=21)}
    return works | {
        "revoked": _link(revoked, revoked_at=timezone.now()),
        "expired": _link(expired, **long_ago),
    }


def _link(panellist: Panellist, **fields: Any) -> PanelLink:
    until = timezone.now() + timedelta(days=21)
    known = {"email": "speaker@world.example", "language": "en", "expires_at": until}
    return PanelLink.objects.create(panellist=panellist, **known | fields)


def _series(world: World, state: str) -> Any:
    community = world.communities["private"] if state == "private" else None
    return factories.webinar_series(f"Series {word(state, 'series')}", slug=f"{state}-webinars", community=community)


def _cancelled() -> dict[str, Any]:
    return {"cancelled_at": timezone.now(), "cancelled_reason": "The speaker is ill."}
