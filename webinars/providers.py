"""Where people meet. A provider turns a webinar and a person into the address of a meeting.

A plain link is the same for everybody. Jitsi and BigBlueButton have a room for each webinar, whose name nobody guesses;
they are offered only where settings name a server.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.error import URLError
from urllib.parse import quote, urlencode
from urllib.request import urlopen
from xml.etree import ElementTree

from django.conf import settings
from django.utils.crypto import salted_hmac

from webinars.models import Webinar

if TYPE_CHECKING:
    from collections.abc import Mapping

PATIENCE = 5  # seconds that a server may take to make a room while somebody waits


class NoRoom(Exception):
    """The server did not make the room, or there is no link yet."""


@dataclass(frozen=True)
class Guest:
    """Whoever goes in: how they are called there, and whether they run it."""

    name: str
    runs_it: bool = False


class Provider(Protocol):
    makes_rooms: bool  # else the organisers give a link

    def is_there(self) -> bool:
        """Whether this portal can use it."""

    def open_room(self, webinar: Webinar, title: str) -> None:
        """Have the room be there. Called before somebody goes in, as often as people do. Raises NoRoom."""

    def link(self, webinar: Webinar, guest: Guest) -> str:
        """Where this person goes in. Raises NoRoom."""


class PlainLink:
    makes_rooms = False

    def is_there(self) -> bool:
        return True

    def open_room(self, webinar: Webinar, title: str) -> None:
        if not webinar.meeting_link:
            raise NoRoom("Nobody gave a link yet.")

    def link(self, webinar: Webinar, guest: Guest) -> str:
        self.open_room(webinar, "")
        return webinar.meeting_link


class Jitsi:
    """A room is there as soon as somebody enters it; the name goes behind #, which no server is told."""

    makes_rooms = True

    def is_there(self) -> bool:
        return bool(settings.JITSI_URL)

    def open_room(self, webinar: Webinar, title: str) -> None:
        if not self.is_there():
            raise NoRoom("No Jitsi server is set.")

    def link(self, webinar: Webinar, guest: Guest) -> str:
        self.open_room(webinar, "")
        name = quote(f'"{guest.name}"', safe="")
        return f"{settings.JITSI_URL.rstrip('/')}/{webinar.room}#userInfo.displayName={name}"


class BigBlueButton:
    """Addresses signed with the shared secret (https://docs.bigbluebutton.org/development/api, checksum)."""

    makes_rooms = True

    def is_there(self) -> bool:
        return bool(settings.BIGBLUEBUTTON_URL and settings.BIGBLUEBUTTON_SECRET)

    def open_room(self, webinar: Webinar, title: str) -> None:
        """Making a room that is there already answers well, too."""
        if not self.is_there():
            raise NoRoom("No BigBlueButton server is set.")
        asked = {"meetingID": webinar.room, "name": title, **_passwords(webinar), "muteOnStart": "true"}
        try:
            with urlopen(_signed("create", asked), timeout=PATIENCE) as answer:  # noqa: S310  (our own setting)
                said = ElementTree.fromstring(answer.read(100_000))  # noqa: S314  (our own server)
        except (URLError, TimeoutError, OSError, ElementTree.ParseError) as error:
            raise NoRoom(str(error)) from error
        if said.findtext("returncode") != "SUCCESS":
            raise NoRoom(said.findtext("message") or "refused")

    def link(self, webinar: Webinar, guest: Guest) -> str:
        if not self.is_there():
            raise NoRoom("No BigBlueButton server is set.")
        role = "MODERATOR" if guest.runs_it else "VIEWER"
        return _signed("join", {"fullName": guest.name, "meetingID": webinar.room, "role": role})


def _signed(call: str, query: Mapping[str, str]) -> str:
    asked = urlencode(query)
    checksum = hashlib.sha256(f"{call}{asked}{settings.BIGBLUEBUTTON_SECRET}".encode()).hexdigest()
    return f"{settings.BIGBLUEBUTTON_URL.rstrip('/')}/{call}?{asked}&checksum={checksum}"


def _passwords(webinar: Webinar) -> dict[str, str]:
    """Of the room, for servers from before roles in links; the same each time, so that making it again answers well."""
    return {
        f"{who}PW": salted_hmac(f"webinar-room-{who}", webinar.room).hexdigest()[:20]
        for who in ("attendee", "moderator")
    }


PROVIDERS: Mapping[str, Provider] = {
    Webinar.Provider.LINK: PlainLink(),
    Webinar.Provider.JITSI: Jitsi(),
    Webinar.Provider.BIGBLUEBUTTON: BigBlueButton(),
}


def of(webinar: Webinar) -> Provider:
    return PROVIDERS[webinar.provider]


def offered(including: str = "") -> list[tuple[str, str]]:
    """Those this portal can use, as choices, and the one a webinar has already."""
    return [
        (choice.value, str(choice.label))
        for choice in Webinar.Provider
        if PROVIDERS[choice].is_there() or choice.value == including
    ]
