"""Summaries: at most one letter a day to a member, with what waited for it, grouped by why it is told.

`gather` runs every minute and only looks which rows are due. What a letter says is put together when it leaves, so that
nothing is told that its reader may no longer see.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import override

from members.models import User
from notifications import grouping, kinds, matters, preferences, services, summary_times
from notifications.kinds import Frequency
from notifications.lines import lines
from notifications.models import Letter, Notice

if TYPE_CHECKING:
    from notifications.models import Preference

MOST = 30  # items in one letter, which keeps it under 30 KB
AT_A_TIME = 400  # members in one transaction


def gather(at: datetime | None = None) -> int:
    """Plan a letter for each member whose summary is due. How many; late after a stop, once, and never two a day."""
    now, planned = at or timezone.now(), 0
    while users := _due(now):
        planned += _gather(users, now)
    return planned


def _due(now: datetime) -> list[int]:
    due = Notice.objects.to_gather(at=now).order_by("user_id").values_list("user_id", flat=True)
    return list(due.distinct()[:AT_A_TIME])


@transaction.atomic
def _gather(user_ids: Sequence[int], now: datetime) -> int:
    """Put what is due into each member's letter of the day. The letters are held until the end of the transaction, so
    that none leaves while notices are put into it."""
    chosen = preferences.of_all(user_ids)
    users = {user.pk: user for user in User.objects.filter(pk__in=user_ids)}
    silent = [pk for pk, user in users.items() if not user.is_active or preferences.is_paused(chosen.get(pk), now)]
    due = Notice.objects.to_gather(at=now)
    due.filter(user__in=silent).update(summary_due_at=None)
    occasions = {f"digest:{pk}:{_today(users[pk], now)}": pk for pk in users.keys() - set(silent)}
    services.post_each(
        {"occasion": occasion, "to": users[pk], "kind": kinds.SUMMARY, "template": "digest"}
        for occasion, pk in occasions.items()
    )
    letters = Letter.objects.select_for_update().filter(occasion__in=occasions, user__in=users)
    rows = letters.values_list("user_id", "pk", "state")
    planned = {user_id: pk for user_id, pk, state in rows if state == Letter.State.PLANNED}
    of_reader = Letter.objects.filter(pk__in=planned.values(), user=OuterRef("user")).values("pk")[:1]
    due.filter(user__in=planned).update(summary=Subquery(of_reader))
    for pk in set(occasions.values()) - planned.keys():  # today's has left
        tomorrow = summary_times.next_after(now, Frequency.DAILY, users[pk].time_zone)
        due.filter(user=pk).update(summary_due_at=tomorrow)
    return len(planned)


def _today(user: User, now: datetime) -> date:
    return summary_times.local_day(now, user.time_zone)


def context_of(letter: Letter) -> dict[str, Any] | None:
    """What a summary says, at the moment it leaves; None when nothing is left to say."""
    if letter.user is None:
        return None
    notices = _still_news(letter, preferences.of(letter.user))
    with override(letter.language):
        news = grouping.once([line for line in lines(notices, letter.user) if not line.is_gone])
        if not news:
            return None
        told = news[:MOST]
        return {
            "sections": [section.as_data() for section in grouping.sections(told)],
            "more": len(news) - len(told),
            "count": len(news),
            **matters.named_in([one.line.notice for one in told]),
        }


def _still_news(letter: Letter, preference: Preference) -> list[Notice]:
    """What was gathered and is neither declined, nor read on the page, nor settled or shut meanwhile; newest first."""
    by_kind: dict[str, list[Notice]] = {}
    for notice in Notice.objects.filter(summary=letter, read_at=None):
        if kinds.frequency(notice.kind, preference.frequencies) != Frequency.NEVER:
            by_kind.setdefault(notice.kind, []).append(notice)
    news = [notice for key, told in by_kind.items() for notice in kinds.get(key).still_news(told)]
    return matters.still_told(news)
