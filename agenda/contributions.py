"""What a member proposed for the calendar, on their page of contributions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.models import Event
from content import review
from content.models import Case
from content.translations import words
from people import contributions

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from members.models import User

Status = Event.Status
TONES = {Status.CHANGES_ASKED: "warn", Status.IN_REVIEW: "accent", Status.PUBLISHED: "good"}


def of(user: User) -> QuerySet[Event]:
    """What somebody sent in; what staff wrote in their rooms has no other page."""
    return Event.objects.filter(owner=user, submitted_at__isnull=False).order_by("-updated_at", "-pk")


def case_of(event: Event) -> Case | None:
    return Case.objects.about(event).order_by("-pk").first()


def can_change(event: Event) -> bool:
    """Whether it is in the hands of its member: an editor asked for changes, or said no."""
    case = case_of(event)
    return case is not None and case.state != Case.State.WAITING and review.may_answer(case)


def state_of(event: Event) -> tuple[str, str]:
    """Its label and tone."""
    if event.status == Status.WITHDRAWN and event.published_at is None:
        return _("Not published"), ""
    return event.get_status_display(), TONES.get(Status(event.status), "")


def own(user: User) -> list[contributions.Own]:
    return [_row(event) for event in of(user)]


def _row(event: Event) -> contributions.Own:
    label, tone = state_of(event)
    return contributions.Own(
        title=words(event, "title"),
        url=reverse("agenda:proposal", args=[event.pk]),
        state=label,
        tone=tone,
        kicker=str(event.get_kind_display()),
        sent_at=event.submitted_at,
    )


def sign_up() -> None:
    contributions.register_own(contributions.OwnShelf("agenda", gettext_lazy("Events you proposed"), own))
