"""The conversation between members who send records in and editors who decide on them.

Every step is a `ReviewStep`, dated, with what was said. Apps sign up what editors see of their records; whoever must
react to a step (letters do) listens. Decisions are made in `content/deciding.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from content import caching, registry, services
from content.actors import acting
from content.models import Case, Entry, ReviewStep
from content.services import about, locked, note_step, renew_pages
from content.translations import Words
from members.permissions import can_publish_at_once

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from members.models import User

Subject, State, Decision = Case.Subject, Case.State, Case.Decision
NOT_THE_END = (Decision.DECLINED, Decision.DUPLICATE, Decision.WITHDRAWN)  # the member may answer or send again


@dataclass(frozen=True)
class Check:
    """What a program can say of a record before an editor looks: `tone` is good, warn or bad."""

    tone: str
    text: str
    similar: Entry | None = None  # the record that looks like this one: offered where a duplicate is named


@dataclass(frozen=True)
class Summary:
    """What a row of the inbox says of a record beside its title."""

    kicker: Sequence[str] = ()  # type, year, language
    meta: Sequence[str] = ()  # organisations, topics
    text: Words | None = None


@dataclass(frozen=True)
class Reviewed:
    """What an app tells the inbox about its records. Checks and summaries are asked for a page of them at once, and
    take the same number of queries for one as for twenty."""

    key: str  # of the content type, in content.registry
    label: _StrPromise
    template: str  # shows `record` and `case` to the editor
    checks: Callable[[Sequence[Any]], Mapping[int, Sequence[Check]]]  # by the record's pk
    edit_url: Callable[[Any], str]  # where an editor changes the record
    # Where the member follows and answers; without, the record's own address. Letters lead there.
    member_url: Callable[[Any], str] | None = None
    summaries: Callable[[Sequence[Any]], Mapping[int, Summary]] = lambda records: {}
    # Both are called with record=, case=, by=. Without the second, an accepted correction is not taken back.
    apply_correction: Callable[..., None] | None = None
    revert_correction: Callable[..., None] | None = None
    # Whose records of this type need nobody's leave. A community is decided by an editor whoever asks for it.
    published_at_once: Callable[[User], bool] = can_publish_at_once
    # Letters of its own in place of those about what somebody shared: "review/published" → "communities/opened".
    letters: Mapping[str, str] = field(default_factory=dict)


_reviewed: dict[str, Reviewed] = {}


def register(reviewed: Reviewed) -> None:
    _reviewed[reviewed.key] = reviewed


def of(case: Case) -> Reviewed:
    """Raises KeyError for a case of a type that nobody signed up."""
    return _reviewed[case.kind]


def find(case: Case) -> Reviewed | None:
    return _reviewed.get(case.kind)


def all_reviewed() -> list[Reviewed]:
    return list(_reviewed.values())


def checks_of(cases: Iterable[Case], records: Mapping[int, Entry]) -> dict[int, Sequence[Check]]:
    """What programs say of the records of many cases, by the case's pk."""
    return _asked(lambda reviewed: reviewed.checks, cases, records)


def summaries_of(cases: Iterable[Case], records: Mapping[int, Entry]) -> dict[int, Summary]:
    return _asked(lambda reviewed: reviewed.summaries, cases, records)


def _asked(question: Callable[[Reviewed], Callable], cases: Iterable[Case], records: Mapping[int, Entry]) -> dict:
    """Each type is asked once, about all of its records. Types that nobody signed up have nothing to say."""
    by_kind: dict[str, list[Case]] = {}
    for case in cases:
        if case.pk in records and case.kind in _reviewed:
            by_kind.setdefault(case.kind, []).append(case)
    found: dict[int, Any] = {}
    for kind, group in by_kind.items():
        said = question(_reviewed[kind])([records[case.pk] for case in group])
        found |= {case.pk: said[case.object_id] for case in group if case.object_id in said}
    return found


def waiting_count() -> int:
    """How many cases wait for an editor. Counted again once the conversation has moved on."""
    return caching.remember("review-waiting", lambda: Case.objects.waiting().count(), "review")


def listen(listener: services.Listener) -> None:
    """Have a function called with every step of a case, in the transaction of the step."""
    services.listeners.append(listener)


def open_case(record: Entry, subject: str = Subject.NEW) -> Case | None:
    """The case of a record that is not decided yet."""
    return Case.objects.about(record).open().filter(subject=subject).first()


def conversation(record: Entry) -> QuerySet[ReviewStep]:
    """The steps that member and editors see, oldest first: what was edited stands in the audit trail."""
    steps = ReviewStep.objects.filter(**about(record)).exclude(kind=ReviewStep.Kind.EDITED)
    return steps.select_related("by", "case")


@acting
@transaction.atomic
def submit(*, record: Entry, by: User, note: str = "", subject: str = Subject.NEW) -> Case:
    """Send a record to the editors, or send it again after changes; it comes back to the editor who asked for them.

    What somebody trusted, or an editor, sends in is published at once, and waits to be looked at, unless its type has
    it otherwise. Sending what waits already changes nothing. Raises ValueError for a published record: that is changed
    by a correction.
    """
    record.status = locked(record).status
    case = _to_go_on_with(record, subject)
    if case and case.state == State.WAITING:
        return case
    if case is None and subject == Subject.NEW and not record.is_published and _at_once(record)(by):
        return _publish_at_once(record, by, note)
    if case is None and subject == Subject.NEW and record.is_published:
        raise ValueError("A published record is changed by a correction.")
    case = case or _new_case(record, by, subject)
    _back_to_editors(case, record)
    note_step(record=record, by=by, kind=ReviewStep.Kind.SENT, note=note, case=case)
    return case


@acting
@transaction.atomic
def answer(*, case: Case, by: User, note: str) -> ReviewStep:
    """A member says something. Where the editors had the last word, it is their turn again, even after they declined.

    Raises ValueError without words.
    """
    if not note.strip():
        raise ValueError("An answer has words.")
    record = locked(record_of(case))
    held = Case.objects.select_for_update().get(pk=case.pk)
    if may_answer(held):
        if held.state == State.WAITING:
            held.turn += 1
            held.save(update_fields=["turn"])
        else:
            _back_to_editors(held, record)
    return note_step(record=record, by=by, kind=ReviewStep.Kind.SAID, note=note, case=held)


def may_answer(case: Case) -> bool:
    """Whether a member's words lead to something: not once a record is published."""
    return case.state != State.DECIDED or case.decision in NOT_THE_END


def _to_go_on_with(record: Entry, subject: str) -> Case | None:
    """The case that is open, or the last one where a declined record is sent in again. Held.

    What was published at once and is looked at afterwards is sent in like anything else.
    """
    subjects = (Subject.NEW, Subject.LOOK) if subject == Subject.NEW else (subject,)
    cases = Case.objects.select_for_update().about(record).filter(subject__in=subjects)
    last = cases.open().first() or cases.order_by("-pk").first()
    if last is None or last.state != State.DECIDED:
        return last
    return last if subject == Subject.NEW and may_answer(last) else None


def _at_once(record: Entry) -> Callable[[User], bool]:
    reviewed = _reviewed.get(registry.of(record).key)
    return reviewed.published_at_once if reviewed else can_publish_at_once


def _new_case(record: Entry, by: User, subject: str) -> Case:
    return Case(
        **about(record), kind=registry.of(record).key, subject=subject, language=record.original_language, opened_by=by
    )


def _publish_at_once(record: Entry, by: User, note: str) -> Case:
    case = _new_case(record, by, Subject.LOOK)
    _back_to_editors(case, record)
    record.submitted_at = record.submitted_at or case.waiting_since
    record.save(update_fields=["submitted_at"])
    services.publish(record=record, by=by, note=note, case=case)
    return case


def _back_to_editors(case: Case, record: Entry) -> None:
    """The case waits from now on, and a record that is not public is in review."""
    if case.subject == Subject.LOOK and case.pk and not record.is_published:
        case.subject = Subject.NEW  # it was taken back: to be decided, no longer to be looked at
    case.state, case.waiting_since, case.language = State.WAITING, timezone.now(), record.original_language
    case.decision, case.decided_at, case.duplicate_of, case.before = "", None, None, {}
    case.turn += 1 if case.pk else 0
    case.save()
    if case.subject == Subject.NEW:
        record.status = Entry.Status.IN_REVIEW
        record.submitted_at = record.submitted_at or case.waiting_since
        record.withdrawn_at, record.withdrawal_reason = None, ""
        record.save(update_fields=[*services.LIFE, "submitted_at", "updated_at"])
        renew_pages(record=record)


def record_of(case: Case) -> Entry:
    """The record a case is about. Raises its model's DoesNotExist when it was deleted."""
    return _model(case)._default_manager.get(pk=case.object_id)


def records_of(cases: Iterable[Case]) -> dict[int, Entry]:
    """The records of many cases by the case's pk, one query for each type. Those deleted since are left out."""
    by_model: dict[type[Entry], list[Case]] = {}
    for case in cases:
        by_model.setdefault(_model(case), []).append(case)
    found: dict[int, Entry] = {}
    for model, group in by_model.items():
        records = model._default_manager.in_bulk({case.object_id for case in group})
        found |= {case.pk: records[case.object_id] for case in group if case.object_id in records}
    return found


def _model(case: Case) -> type[Entry]:
    return registry.get(case.kind).model
