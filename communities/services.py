"""What happens to a community itself: edited, quiet, archived, opened again, counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from communities import notices
from communities.models import Community
from communities.numbers import KIND, LIFE
from content import caching
from content.actors import acting
from content.models import Entry
from content.services import note_step, save_record

if TYPE_CHECKING:
    from django.db.models import Model

    from members.models import User

AT_A_TIME = 200


@acting
@transaction.atomic
def save_community(*, record: Community, by: User | None, links: dict[str, Iterable[Model]] | None = None) -> None:
    """Save what was edited. `links`: rows of its many-to-many fields by name.

    What a change of access means for search, lists, kept pages and files follows at once: all of them ask who may see
    it, and pages that were kept end here.
    """
    save_record(record=record, by=by)
    for name, rows in (links or {}).items():
        getattr(record, name).set(rows)
    caching.bump(KIND, LIFE)


# ---------- Its end, and its going on ----------


@acting
@transaction.atomic
def archive(*, community: Community, by: User, reason: str) -> bool:
    """Nobody comes in and nobody writes; everything stays where it is. False where it was archived already.

    Raises ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("Readers are told why it ended.")
    held = Community.objects.select_for_update().get(pk=community.pk)
    if held.archived_at:
        return False
    held.archived_at, held.archived_by, held.archived_reason = timezone.now(), by, reason
    _save(held, by, "archived_at", "archived_by", "archived_reason", note=reason)
    return True


@acting
@transaction.atomic
def unarchive(*, community: Community, by: User) -> bool:
    """It goes on, as from today."""
    held = Community.objects.select_for_update().get(pk=community.pk)
    if not held.archived_at:
        return False
    held.archived_at, held.archived_by, held.archived_reason = None, None, ""
    held.last_activity_at, held.asked_at = timezone.now(), None
    _save(held, by, "archived_at", "archived_by", "archived_reason", "last_activity_at", "asked_at")
    return True


@acting
@transaction.atomic
def keep_going(*, community: Community, by: User) -> None:
    """One of its administrators says that it goes on: it is active for another three months."""
    held = Community.objects.select_for_update().get(pk=community.pk)
    held.last_activity_at, held.asked_at = timezone.now(), None
    _save(held, by, "last_activity_at", "asked_at")


def _save(community: Community, by: User, *fields: str, note: str = "") -> None:
    community.save(update_fields=[*fields, "updated_at"])  # search and the trail hear of it
    note_step(record=community, by=by, note=note)
    caching.bump(KIND, LIFE)


def look_for_quiet() -> int:
    """Ask the administrators of communities that became quiet, once, whether they go on. How many there were.

    From this moment lists, search and kept pages say that it is quiet: time passes without anybody saving a row.
    """
    pks = Community.objects.quiet().filter(asked_at=None).order_by("pk").values_list("pk", flat=True)
    return sum(_note_quiet(pk) for pk in list(pks[:AT_A_TIME]))


@transaction.atomic
def _note_quiet(pk: int) -> bool:
    community = Community.objects.quiet().select_for_update().filter(pk=pk, asked_at=None).first()
    if community is None:
        return False
    community.asked_at = timezone.now()
    community.save(update_fields=["asked_at"])
    notices.ask_whether_it_goes_on(community)
    caching.bump(KIND, LIFE)
    return True


# ---------- Nobody runs it ----------


def hand_to_editors(communities: Iterable[Community]) -> None:
    """Its last administrator deleted their account. Editors stand in until they have made somebody else one."""
    for community in communities:
        notices.tell_editors_nobody_runs(community, timezone.now())


# ---------- Figures ----------


@dataclass(frozen=True)
class Figures:
    total: int
    published: int
    discontinued: int
    active: int


def figures() -> Figures:
    """How many there ever were, are open now, ended, and were active in the last three months, private ones included:
    numbers for reports. Active is what every page calls active."""
    lived = (Entry.Status.PUBLISHED, Entry.Status.WITHDRAWN)
    total = Community.objects.filter(published_at__isnull=False, status__in=lived).count()
    withdrawn = Community.objects.filter(published_at__isnull=False, status=Entry.Status.WITHDRAWN).count()
    discontinued = withdrawn + Community.objects.archived().count()
    return Figures(total, total - discontinued, discontinued, Community.objects.active().count())
