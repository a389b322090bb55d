"""Reminders a week, a day and an hour before, to each registrant one of each.

The schedule only wakes this each minute. Whether a round of reminders was planned is a row, written in the transaction
that plans the letters (docs/adr/0033): two who wake at once, or one who wakes again after a crash, find it there. Of
reminders that fell due while nobody was awake the last one alone is planned: it says how long it still is.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from notifications import services
from webinars import letters
from webinars.models import ReminderRound, Webinar

Kind = ReminderRound.Kind
BEFORE = {Kind.WEEK: timedelta(days=7), Kind.DAY: timedelta(days=1), Kind.HOUR: timedelta(hours=1)}
FIRST = max(BEFORE.values())


def due_kind(starts_at: datetime, now: datetime) -> Kind | None:
    """The reminder that is due: of several the last, since it overtakes those before. None after the start."""
    if starts_at <= now:
        return None
    return next((kind for kind in reversed(BEFORE) if now >= starts_at - BEFORE[kind]), None)


def plan_due() -> int:
    """Plan what is due and was not planned yet. How many letters there were."""
    now = timezone.now()
    ahead = Webinar.objects.filter(
        starts_at__gt=now, starts_at__lte=now + FIRST, cancelled_at=None, status=Webinar.Status.PUBLISHED
    )
    done = set(ReminderRound.objects.filter(webinar__in=ahead).values_list("webinar_id", "kind", "sequence"))
    found = list(ahead.order_by("starts_at").values_list("pk", "starts_at", "sequence"))
    wanted = [(pk, due_kind(starts_at, now), sequence) for pk, starts_at, sequence in found]
    return sum(_plan(pk, kind) for pk, kind, sequence in wanted if kind and (pk, kind, sequence) not in done)


@transaction.atomic
def _plan(pk: int, kind: Kind) -> int:
    """One round, while the webinar is held: whoever comes second finds that it was made."""
    webinar = Webinar.objects.select_for_update().get(pk=pk)
    now = timezone.now()
    if webinar.cancelled_at or due_kind(webinar.starts_at, now) != kind:
        return 0
    made, is_new = ReminderRound.objects.get_or_create(webinar=webinar, kind=kind, sequence=webinar.sequence)
    if not is_new:
        return 0
    # Whoever came after it was due has been told a moment ago when it starts.
    known = webinar.registrations.reminded().filter(registered_at__lt=_due_at(webinar, kind))
    rows = letters.allowed(webinar, known)
    planned = list(letters.planned(webinar, rows, f"{kind}-{webinar.sequence}", letters.REMINDER, "webinars/reminder"))
    if planned:
        services.post_each(planned)
    ReminderRound.objects.filter(pk=made.pk).update(number=len(planned))
    return len(planned)


def _due_at(webinar: Webinar, kind: Kind) -> datetime:
    """When it fell due. Of one that was moved nearer since, everybody who knew the old time is reminded."""
    due_at = webinar.starts_at - BEFORE[kind]
    return max(due_at, webinar.moved_at) if webinar.moved_at else due_at
