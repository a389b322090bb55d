"""Members say that something is wrong. Three who are trusted hide it at once, until a moderator decides."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from content.actors import acting
from content.services import about, locked
from members.permissions import is_member
from moderation import registry, services, telling, trust
from moderation.models import Act, Case, Moderated, Report

if TYPE_CHECKING:
    from members.models import User

A_DAY = 20  # reports one member may send
ENOUGH = 3  # reports by trusted members that hide something

State, Subject, Verb = Moderated.State, Case.Subject, Act.Verb


class TooManyReports(ValueError):
    """The member has reported all that one may report in a day."""


class ReportedAlready(ValueError):
    """Nobody reports the same thing twice."""


def has_reported(user: User, record: Any) -> bool:
    mine = Report.objects.filter(reporter=user)
    there = about(record)
    return mine.filter(case__content_type=there["content_type"], case__object_id=there["object_id"]).exists()


@acting
@transaction.atomic
def report(*, record: Any, by: User, reason: str, text: str = "") -> Report | None:
    """Tell moderators. None where it is no longer shown: what they have taken away needs no report.

    Raises TooManyReports, ReportedAlready, and PermissionDenied for one's own words.
    """
    if not is_member(by) or registry.kind_of(record).author_of(record) == by:
        raise PermissionDenied
    held: Any = locked(record)
    if has_reported(by, held):
        raise ReportedAlready
    # Nothing of the member's own is held: two who report each other would wait for each other. Sent at the same moment,
    # twenty may be twenty-one.
    if Report.objects.filter(reporter=by, at__gt=timezone.now() - timedelta(days=1)).count() >= A_DAY:
        raise TooManyReports
    if held.state != State.SHOWN:
        return None
    case = services.open_case_of(held)
    if case is None:
        case = services.open_case(held, Subject.REPORT)
        telling.tell_moderators(case)
    made = Report.objects.create(case=case, reporter=by, reason=reason, text=text, is_trusted=trust.is_trusted(by))
    services.note(case=case, verb=Verb.REPORTED, by=by, reason=reason)
    if case.reports.filter(is_trusted=True).count() >= ENOUGH:
        _hide(case, held)
    return made


def _hide(case: Case, record: Any) -> None:
    case.turn += 1
    case.save(update_fields=["turn"])
    services.set_state(record=record, state=State.HIDDEN, reason="", by=None)
    services.note(case=case, verb=Verb.AUTO_HIDDEN, by=None)
    telling.tell_author(case, Verb.AUTO_HIDDEN.value)
    telling.tell_moderators(case, Verb.AUTO_HIDDEN.value)
