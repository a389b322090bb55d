"""What can happen to a letter and to an address."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from auditlog.models import LogEntry
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from members import waking
from notifications import registry
from notifications.models import Letter, Suppression

if TYPE_CHECKING:
    from members.models import User

ACCOUNT = "account"  # kind of the letters that somebody asked for a moment ago: codes, confirmations
SEND = "notifications.tasks.send_due"
LOT = 1000  # rows in one statement
State = Letter.State
logger = logging.getLogger(__name__)


def post(
    *,
    occasion: str,
    to: User | str,
    kind: str,
    template: str,
    context: Mapping[str, Any] | None = None,
    language: str = "",
    due_at: datetime | None = None,
) -> Letter:
    """Plan a letter in the caller's transaction. The same occasion and address again: the letter there is.

    `to` is a member, whose address and language count, or an address; `context` is plain data (JSON).
    """
    row = _row(to, occasion, kind, template, context, language, due_at)
    letter, is_new = Letter.objects.get_or_create(
        occasion=row.occasion,
        address=row.address,
        defaults={name: getattr(row, name) for name in ("user", "kind", "template", "context", "language", "due_at")},
    )
    if is_new and letter.due_at <= timezone.now():
        waking.wake(SEND)
    return letter


def post_many(
    *,
    occasion: str,
    to: Iterable[User | str],
    kind: str,
    template: str,
    context: Mapping[str, Any] | None = None,
    language: str = "",
    due_at: datetime | None = None,
) -> None:
    """Plan one letter to many, thousands in a statement, in the caller's transaction. Who has it gets no other."""
    rows = (_row(one, occasion, kind, template, context, language, due_at) for one in to)
    Letter.objects.bulk_create(rows, batch_size=LOT, ignore_conflicts=True)
    waking.wake(SEND)


def post_each(letters: Iterable[Mapping[str, Any]]) -> None:
    """Plan letters of different occasions, each given as `post` takes it, thousands in a statement."""
    nothing: dict[str, Any] = {"context": None, "language": "", "due_at": None}
    rows = [_row(**(nothing | dict(one))) for one in letters]
    Letter.objects.bulk_create(rows, batch_size=LOT, ignore_conflicts=True)
    waking.wake(SEND)


def _row(
    to: User | str,
    occasion: str,
    kind: str,
    template: str,
    context: Mapping[str, Any] | None,
    language: str,
    due_at: datetime | None,
) -> Letter:
    user, address = (None, to) if isinstance(to, str) else (to, to.email)
    return Letter(
        occasion=occasion,
        address=address.strip(),
        user=user,
        kind=kind,
        template=template,
        context=dict(context or {}),
        language=spoken(language or (user.language if user else "")),
        due_at=due_at or timezone.now(),
    )


def spoken(language: str) -> str:
    """The language in which letters are written to whoever chose this one."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def cancel(*, occasion: str, reason: str = "taken_back") -> int:
    """Have the letters of an occasion not leave, as far as none has left. How many there were.

    `reason` is a key of `notifications.wording.REASONS` or a text.
    """
    return _not_sent(Letter.objects.filter(occasion=occasion), reason)


def skip(*, letters: Iterable[Letter], reason: str) -> None:
    _not_sent(Letter.objects.filter(pk__in=[letter.pk for letter in letters]), reason)


def _not_sent(letters: Any, reason: str) -> int:
    """A worker that has claimed one of them finds it gone when its turn comes."""
    return letters.planned().update(state=State.SKIPPED, reason=reason[:200], claimed_by=None)


@transaction.atomic
def send_again(*, letter: Letter, by: User) -> bool:
    """Send a letter of which nobody knows whether it arrived. Whether it was one; two editors at once send it once.

    It keeps its Message-ID, so that many mail programs show it once where it did arrive.
    """
    unknown = Letter.objects.filter(pk=letter.pk, state=State.UNKNOWN, context__isnull=False)
    is_planned = bool(unknown.update(state=State.PLANNED, reason="", due_at=timezone.now(), claimed_by=None))
    if is_planned:
        changes = {"state": [State.UNKNOWN.value, State.PLANNED.value]}
        LogEntry.objects.log_create(letter, force_log=True, action=LogEntry.Action.UPDATE, changes=changes, actor=by)
        logger.info("Letter %s is sent again by %s", letter.pk, by.pk)
        waking.wake(SEND)
    return is_planned


def unsubscribe_link(letter: Letter) -> str | None:
    """The address, with host, where the reader declines letters of this kind; None where nobody can."""
    path = registry.unsubscribe_path(letter)
    return f"{settings.PORTAL_BASE_URL}{path}" if path else None


# ---------- Addresses that get nothing ----------


def suspended(addresses: Iterable[str]) -> set[str]:
    """Those of the addresses, in small letters, that are suspended."""
    small = {address.lower() for address in addresses}
    rows = Suppression.objects.filter(lifted_at=None, address__in=small)
    return set(rows.values_list("address", flat=True))


@transaction.atomic
def suspend(*, address: str, reason: str, detail: str = "", by: User | None = None) -> None:
    """Send an address nothing from now on, but what somebody at it asks for (codes). Nothing happens to one that is."""
    _row, is_new = Suppression.objects.get_or_create(
        address=address.lower(), lifted_at=None, defaults={"reason": reason, "detail": detail[:200], "by": by}
    )
    if is_new:
        waiting = Letter.objects.to_address(address).exclude(kind=ACCOUNT)
        _not_sent(waiting, "suspended")


def lift(*, address: str, by: User) -> bool:
    """Send an address letters again. Whether it was suspended. What was skipped meanwhile stays so."""
    rows = Suppression.objects.filter(address=address.lower(), lifted_at=None)
    return bool(rows.update(lifted_at=timezone.now(), lifted_by=by))
