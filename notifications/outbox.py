"""What the team's pages show of the letters, in a number of queries that does not grow with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from auditlog.models import LogEntry
from django.utils.http import urlencode

from content.addresses import key_in
from content.text import one_line
from notifications import rendering
from notifications.models import Letter

if TYPE_CHECKING:
    from django.http import QueryDict

ROWS = 50
STATES = tuple(Letter.State)


@dataclass(frozen=True)
class Count:
    number: int
    url: str


@dataclass(frozen=True)
class Filter:
    """What somebody asked to see. Unknown words ask for nothing."""

    words: str = ""
    state: str = ""
    kind: str = ""
    before: int | None = None  # a letter's number: pages are counted from there, so the last is as quick as the first

    @classmethod
    def of(cls, query: QueryDict) -> Filter:
        state = query.get("state", "")
        return cls(
            words=one_line(query.get("q", ""))[:254],
            state=state if state in Letter.State.values else "",
            kind=one_line(query.get("kind", ""))[:30],
            before=key_in(query.get("before", "")),
        )

    def url(self, **changes: str | int) -> str:
        asked = {"q": self.words, "kind": self.kind, "state": self.state} | changes
        return f"?{urlencode({name: value for name, value in asked.items() if value})}"


def page(asked: Filter) -> dict[str, Any]:
    found = Letter.objects.found_by(asked.words)
    chosen = {name: value for name, value in (("kind", asked.kind), ("state", asked.state)) if value}
    rows = found.filter(**chosen)
    if asked.before:
        rows = rows.filter(pk__lt=asked.before)
    letters = list(rows.defer("context").order_by("-pk")[: ROWS + 1])
    return {
        "asked": asked,
        "letters": letters[:ROWS],
        "older_url": asked.url(before=letters[ROWS - 1].pk) if len(letters) > ROWS else "",
        "newest_url": asked.url() if asked.before else "",
        "states": Letter.State.choices,
        "state_label": Letter.State(asked.state).label if asked.state else "",
        "without_words": asked.url(q=""),
        "without_kind": asked.url(kind=""),
        "without_state": asked.url(state=""),
        "counts": _table(found.counted(), asked),
    }


def _table(counts: Mapping[str, Mapping[str, int]], asked: Filter) -> list[tuple[str, list[Count]]]:
    return [
        (kind, [Count(by_state.get(state, 0), asked.url(kind=kind, state=state)) for state in STATES])
        for kind, by_state in counts.items()
    ]


def words_if_known(letter: Letter) -> rendering.Words | None:
    """What the letter says; None once forgotten, or where its template no longer suits it."""
    try:
        return rendering.words_of(letter)
    except Exception:
        return None


def history(letter: Letter) -> list[LogEntry]:
    """Who had it sent again, and when."""
    return list(LogEntry.objects.get_for_object(letter).select_related("actor").order_by("timestamp"))
