"""What a member proposed, on their page of contributions, and what stands between it and its announcement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content import review
from content.models import Case, ReviewStep
from content.translations import words
from people import contributions
from webinars.models import PollWinner, Webinar

if TYPE_CHECKING:
    from members.models import User

Status = Webinar.Status
TONES = {Status.CHANGES_ASKED: "warn", Status.IN_REVIEW: "accent", Status.PUBLISHED: "good"}
BEGUN = (Status.DRAFT, Status.CHANGES_ASKED, Status.IN_REVIEW)


def state_of(webinar: Webinar) -> tuple[str, str]:
    """Its label and tone."""
    if webinar.cancelled_at:
        return str(Webinar.State.CANCELLED.label), "bad"
    if webinar.status == Status.WITHDRAWN and webinar.published_at is None:
        return _("Not announced"), ""
    if webinar.is_published:
        return _("Announced"), "good"
    return webinar.get_status_display(), TONES.get(Status(webinar.status), "")


def case_of(webinar: Webinar) -> Case | None:
    return Case.objects.about(webinar).order_by("-pk").first()


def conversation(webinar: Webinar) -> Sequence[ReviewStep]:
    return list(review.conversation(webinar))


def missing(webinar: Webinar) -> list[tuple[str, str]]:
    """What an editor would ask for, with where it is added."""
    slug, found = webinar.slug, []
    language = webinar.original_language
    if not webinar.panellists.all():
        found.append((_("Who speaks"), reverse("webinars:edit_panel", args=[slug])))
    if not getattr(webinar, f"summary_{language}"):
        found.append((_("One or two sentences about it"), reverse("webinars:edit_texts", args=[slug, language])))
    if _is_undated(webinar):
        found.append((_("A day and a time that the panel agrees on"), reverse("webinars:edit_time", args=[slug])))
    elif webinar.is_over:
        found.append((_("A time that is ahead"), reverse("webinars:edit_time", args=[slug])))
    return found


def _is_undated(webinar: Webinar) -> bool:
    """Whether it came of a poll and has the time that nobody chose."""
    winner = PollWinner.objects.filter(webinar=webinar).first()
    return winner is not None and winner.supposed == webinar.starts_at


def can_send(webinar: Webinar, case: Case | None) -> bool:
    """Whether it is in the hands of its organisers: a draft, or an editor asked for changes or said no."""
    if webinar.is_published or webinar.cancelled_at:
        return False
    return case is None or (case.state != Case.State.WAITING and review.may_answer(case))


def own(user: User) -> list[contributions.Own]:
    begun = Webinar.objects.organised_by(user).filter(published_at=None).select_related("community")
    return [_row(webinar) for webinar in begun.order_by("-updated_at", "-pk")]


def _row(webinar: Webinar) -> contributions.Own:
    label, tone = state_of(webinar)
    return contributions.Own(
        title=words(webinar, "title"),
        url=reverse("webinars:proposal", args=[webinar.pk]),
        state=label,
        tone=tone,
        kicker=words(webinar.community, "name").text if webinar.community else _("Webinar"),
        sent_at=webinar.submitted_at,
    )


def sign_up() -> None:
    contributions.register_own(contributions.OwnShelf("webinars", gettext_lazy("Webinars you proposed"), own))
