"""What people agreed to: the purposes there are, the state of each, and the proof.

A purpose belongs to the app that acts on it, which signs it up in `apps.py ready()`. Everything that is not needed is
off until somebody switches it on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from members import legal
from members.models import Consent, User

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


def _do_nothing(user: User, given: bool) -> None:
    return


@dataclass(frozen=True)
class Purpose:
    key: str
    label: _StrPromise
    texts: Path  # folder of members.legal
    is_needed: bool = False  # without it there is no account: it ends with the account
    on_change: Callable[[User, bool], None] = _do_nothing  # makes the switch take effect, in its transaction

    @property
    def version(self) -> str:
        return legal.versions(self.texts)[-1]

    @property
    def text(self) -> legal.Text:
        return legal.read(self.texts)


@dataclass(frozen=True)
class State:
    """Where a person stands on one purpose."""

    purpose: Purpose
    newest: Consent | None

    @property
    def is_given(self) -> bool:
        return self.newest is not None and self.newest.given

    @property
    def is_outdated(self) -> bool:
        """They agreed to a text that has changed since."""
        return self.newest is not None and self.newest.given and self.newest.version != self.purpose.version


@dataclass(frozen=True)
class Proof:
    """One row, with the text that was shown."""

    consent: Consent
    label: _StrPromise | str
    text: legal.Text | None  # None when nothing here knows the purpose any more


_purposes: dict[str, Purpose] = {}


def register(purpose: Purpose) -> None:
    """Raises ValueError when the key is taken."""
    if purpose.key in _purposes:
        raise ValueError(f"The purpose {purpose.key} is registered already.")
    _purposes[purpose.key] = purpose


def all_purposes() -> Iterable[Purpose]:
    return sorted(_purposes.values(), key=lambda purpose: not purpose.is_needed)


def get(key: str) -> Purpose:
    """Raises KeyError for a purpose nobody registered."""
    return _purposes[key]


@transaction.atomic
def give(*, user: User, purpose: str, given: bool, language: str, source: str) -> Consent:
    """Write down that somebody says yes or no, and make it so at once. The same again changes nothing.

    Raises KeyError for an unknown purpose, and ValueError for a no to one that is needed.
    """
    about = get(purpose)
    if about.is_needed and not given:
        raise ValueError(f"{purpose} ends with the account.")
    # The person's row is locked: of two presses at once the second finds the first.
    User.objects.select_for_update().get(pk=user.pk)
    newest = Consent.objects.filter(user=user, purpose=purpose).first()
    if newest and newest.given == given and (newest.version == about.version or not given):
        return newest
    consent = Consent.objects.create(
        user=user, purpose=purpose, given=given, version=about.version, language=language, source=source[:200]
    )
    about.on_change(user, given)
    return consent


def note_signup(*, user: User, language: str, source: str) -> None:
    """Who signs up agrees to what is needed; the form says so."""
    language = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    for purpose in all_purposes():
        if purpose.is_needed:
            give(user=user, purpose=purpose.key, given=True, language=language, source=source)


def is_given(*, user: User, purpose: str) -> bool:
    newest = Consent.objects.filter(user=user, purpose=purpose).first()
    return newest is not None and newest.given


def state(user: User) -> list[State]:
    """Where a member stands on each purpose, in one query."""
    # `distinct(field)` is PostgreSQL's alone; the oldest is read first, so that the newest stays.
    newest = {row.purpose: row for row in Consent.objects.filter(user=user, purpose__in=_purposes).order_by("at", "pk")}
    return [State(purpose, newest.get(purpose.key)) for purpose in all_purposes()]


def history(user: User, limit: int = 100) -> list[Proof]:
    """Newest first. The export holds all of it."""
    return [_proof(row) for row in Consent.objects.filter(user=user)[:limit]]


def _proof(row: Consent) -> Proof:
    purpose = _purposes.get(row.purpose)
    if purpose is None or row.version not in legal.versions(purpose.texts):
        return Proof(row, purpose.label if purpose else row.purpose, None)
    return Proof(row, purpose.label, legal.read(purpose.texts, row.version, row.language))
