"""A member's own publications, and what waits to be done about each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case as When_
from django.db.models import Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content import review
from content.models import Case, ReviewStep
from people import contributions
from publications.models import Draft, Publication

if TYPE_CHECKING:
    from members.models import User
    from publications.querysets import PublicationQuerySet

Status = Publication.Status
FIRST = (Status.CHANGES_ASKED, Status.IN_REVIEW, Status.DRAFT, Status.PUBLISHED, Status.WITHDRAWN)
TONES = {Status.CHANGES_ASKED: "warn", Status.IN_REVIEW: "accent", Status.PUBLISHED: "good"}


@dataclass(frozen=True)
class State:
    label: str
    tone: str


def state_of(publication: Publication) -> State:
    if publication.status == Status.WITHDRAWN and publication.published_at is None:
        return State(_("Not published"), "")
    return State(publication.get_status_display(), TONES.get(Status(publication.status), ""))


def of(user: User) -> PublicationQuerySet:
    """What somebody shared, what waits for them first."""
    order = When_(*(When(status=status, then=Value(place)) for place, status in enumerate(FIRST)))
    owned = Publication.objects.filter(owner=user)
    return owned.select_related("type").order_by(order, "-updated_at", "-pk")


def asked_of(user: User) -> PublicationQuerySet:
    """What an editor asked somebody to change, in what they sent in or proposed."""
    asked = Case.objects.filter(kind="publication", opened_by=user, state=Case.State.WITH_MEMBER)
    return followed_by(user).filter(pk__in=asked.values("object_id")).order_by("-updated_at", "-pk")


def shown_by(user: User) -> PublicationQuerySet:
    """What stands on somebody's profile: public, and they agreed to be named."""
    return Publication.objects.published().filter(owner=user, shows_owner=True).order_by("-published_at", "-pk")


def followed_by(user: User) -> PublicationQuerySet:
    """What somebody shared or proposed a correction of: its page of contributions is theirs too."""
    sent = Draft.objects.visible_to(user).filter(sent_at__isnull=False).values("publication")
    return Publication.objects.filter(Q(owner=user) | Q(pk__in=sent, status=Status.PUBLISHED)).select_related("type")


def proposals_of(user: User) -> QuerySet[Draft]:
    """Corrections of other people's publications that wait."""
    proposed = Draft.objects.visible_to(user).undecided()
    return proposed.exclude(publication__owner=user).select_related("publication")


def conversation(publication: Publication, user: User) -> Sequence[ReviewStep]:
    """What this member and the editors said to each other. What others proposed is between them and the editors."""
    mine = Q(case__opened_by=user)
    if publication.owner_id == user.pk:
        mine |= Q(case=None)
    return list(review.conversation(publication).filter(mine))


def case_of(publication: Publication, user: User) -> Case | None:
    """The last thing they wrote about."""
    return Case.objects.about(publication).filter(opened_by=user).order_by("-pk").first()


def sign_up() -> None:
    contributions.register(
        contributions.Contribution("publications", gettext_lazy("Publications"), "publication", records=shown_by)
    )
