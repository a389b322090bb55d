"""A webinar live on its page, a language a button: no video loads before one is pressed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from agenda.models import LANGUAGES
from content.actors import acting
from webinars.models import Stream
from webinars.services import touch

if TYPE_CHECKING:
    from content.videos import Player
    from members.models import User
    from webinars.models import Webinar


@dataclass(frozen=True)
class OnAir:
    """What the page shows. Before it is open it says in which languages there will be something to see."""

    streams: Sequence[Stream]
    is_open: bool
    chosen: Stream | None = None

    @property
    def player(self) -> Player | None:
        return self.chosen.player if self.chosen else None

    @property
    def languages(self) -> list[str]:
        return [one.language for one in self.streams]

    @property
    def houses(self) -> str:
        """Whose players load once a button is pressed."""
        return ", ".join(dict.fromkeys(one.player.house for one in self.streams if one.player))


def of(webinar: Webinar, asked: Mapping[str, str]) -> OnAir:
    """In one query, and none once it has ended. `asked`: `play`, a language."""
    if webinar.is_over or webinar.cancelled_at:
        return OnAir((), is_open=False)
    rows = sorted(webinar.streams.all(), key=_in_order)
    is_open = webinar.is_door_open
    named = asked.get("play") if is_open else None
    chosen = next((one for one in rows if one.language == named and one.player), None)
    return OnAir(rows, is_open, chosen)


def _in_order(stream: Stream) -> tuple[int, str]:
    """The same for every reader, so that buttons stay where they are."""
    known = stream.language in LANGUAGES
    return (LANGUAGES.index(stream.language) if known else len(LANGUAGES)), stream.language


@acting
@transaction.atomic
def save_stream(*, webinar: Webinar, language: str, link: str, by: User) -> Stream:
    """Say where one language of it is shown, in place of what was said before."""
    made, _is_new = Stream.objects.update_or_create(webinar=webinar, language=language, defaults={"link": link})
    touch(webinar)
    return made


@acting
@transaction.atomic
def remove_stream(*, stream: Stream, by: User) -> None:
    stream.delete()
    touch(stream.webinar)
