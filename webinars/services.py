"""What happens to a webinar: begun, described, sent to the editors, moved, cancelled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from communities.numbers import LIFE
from content import caching, review
from content.actors import acting
from content.editing import free_slug
from content.services import note_step, save_record
from webinars import letters, places
from webinars.lists import KIND
from webinars.models import Organiser, Panellist, Webinar

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

    from communities.models import Community
    from content.models import Case
    from members.models import User

Links = Mapping[str, Iterable["Model"]]  # rows of many-to-many fields by name
TIME = ("starts_at", "ends_at", "zone")
MOST_PANELLISTS = 20


@acting
@transaction.atomic
def begin_webinar(*, webinar: Webinar, by: User, community: Community | None, links: Links) -> None:
    """A draft that its organisers go on describing; nobody else sees it until an editor confirms it."""
    webinar.owner, webinar.community = by, community
    webinar.slug = free_slug(Webinar, getattr(webinar, f"title_{webinar.original_language}"))
    save_webinar(webinar=webinar, by=by, links=links)
    Organiser.objects.create(webinar=webinar, user=by)


@acting
@transaction.atomic
def save_webinar(*, webinar: Webinar, by: User | None, links: Links | None = None) -> None:
    """Save what was edited. The time of one that was announced is changed by `move_webinar` alone."""
    save_record(record=webinar, by=by)
    for name, rows in (links or {}).items():
        getattr(webinar, name).set(rows)
    if webinar.published_at:
        places.resize(webinar=webinar)  # there may be more places now
    _renew(webinar)


@acting
@transaction.atomic
def send_webinar(*, webinar: Webinar, by: User, note: str = "") -> Case:
    """Ask the editors to announce it, for the first time or again."""
    return review.submit(record=webinar, by=by, note=note)


@acting
@transaction.atomic
def move_webinar(*, webinar: Webinar, by: User, starts_at: datetime, ends_at: datetime, zone: str) -> bool:
    """Give it another time. False where it is the same. Raises ValueError for one that was cancelled.

    Once it was announced, calendars learn of it: they keep what has the highest SEQUENCE (RFC 5546, 2.1.4).
    """
    held = Webinar.objects.select_for_update().get(pk=webinar.pk)
    if held.cancelled_at:
        raise ValueError("A cancelled webinar is not moved.")
    is_same_instant = (held.starts_at, held.ends_at) == (starts_at, ends_at)
    webinar.starts_at, webinar.ends_at, webinar.zone = starts_at, ends_at, zone
    if is_same_instant and held.zone == zone:
        return False
    was_announced = held.published_at is not None and not is_same_instant
    if was_announced:
        webinar.sequence, webinar.moved_at = held.sequence + 1, timezone.now()
    webinar.save(update_fields=[*TIME, "sequence", "moved_at", "updated_at"])
    if was_announced:
        note_step(record=webinar, by=by)
        letters.renew(webinar)
        letters.tell_moved(webinar)
    _renew(webinar)
    return not is_same_instant


@acting
@transaction.atomic
def cancel_webinar(*, webinar: Webinar, by: User, reason: str) -> bool:
    """It does not take place, and whoever registered is told. False where it was cancelled already.

    Raises ValueError without a reason, and for one that has ended.
    """
    if not reason.strip():
        raise ValueError("People are told why.")
    held = Webinar.objects.select_for_update().get(pk=webinar.pk)
    if held.is_over:
        raise ValueError("What has taken place cannot be cancelled.")
    if held.cancelled_at:
        return False
    webinar.cancelled_at, webinar.cancelled_reason, webinar.sequence = timezone.now(), reason, held.sequence + 1
    webinar.save(update_fields=["cancelled_at", "cancelled_reason", "sequence", "updated_at"])
    note_step(record=webinar, by=by, note=reason)
    letters.tell_cancelled(webinar)
    _renew(webinar)
    return True


def _renew(webinar: Webinar) -> None:
    """No kept page says what is no longer so, those of its community with the number of its webinars included."""
    caching.bump(KIND, *([LIFE] if webinar.community_id else []))


# ---------- Who is in it ----------


@acting
@transaction.atomic
def add_panellist(*, panellist: Panellist, by: User) -> None:
    """At the end of the panel."""
    last = Panellist.objects.filter(webinar=panellist.webinar).aggregate(last=Max("position"))["last"]
    panellist.position = 0 if last is None else last + 1
    panellist.save()
    touch(panellist.webinar)


@acting
@transaction.atomic
def remove_panellist(*, panellist: Panellist, by: User) -> None:
    panellist.delete()
    touch(panellist.webinar)


@acting
@transaction.atomic
def raise_panellist(*, panellist: Panellist, by: User) -> None:
    """One place up; the first stays where they are."""
    panel = list(Panellist.objects.select_for_update().filter(webinar=panellist.webinar).order_by("position", "pk"))
    here = next(place for place, one in enumerate(panel) if one.pk == panellist.pk)
    if here:
        panel.insert(here - 1, panel.pop(here))
    for place, one in enumerate(panel):
        one.position = place
    Panellist.objects.bulk_update(panel, ["position"])
    touch(panellist.webinar)


@acting
@transaction.atomic
def add_organiser(*, webinar: Webinar, user: User, by: User) -> bool:
    """False where they are one."""
    _row, is_new = Organiser.objects.get_or_create(webinar=webinar, user=user)
    return is_new


@acting
@transaction.atomic
def remove_organiser(*, organiser: Organiser, by: User) -> bool:
    """False for the last one: somebody answers for a webinar."""
    others = Organiser.objects.select_for_update().filter(webinar=organiser.webinar_id).exclude(pk=organiser.pk)
    if not others.exists():
        return False
    organiser.delete()
    return True


def touch(webinar: Webinar) -> None:
    """The page says something else, and feeds and calendars say that it is newer."""
    webinar.save(update_fields=["updated_at"])
    _renew(webinar)
