"""Asking the editors for a community, and what happens once one of them opens it.

Whoever asks runs it, and has accepted the code of conduct in the form. The second person is invited by name, and
accepts it when they come in: nobody is made a member by somebody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from communities import conduct, inviting, notices
from communities.models import Community, Invitation, Membership
from communities.numbers import LIFE
from content import caching, review
from content.actors import acting
from content.editing import free_slug
from content.models import Case, ReviewStep
from content.services import save_record
from notifications.notices import decided_at
from taxonomy.models import Topic

if TYPE_CHECKING:
    from content.models import Entry
    from members.models import User

Role, Status = Membership.Role, Community.Status
MOST_REQUESTS = 3  # of one member that wait


@acting
@transaction.atomic
def request_community(*, record: Community, by: User, facilitator: User, topics: Iterable[Topic]) -> Case:
    """Send a new community to the editors: it is decided by one of them, whoever asks."""
    record.owner = by
    record.slug = free_slug(Community, getattr(record, f"name_{record.original_language}"))
    save_record(record=record, by=None)
    record.topics.set(topics)
    now = timezone.now()
    Membership.objects.create(
        community=record,
        user=by,
        role=Role.ADMIN,
        state=Membership.State.IN,
        joined_at=now,
        conduct_version=conduct.version(),
        conduct_at=now,
    )
    _name_facilitator(record, facilitator)
    return review.submit(record=record, by=by)


@acting
@transaction.atomic
def change_request(*, record: Community, by: User, facilitator: User, topics: Iterable[Topic]) -> Case:
    """Send it again, as an editor asked, or after a no."""
    save_record(record=record, by=by)
    record.topics.set(topics)
    _name_facilitator(record, facilitator)
    return review.submit(record=record, by=by)


def second_facilitator(record: Community) -> User | None:
    """Whom the request names beside its owner."""
    named = Invitation.objects.open().filter(community=record, role=Role.FACILITATOR, user__isnull=False)
    found = named.select_related("user").first()
    return found.user if found else None


def _name_facilitator(record: Community, user: User) -> None:
    """They hear of it once the community is there."""
    others = Invitation.objects.open().filter(community=record, role=Role.FACILITATOR).exclude(user=user)
    others.delete()
    if user.pk != record.owner_id:
        Invitation.objects.get_or_create(
            community=record,
            user=user,
            accepted_at=None,
            withdrawn_at=None,
            defaults={"role": Role.FACILITATOR, "language": user.language, "by": record.owner},
        )


def open_community(record: Entry) -> None:
    """In the transaction in which it becomes public: its life begins, and the second facilitator is asked in.

    Their letter waits until the decision can no longer be taken back.
    """
    if not isinstance(record, Community):
        return
    now = timezone.now()
    Community.objects.filter(pk=record.pk).update(last_activity_at=now, asked_at=None)
    record.last_activity_at, record.asked_at = now, None
    for invitation in record.invitations.open().filter(role=Role.FACILITATOR, user__isnull=False):
        inviting.send_first(invitation=invitation, due_at=decided_at())
    caching.bump(LIFE)


def hear_of_step(step: ReviewStep, case: Case) -> None:
    """Nobody is asked into a community whose opening was taken back."""
    if case.kind != "community" or step.kind != ReviewStep.Kind.UNDONE:
        return
    for invitation in Invitation.objects.open().filter(community=case.object_id, user__isnull=False):
        notices.take_back_invitation(invitation)


def has_too_many_requests(user: User) -> bool:
    """Whether an editor should decide what somebody asked for before they ask for more."""
    waiting = Community.objects.filter(owner=user, status__in=(Status.IN_REVIEW, Status.CHANGES_ASKED))
    return waiting.count() >= MOST_REQUESTS
