"""What a member wants to get, how often, and when not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from notifications import kinds, summary_times
from notifications.kinds import Frequency
from notifications.models import Notice, Preference

if TYPE_CHECKING:
    from datetime import date, datetime

    from members.models import User
    from notifications.models import Letter

PAUSE = timedelta(days=30)


def of(user: User) -> Preference:
    """A member's row, or what everybody gets, unsaved."""
    return Preference.objects.filter(user=user).first() or Preference(user=user)


def as_read(user: User) -> Preference:
    """The same, as it was when the member was read, for whoever reads many members with their rows at once."""
    return getattr(user, "letter_preference", None) or Preference(user=user)


def of_all(user_ids: Iterable[int]) -> dict[int, Preference]:
    """The rows of those who chose something."""
    return {row.user_id: row for row in Preference.objects.filter(user__in=list(user_ids))}


def is_paused(preference: Preference | None, at: datetime) -> bool:
    return bool(preference and preference.paused_until and preference.paused_until > at)


def paused_until(user: User, preference: Preference) -> date | None:
    """The day, where the member is, on which a pause that runs now ends."""
    if preference.paused_until is None or not is_paused(preference, timezone.now()):
        return None
    return summary_times.local_day(preference.paused_until, user.time_zone)


def refusal(letter: Letter) -> str:
    """Why a letter must not leave now, as the outbox notes it; empty when it may.

    Asked at sending, for somebody may have declined after the letter was planned.
    """
    if letter.user is None or not kinds.may_be_declined(letter.kind):
        return ""
    preference = as_read(letter.user)
    if is_paused(preference, timezone.now()):
        return "paused"
    if letter.kind == kinds.SUMMARY:
        return ""  # what it gathers is asked one by one
    return "declined" if kinds.frequency(letter.kind, preference.frequencies) == Frequency.NEVER else ""


def wants_plain(user: User) -> bool:
    return as_read(user).plain_text_only


@transaction.atomic
def save_choices(
    *, user: User, frequencies: Mapping[str, str], language: str, time_zone: str, plain_text_only: bool
) -> None:
    """Everything on the page of letters. Raises ValueError for a frequency that a kind does not offer."""
    user.language, user.time_zone = language, time_zone
    user.save(update_fields=["language", "time_zone"])
    row = _locked(user)
    row.plain_text_only = plain_text_only
    row.save(update_fields=["plain_text_only"])
    choose(user=user, frequencies=frequencies)


@transaction.atomic
def choose(*, user: User, frequencies: Mapping[str, str]) -> None:
    """Raises ValueError for a frequency that a kind does not offer."""
    for key, frequency in frequencies.items():
        if frequency not in kinds.get(key).choices:
            raise ValueError(f"Letters of the kind {key} do not come “{frequency}”.")
    row = _locked(user)
    row.frequencies = row.frequencies | dict(frequencies)
    row.save(update_fields=["frequencies"])
    plan_anew(user=user)


@transaction.atomic
def stop(*, user: User, kind: str = "") -> dict[str, str]:
    """Have a kind, or everything that may be declined, come never. What was chosen before, for `choose` to undo it.

    Stopping the summaries stops every kind that comes in them.
    """
    chosen = _locked(user).frequencies
    wanted = {}
    for one in kinds.offered_to(user):
        frequency = kinds.frequency(one.key, chosen)
        in_summary = frequency in (Frequency.DAILY, Frequency.WEEKLY)
        if one.may_be_declined and (kind in ("", one.key) or (kind == kinds.SUMMARY and in_summary)):
            wanted[one.key] = frequency.value
    choose(user=user, frequencies=dict.fromkeys(wanted, Frequency.NEVER.value))
    return wanted


@transaction.atomic
def pause(*, user: User) -> datetime:
    """No letter but about the account for a month; what happens meanwhile stands on the member's page only."""
    until = pause_would_end()
    row = _locked(user)
    row.paused_until = until
    row.save(update_fields=["paused_until"])
    Notice.objects.filter(user=user).waiting().update(summary_due_at=None)
    return until


def pause_would_end() -> datetime:
    return timezone.now() + PAUSE


def resume(*, user: User) -> None:
    Preference.objects.filter(user=user).update(paused_until=None)


def plan_anew(*, user: User) -> None:
    """Have what waits for a summary leave as the member chose now, at seven in the morning where they are now."""
    chosen, now = of(user).frequencies, timezone.now()
    waiting = Notice.objects.filter(user=user).waiting()
    for key in waiting.order_by().values_list("kind", flat=True).distinct():
        frequency = kinds.frequency(key, chosen)
        due_at = None if frequency == Frequency.NEVER else summary_times.next_after(now, frequency, user.time_zone)
        waiting.filter(kind=key).update(summary_due_at=due_at)


def _locked(user: User) -> Preference:
    Preference.objects.get_or_create(user=user)
    return Preference.objects.select_for_update().get(user=user)
