"""What a member asked for, on their page of contributions, and the communities they are in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.models import Community
from communities.reviewing import member_url
from content import review
from content.models import Case, ReviewStep
from content.translations import words
from people import contributions

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import User

Status = Community.Status
TONES = {Status.CHANGES_ASKED: "warn", Status.IN_REVIEW: "accent", Status.PUBLISHED: "good"}


def requests_of(user: User) -> QuerySet[Community]:
    """What somebody asked for that is not there: it waits, was sent back, or declined. Newest first."""
    return Community.objects.filter(owner=user).exclude(status=Status.PUBLISHED).order_by("-updated_at", "-pk")


def asked_for(user: User) -> QuerySet[Community]:
    """All that somebody asked for; one that is there as long as they may see it."""
    return Community.objects.filter(owner=user).filter(
        ~Q(status=Status.PUBLISHED) | Q(pk__in=Community.objects.visible_to(user).values("pk"))
    )


def state_of(record: Community) -> tuple[str, str]:
    """Its label and tone."""
    if record.status == Status.WITHDRAWN and record.published_at is None:
        return _("Not opened"), ""
    return record.get_status_display(), TONES.get(Status(record.status), "")


def case_of(record: Community) -> Case | None:
    return Case.objects.about(record).order_by("-pk").first()


def conversation(record: Community) -> Sequence[ReviewStep]:
    return list(review.conversation(record))


def can_change(case: Case | None) -> bool:
    """Whether the request is in the hands of the member: an editor asked for changes, or said no."""
    return case is not None and case.state != Case.State.WAITING and review.may_answer(case)


def own(user: User) -> list[contributions.Own]:
    return [_row(record) for record in asked_for(user).order_by("-updated_at", "-pk")]


def own_requests(user: User) -> list[contributions.Own]:
    return [_row(record) for record in requests_of(user)]


def _row(record: Community) -> contributions.Own:
    label, tone = state_of(record)
    return contributions.Own(
        title=words(record, "name"),
        url=member_url(record),
        state=label,
        tone=tone,
        kicker=record.get_access_display(),
        sent_at=record.submitted_at,
    )


def sign_up() -> None:
    contributions.register_own(contributions.OwnShelf("communities", gettext_lazy("Communities you asked for"), own))
