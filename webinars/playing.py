"""Recordings on a webinar's page: a link that becomes the player when it is pressed, and no request before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.http import urlencode
from django.utils.translation import get_language

from content import wording
from content.videos import Player, player_of
from webinars.models import Material

if TYPE_CHECKING:
    from webinars.models import Chapter, Recording, Webinar

LONGEST = 24 * 3600  # seconds
Kind = Material.Kind


@dataclass(frozen=True)
class Shown:
    """One recording for the page."""

    row: Recording
    player: Player | None  # None: its link leads away
    is_playing: bool
    address: str  # of the player, from where it is to begin

    @property
    def play(self) -> str:
        return f"?{urlencode({'play': self.row.language})}#recording"

    @property
    def chapters(self) -> list[tuple[Chapter, str, str]]:
        """Each with its time and the address that plays it; no address where the video is elsewhere."""
        return [(one, wording.position(one.second), self._play_from(one.second)) for one in self.row.chapters.all()]

    def _play_from(self, second: int) -> str:
        if self.player is None:
            return ""
        return f"?{urlencode({'play': self.row.language, 't': second})}#recording"


def outcomes(webinar: Webinar, asked: Mapping[str, str]) -> dict[str, Any]:
    """What came of it, in two or three queries, and none before it has ended. `asked`: `play`, a language, and `t`, a
    second."""
    if not webinar.is_over:
        return {"playing": None, "player": None}
    rows = webinar.recordings.select_related("file").prefetch_related("chapters")
    shown = [_shown(row, asked) for row in in_readers_order(list(rows))]
    files = list(webinar.materials.select_related("file"))
    return {
        "recordings": shown,
        "playing": (playing := next((one for one in shown if one.is_playing), None)),
        "player": playing.player if playing else None,
        "transcripts": [one for one in files if one.kind == Kind.TRANSCRIPT],
        "sound": [one for one in files if one.kind == Kind.AUDIO],
        "files": [one for one in files if one.kind in (Kind.SLIDES, Kind.OTHER)],
    }


def in_readers_order(rows: list[Recording]) -> Sequence[Recording]:
    """The reader's language first."""
    return sorted(rows, key=lambda row: row.language != get_language())


def _shown(row: Recording, asked: Mapping[str, str]) -> Shown:
    player = player_of(row.link)
    is_playing = player is not None and asked.get("play") == row.language
    typed = asked.get("t", "")
    second = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
    address = player.address(min(second, LONGEST)) if player and is_playing else ""
    return Shown(row, player, is_playing, address)
