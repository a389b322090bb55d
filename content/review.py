"""The conversation between members who send records in and editors who decide on them.

Every step is a `ReviewStep`, dated, with what was said. Apps sign up what editors see of their records; whoever must
react to a step (letters do) listens. Decisions are made in `content/deciding.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from content import registry
from content.models import Case, Entry, ReviewStep
from content.services import about, note_step, renew_pages

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from members.models import User


@dataclass(frozen=True)
class Check:
    """What a program can say of a record before an editor looks: `tone` is good, warn or bad."""

    tone: str
    text: str
    url: str = ""  # of the record that looks similar, say


@dataclass(frozen=True)
class Reviewed:
    """What an app tells the inbox about its records."""

    key: str  # of the content type, in content.registry
    label: _StrPromise
    template: str  # shows `record` and `case` to the editor
    checks: Callable[[Any, Case], Sequence[Check]]
    edit_url: Callable[[Any], str]  # where the owner, or an editor, changes the record
    apply_correction: Callable[..., None] | None = None  # (record, case, by): brings a correction into the record


_reviewed: dict[str, Reviewed] = {}
_listeners: list[Callable[[ReviewStep, Case], None]] = []


def register(reviewed: Reviewed) -> None:
    _reviewed[reviewed.key] = reviewed


def of(case: Case) -> Reviewed:
    """Raises KeyError for a case of a type that nobody signed up."""
    return _reviewed[case.kind]


def all_reviewed() -> list[Reviewed]:
    return list(_reviewed.values())


def listen(listener: Callable[[ReviewStep, Case], None]) -> None:
    """Have a function called with every step of a case, in the transaction of the step."""
    _listeners.append(listener)


def tell(step: ReviewStep, case: Case) -> None:
    for listener in _listeners:
        listener(step, case)


def open_case(record: Entry, subject: str = Case.Subject.NEW) -> Case | None:
    """The case of a record that is not decided yet."""
    return Case.objects.filter(**about(record), subject=subject).exclude(state=Case.State.DECIDED).first()


def conversation(record: Entry) -> QuerySet[ReviewStep]:
    """The steps that member and editors see, oldest first: what was edited stands in the audit trail."""
    steps = ReviewStep.objects.filter(**about(record)).exclude(kind=ReviewStep.Kind.EDITED)
    return steps.select_related("by")


@transaction.atomic
def submit(*, record: Entry, by: User, note: str = "", subject: str = Case.Subject.NEW) -> Case:
    """Send a record to the editors, or send it again after changes; it comes back to the editor who asked for them.

    Sending what waits already changes nothing.
    """
    case = Case.objects.select_for_update().filter(**about(record), subject=subject)
    case = case.exclude(state=Case.State.DECIDED).first()
    if case and case.state == Case.State.WAITING:
        return case
    now = timezone.now()
    if case is None:
        case = Case.objects.create(
            **about(record),
            kind=registry.of(record).key,
            subject=subject,
            language=record.original_language,
            opened_by=by,
            waiting_since=now,
        )
    else:
        Case.objects.filter(pk=case.pk).update(
            state=Case.State.WAITING, waiting_since=now, language=record.original_language, turn=F("turn") + 1
        )
        case.refresh_from_db()
    if subject == Case.Subject.NEW:
        record.status = Entry.Status.IN_REVIEW
        record.submitted_at = record.submitted_at or now
        record.save(update_fields=["status", "submitted_at", "updated_at"])
        renew_pages(record=record)
    tell(note_step(record=record, by=by, kind=ReviewStep.Kind.SENT, note=note, case=case), case)
    return case


def cases_of(user: User) -> QuerySet[Case]:
    return Case.objects.filter(opened_by=user)


def record_of(case: Case) -> Entry:
    """The record a case is about. Raises its model's DoesNotExist when it was deleted."""
    model = ContentType.objects.get_for_id(case.content_type_id).model_class()
    return model._default_manager.get(pk=case.object_id)  # type: ignore[union-attr]
