"""The kinds of letters there are. Apps sign theirs up in `apps.py ready()`; the preferences page lists what it finds.

A kind that offers `NEVER` can be declined; letters about the account itself cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from members.models import User
    from notifications.models import Notice


class Frequency(TextChoices):
    AT_ONCE = "at_once", _("At once")
    DAILY = "daily", _("Daily")
    WEEKLY = "weekly", _("Weekly")
    NEVER = "never", _("Never")


ANY = tuple(Frequency)
SUMMED_UP = (Frequency.DAILY, Frequency.WEEKLY, Frequency.NEVER)
SUMMARY = "digest"  # the kind of the letters that gather notices of other kinds


@dataclass(frozen=True)
class Kind:
    key: str
    label: _StrPromise  # on the preferences page, and over its items in a summary
    choices: tuple[Frequency, ...] = ()  # none: it is always sent
    default: Frequency = Frequency.AT_ONCE
    position: int = 0
    for_staff: bool = False
    concerns: Callable[[User], bool] = lambda user: True  # on whose preferences page it stands
    on_page: bool = True  # whether its notices stand on the member's page too
    still_news: Callable[[list[Notice]], list[Notice]] = list  # which of its notices a summary should still tell
    why: _StrPromise | str = ""  # "you are mentioned": beside a notice, where nothing that is followed says it

    @property
    def may_be_declined(self) -> bool:
        return self.key == SUMMARY or Frequency.NEVER in self.choices


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Raises ValueError when a key is taken."""
    for kind in kinds:
        if kind.key in _kinds:
            raise ValueError(f"The kind of letters {kind.key} is registered already.")
        _kinds[kind.key] = kind


def get(key: str) -> Kind:
    """Raises KeyError for a kind that nobody registered."""
    return _kinds[key]


def may_be_declined(key: str) -> bool:
    """Letters of a kind that nobody registered are sent: better one too many than an account nobody can enter."""
    return key in _kinds and _kinds[key].may_be_declined


def offered_to(user: User) -> list[Kind]:
    """The rows of a member's preferences page."""
    offered = [kind for kind in _kinds.values() if kind.choices and (user.is_staff or not kind.for_staff)]
    offered = [kind for kind in offered if kind.concerns(user)]
    return sorted(offered, key=lambda kind: kind.position)


def on_page() -> list[str]:
    return [kind.key for kind in _kinds.values() if kind.on_page]


def frequency(key: str, chosen: Mapping[str, str]) -> Frequency:
    """What somebody gets who chose this. A choice that a kind no longer offers counts as none."""
    kind = _kinds[key]
    wanted = chosen.get(key)
    return Frequency(wanted) if wanted in kind.choices else kind.default
