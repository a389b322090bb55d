"""Who has a place: registering, coming off the waiting list, cancelling. Rows decide, while the webinar is held.

A place is taken by whoever registered and confirmed the address, for a day also without, and by whoever is offered one.
Everything that may change who has one goes through `hold`, so that two who press at once do not get the last one both.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from content import caching
from webinars import letters
from webinars.models import HELD, Registration, Webinar

if TYPE_CHECKING:
    from members.models import User
    from taxonomy.models import Country

State = Registration.State
REGISTERED = Q(state=State.IN, confirmed_at__isnull=False)
PEOPLE = "webinar_people"  # kind of kept pages: how many registered
CONSENT = "2026-11-26"  # version of the sentence beside the box (webinars/register_forms.py)
MOST_CONFIRMATIONS = 3  # letters to one address that registers again and again
AT_A_TIME = 200


class Closed(Exception):
    """Nobody registers for it: it has ended, is cancelled, or is not announced."""


def hold(webinar: Webinar) -> Webinar:
    """The row as it is stored, kept from others until the transaction ends."""
    return Webinar.objects.select_for_update().get(pk=webinar.pk)


def takes_people(webinar: Webinar) -> bool:
    return webinar.is_published and webinar.cancelled_at is None and not webinar.is_over


def free_places(webinar: Webinar, moment: datetime | None = None) -> int | None:
    """None: no limit."""
    if webinar.capacity is None:
        return None
    return max(0, webinar.capacity - webinar.registrations.holding(moment or timezone.now()).count())


def number_registered(webinar: Webinar) -> int:
    return webinar.registrations.filter(REGISTERED).count()


def taken(webinar: Webinar) -> dict[str, int | None]:
    """Both numbers in one query: `number` registered, and `free` places."""
    rows = webinar.registrations.all()
    counted = rows.aggregate(
        number=Count("pk", filter=REGISTERED), held=Count("pk", filter=rows.holds_place(timezone.now()))
    )
    free = None if webinar.capacity is None else max(0, webinar.capacity - counted["held"])
    return {"number": counted["number"], "free": free}


# ---------- Registering ----------


@transaction.atomic
def register_guest(
    *, webinar: Webinar, name: str, email: str, country: Country | None, sector: str, language: str, zone: str
) -> None:
    """Somebody without an account. Tells nothing: whether the address was known is said to whoever reads it alone.

    Raises Closed.
    """
    data = {"name": name, "country": country, "sector": sector, "language": language, "zone": zone}
    row = _register(webinar, email.lower(), data)
    if row.letters < MOST_CONFIRMATIONS:
        row.letters += 1
        row.save(update_fields=["letters"])
        letters.confirm(row, number=row.letters)


@transaction.atomic
def register_member(*, webinar: Webinar, by: User, country: Country | None) -> Registration:
    """A member by one press: their address is known to be theirs. Raises Closed."""
    data = {"name": str(by), "country": country, "language": by.language, "zone": by.time_zone}
    row = _register(webinar, by.email.lower(), data)
    is_known = row.user_id == by.pk and row.is_confirmed
    row.user, row.confirmed_at = by, row.confirmed_at or timezone.now()
    if not is_known:
        row.letters += 1
        letters.confirm(row, number=row.letters)
    row.save()
    caching.bump(PEOPLE)
    return row


def _register(webinar: Webinar, email: str, data: dict[str, Any]) -> Registration:
    held, now = hold(webinar), timezone.now()
    if not takes_people(held):
        raise Closed
    row = Registration.objects.filter(webinar=held, email=email).first()
    if row is not None and (row.state in (State.IN, State.WAITING) or row.is_offered_at(now)):
        return row  # nobody changes by a form what somebody else wrote
    row = row or Registration(webinar=held, email=email)
    for field, value in data.items():
        setattr(row, field, value)
    row.webinar, row.registered_at, row.ended_at, row.offered_until = held, now, None, None
    row.confirmed_at = None  # again, where they had cancelled: this may be somebody else
    row.consented_at, row.consent_version = now, CONSENT
    row.state = State.IN if _has_room(held, now) else State.WAITING
    row.save()
    caching.bump(PEOPLE)
    return row


def _has_room(webinar: Webinar, now: datetime) -> bool:
    """A free place that nobody waits for."""
    free = free_places(webinar, now)
    return free is None or free > webinar.registrations.waiting().count()


@transaction.atomic
def confirm(*, registration: Registration) -> Registration:
    """Whoever reads that address says that it is theirs: from now on we write to them.

    A place that was held for a day and is gone becomes a place on the waiting list.
    """
    held, now = hold(registration.webinar), timezone.now()
    row = _fresh(registration, held)
    if row.is_confirmed or row.state not in (State.IN, State.WAITING):
        return row
    was_lost = row.is_in and row.registered_at <= now - HELD and free_places(held, now) == 0
    if was_lost:
        row.state = State.WAITING
    row.confirmed_at = now
    row.save(update_fields=["state", "confirmed_at"])
    caching.bump(PEOPLE)
    return row


@transaction.atomic
def cancel(*, registration: Registration) -> bool:
    """They do not come. Their place goes to whoever waits. False where they had cancelled already."""
    held = hold(registration.webinar)
    row = _fresh(registration, held)
    if row.state in (State.CANCELLED, State.LAPSED):
        return False
    row.state, row.ended_at, row.offered_until = State.CANCELLED, timezone.now(), None
    row.save(update_fields=["state", "ended_at", "offered_until"])
    letters.take_back(row)
    _offer(held)
    caching.bump(PEOPLE)
    return True


@transaction.atomic
def accept(*, registration: Registration) -> bool:
    """They take the place that they were offered. False where the offer has run out, or there was none."""
    held = hold(registration.webinar)
    row = _fresh(registration, held)
    if not row.is_offered_at(timezone.now()) or not takes_people(held):
        return False
    row.state, row.offered_until = State.IN, None
    row.save(update_fields=["state", "offered_until"])
    letters.confirm(row, number=row.letters + 1)
    row.letters += 1
    row.save(update_fields=["letters"])
    caching.bump(PEOPLE)
    return True


def _fresh(registration: Registration, held: Webinar) -> Registration:
    row = Registration.objects.select_related("user", "country").get(pk=registration.pk)
    row.webinar = held
    return row


# ---------- The waiting list ----------


def tend_waiting_lists() -> int:
    """Let offers run out and make the next ones. How many were made. The clock frees places without anybody's press."""
    now = timezone.now()
    waited_for = Registration.objects.filter(state__in=(State.WAITING, State.OFFERED)).values("webinar")
    ahead = Webinar.objects.filter(pk__in=waited_for, starts_at__gt=now, cancelled_at=None, status="published")
    return sum(_tend(pk) for pk in list(ahead.order_by("starts_at").values_list("pk", flat=True)[:AT_A_TIME]))


@transaction.atomic
def _tend(pk: int) -> int:
    return _offer(Webinar.objects.select_for_update().get(pk=pk))


def _offer(held: Webinar) -> int:
    """Offer what is free to those who wait, the first first. The caller holds the webinar."""
    now = timezone.now()
    lapsed = held.registrations.filter(state=State.OFFERED, offered_until__lte=now)
    lapsed.update(state=State.LAPSED, ended_at=now, offered_until=None)
    if not takes_people(held) or held.starts_at <= now:
        return 0
    free, waiting = free_places(held, now), letters.allowed(held, held.registrations.waiting())
    rows = list(waiting if free is None else waiting[:free])
    until = min(now + HELD, held.starts_at)
    for row in rows:
        row.webinar, row.state, row.offered_until = held, State.OFFERED, until
        row.save(update_fields=["state", "offered_until"])
        letters.offer(row)
    return len(rows)


@transaction.atomic
def resize(*, webinar: Webinar) -> int:
    """After its number of places changed: more of them go to whoever waits; nobody loses one they have."""
    return _offer(hold(webinar))


# ---------- What goes, and what stays ----------


def forget_old(*, days: int) -> int:
    """Names and addresses of registrations for webinars that ended so many days ago. Numbers stay."""
    before = timezone.now() - timedelta(days=days)
    rows = Registration.objects.filter(webinar__ends_at__lt=before).exclude(name="", email="", user=None)
    return rows.update(name="", email="", user=None, zone="UTC")
