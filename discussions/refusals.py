"""Why something cannot be written now, in a sentence for whoever wants to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import wording
from discussions import permissions, places
from moderation.models import Sanction

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser
    from django.db.models import Model

    from discussions.models import Thread
    from members.models import User


class NotSent(ValueError):
    """It was not written; the sentence says why. What was typed is kept."""


def _end(reason: str) -> str:
    """Of a sentence of ours."""
    return reason.strip().rstrip(".")


def why_closed(thread: Thread) -> str:
    """Whatever the reader is: whether the discussion takes posts at all. Empty where it does."""
    if thread.is_locked:
        return _("This discussion was closed to new posts. Reason: %(reason)s.") % {
            "reason": _end(thread.locked_reason)
        }
    return "" if thread.state == "shown" else _("This discussion is not shown at the moment, so nobody can answer.")


def why_not_here(user: User | AnonymousUser, place: Model) -> str:
    """Why somebody cannot write in a place. Empty where they can."""
    if permissions.can_write(user, place):
        return ""
    sanctions = Sanction.objects.in_force().in_scope(places.scope_of(place))
    paused = sanctions.filter(user=user.pk, kind=Sanction.Kind.PAUSE).first()
    if paused is None:
        return _("You cannot write here at the moment.")
    until = wording.moment(paused.until) if paused.until else _("further notice")
    return _("You are paused here until %(until)s. Reason: %(reason)s.") % {
        "until": until,
        "reason": _end(paused.reason),
    }


def refuse(user: User, place: Model, thread: Thread | None = None) -> None:
    """Raises NotSent for whoever cannot write in a place, or in one of its discussions."""
    said = (why_closed(thread) if thread else "") or why_not_here(user, place)
    if said:
        raise NotSent(said)


def too_many(limit: int) -> NotSent:
    said = ngettext(
        "You can write %(count)s post an hour. Your text is kept: send it later.",
        "You can write %(count)s posts an hour. Your text is kept: send it later.",
        limit,
    )
    return NotSent(said % {"count": limit})


def too_many_links(limit: int) -> NotSent:
    said = ngettext("A post holds %(count)s link at most.", "A post holds %(count)s links at most.", limit)
    return NotSent(said % {"count": limit})
