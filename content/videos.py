"""Videos of other houses: nothing of theirs is loaded before a reader asks for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

from csp.decorators import csp_update

if TYPE_CHECKING:
    from django.http import HttpResponse

YOUTUBE = re.compile(r"(?:www\.|m\.)?(?:youtube\.com|youtube-nocookie\.com)|youtu\.be", re.IGNORECASE)
VIMEO = re.compile(r"(?:www\.|player\.)?vimeo\.com", re.IGNORECASE)
NAME = re.compile(r"[\w-]{6,20}")  # of a video, as these houses give them
NUMBER = re.compile(r"\d{5,12}")


@dataclass(frozen=True)
class Player:
    """What a frame shows. `host`: whom the page's policy has to let in; `house`: whom readers are told of."""

    house: str
    host: str
    path: str
    query: dict[str, str]
    starts_with: str  # the query's key for a second to begin at; "#t" is a fragment

    def address(self, second: int = 0) -> str:
        """Of the player, which begins to play: the reader has pressed already."""
        query = dict(self.query)
        fragment = ""
        if second and self.starts_with == "#t":
            fragment = f"#t={second}s"
        elif second:
            query[self.starts_with] = str(second)
        return f"https://{self.host}{self.path}?{urlencode(query)}{fragment}"


def player_of(link: str) -> Player | None:
    """None for a house whose player we do not know: its link leads there."""
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    if YOUTUBE.fullmatch(host):
        return _youtube(host, parts.path, parts.query)
    found = NUMBER.search(parts.path) if VIMEO.fullmatch(host) else None
    if found:
        return Player("Vimeo", "player.vimeo.com", f"/video/{found[0]}", {"dnt": "1", "autoplay": "1"}, "#t")
    return None


def leads_nowhere(link: str) -> bool:
    """Whether it is at a house whose player we know, and names no video there, but a channel, say."""
    try:
        host = urlsplit(link).hostname or ""
    except ValueError:
        return False
    return bool(YOUTUBE.fullmatch(host) or VIMEO.fullmatch(host)) and player_of(link) is None


def _youtube(host: str, path: str, query: str) -> Player | None:
    """Of youtube.com/watch?v=…, /live/…, /embed/…, /shorts/…, and youtu.be/…, without cookies until it plays."""
    parts = [part for part in path.split("/") if part]
    asked = parse_qs(query).get("v", [""])[0]
    name = asked or (
        parts[-1] if parts and (host.lower() == "youtu.be" or parts[0] in ("live", "embed", "shorts")) else ""
    )
    if not NAME.fullmatch(name):
        return None
    return Player("YouTube", "www.youtube-nocookie.com", f"/embed/{name}", {"autoplay": "1", "rel": "0"}, "start")


def let_in(response: HttpResponse, player: Player | None) -> HttpResponse:
    """Only the page on which somebody pressed may show another house's frame."""
    if player is None:
        return response
    return csp_update({"frame-src": [f"https://{player.host}"]})(lambda: response)()
