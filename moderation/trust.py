"""How far somebody's posts are trusted. The rule is shown to members in words (templates/moderation/standing.html)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from members import permissions as members
from moderation import registry
from moderation.models import Moderated, Standing
from moderation.permissions import is_moderator

if TYPE_CHECKING:
    from members.models import User

FIRST_POSTS = 2  # posts that were accepted, after which somebody is no longer new
TRUSTED_POSTS = 10  # posts that were accepted, after which somebody is trusted
TRUSTED_WITHOUT_REMOVAL = timedelta(days=180)
MOST_LINKS = 3  # links in a post of somebody who is not trusted; one with more waits

State = Moderated.State


def standing_of(user: User) -> Standing:
    """Of somebody without a row: nothing accepted, nothing removed."""
    return Standing.objects.filter(user=user).first() or Standing(user=user)


def is_new(user: User) -> bool:
    """Until two posts were accepted. Who was given trust otherwise, or moderates, is not new."""
    if _has_a_role(user):
        return False
    return standing_of(user).accepted < FIRST_POSTS and not is_moderator(user)


def is_trusted(user: User) -> bool:
    return _has_a_role(user) or is_trusted_by_rule(standing_of(user))


def is_trusted_by_rule(standing: Standing) -> bool:
    removed_at = standing.last_removed_at
    is_clean = removed_at is None or removed_at < timezone.now() - TRUSTED_WITHOUT_REMOVAL
    return standing.accepted >= TRUSTED_POSTS and is_clean


def must_wait(user: User, *, links: int) -> bool:
    """Whether a post of theirs with so many links waits for a moderator. Of most members one query tells."""
    standing = standing_of(user)
    may_be_new = standing.accepted < FIRST_POSTS
    if not may_be_new and (links <= MOST_LINKS or is_trusted_by_rule(standing)):
        return False
    if _has_a_role(user):
        return False
    return not may_be_new or not is_moderator(user) or links > MOST_LINKS


def _has_a_role(user: User) -> bool:
    return bool(members.is_trusted(user) or members.is_editor(user))


def note_accepted(user: User) -> None:
    """One statement for whoever has a row; of two first posts at once both count."""
    one_more = {"accepted": F("accepted") + 1}
    if not Standing.objects.filter(user=user).update(**one_more):
        Standing.objects.bulk_create([Standing(user=user)], ignore_conflicts=True)
        Standing.objects.filter(user=user).update(**one_more)


@transaction.atomic
def recount(user: User) -> Standing:
    """Their standing from what they wrote, as it is now: a decision that was changed leaves nothing behind."""
    Standing.objects.get_or_create(user=user)
    standing = Standing.objects.select_for_update().get(user=user)
    standing.accepted, standing.removed, standing.last_removed_at = 0, 0, None
    for kind in registry.all_kinds():
        if not issubclass(kind.model, Moderated):
            continue
        written = kind.written_by(user)
        removed = written.filter(state=State.REMOVED)
        standing.accepted += written.filter(state=State.SHOWN).count()
        standing.removed += removed.count()
        last = removed.aggregate(last=Max("state_at"))["last"]
        standing.last_removed_at = max(filter(None, [standing.last_removed_at, last]), default=None)
    standing.save()
    return standing
