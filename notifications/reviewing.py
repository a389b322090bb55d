"""What we tell members and editors about the review of what was sent in: one message for each step of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from content import registry, review
from content.models import Case, ReviewStep
from content.translations import words
from members.models import User
from members.permissions import is_editor
from notifications import notices

if TYPE_CHECKING:
    from collections.abc import Sequence

    from content.models import Entry
    from notifications.models import Notice

Kind = ReviewStep.Kind


def tell_of_step(step: ReviewStep, case: Case) -> None:
    """Tell whoever is concerned, in the transaction of the step. Nobody is told what they did themselves."""
    if teller := _TELLERS.get(Kind(step.kind)):
        teller(step, case)


def _sent(step: ReviewStep, case: Case) -> None:
    """The member gets a receipt once; editors hear of what is new, and of what comes back the editor whose it is."""
    if case.editor is not None:
        _to_editor("review/answered", step, case)
        return
    _to_member("review/received", step, case, occasion=f"review-received:{case.pk}")
    _to_editors(step, case)


def _to_editors(step: ReviewStep, case: Case) -> None:
    """That one more waits, for the summary of those who want to know."""
    notices.notify(
        kind="staff_waiting",
        occasion=f"review-waiting:{case.pk}",
        recipients=[user for user in _editors() if user.pk != case.opened_by_id],
        template="review/waiting",
        context={"case": case.pk, "path": reverse("review_case", args=[case.pk])},
        about=review.record_of(case),
    )


def _said(step: ReviewStep, case: Case) -> None:
    if step.by_id == case.opened_by_id:
        _to_editor("review/answered", step, case)
    else:
        _to_member("review/said", step, case)


def _decided(template: str) -> Callable[[ReviewStep, Case], None]:
    def tell(step: ReviewStep, case: Case) -> None:
        if step.by_id != case.opened_by_id:
            _to_member(template, step, case, is_held=True)

    return tell


def _published(step: ReviewStep, case: Case) -> None:
    _decided("review/published")(step, case)
    if case.subject == Case.Subject.LOOK:
        _to_editors(step, case)


def _undone(step: ReviewStep, case: Case) -> None:
    """What was not told yet is never told; who has heard of the decision hears that it was taken back."""
    earlier = ReviewStep.objects.filter(case=case, pk__lt=step.pk, kind__in=_HELD).order_by("-pk").first()
    if earlier is not None and notices.take_back(occasion=occasion_of(earlier)):
        _to_member("review/undone", step, case)


def _to_member(template: str, step: ReviewStep, case: Case, *, occasion: str = "", is_held: bool = False) -> None:
    member, record = case.opened_by, review.record_of(case)
    if member is None:
        return
    with override(member.language):
        context = _context(step, case, record) | {"path": _member_path(step, case, record)}
    notices.notify(
        kind="review",
        occasion=occasion or occasion_of(step),
        recipients=[member],
        template=_letter(template, case),
        context=context,
        about=record,
        due_at=notices.decided_at() if is_held else None,
    )


def _letter(template: str, case: Case) -> str:
    """What a type has to say in words of its own."""
    reviewed = review.find(case)
    return reviewed.letters.get(template, template) if reviewed else template


def _to_editor(template: str, step: ReviewStep, case: Case) -> None:
    """To the editor whose case it is; while it is nobody's, the inbox shows it."""
    editor, record = case.editor or case.claimed_by, review.record_of(case)
    if editor is None or editor.pk == step.by_id:
        return
    with override(editor.language):
        context = _context(step, case, record) | {"path": reverse("review_case", args=[case.pk])}
    notices.notify(
        kind="case",
        occasion=occasion_of(step),
        recipients=[editor],
        template=template,
        context=context,
        about=record,
    )


def _context(step: ReviewStep, case: Case, record: Entry) -> dict[str, Any]:
    return {
        "title": words(record, registry.of(record).title_field).cut(160).text,
        "note": step.note,
        "is_sent_again": step.kind == Kind.SENT,
        "is_correction": case.subject == Case.Subject.CORRECTION,
        "days": settings.REVIEW_PROMISE_DAYS,
    } | _other(step, case, record)


def _other(step: ReviewStep, case: Case, record: Entry) -> dict[str, str]:
    """The record that this one is a duplicate of."""
    if step.kind != Kind.DUPLICATE:
        return {}
    other = type(record)._default_manager.filter(pk=case.duplicate_of).first()
    if other is None:
        return {}
    title = words(other, registry.of(other).title_field).cut(160).text
    return {"other_title": title, "other_path": other.get_absolute_url()}  # type: ignore[attr-defined]


def _member_path(step: ReviewStep, case: Case, record: Any) -> str:
    """Where the member reads on: what they can answer, or the record."""
    rooms = {reviewed.key: reviewed.member_url for reviewed in review.all_reviewed()}
    room = rooms.get(case.kind)
    return record.get_absolute_url() if step.kind == Kind.PUBLISHED or room is None else room(record)


def _editors() -> Iterable[User]:
    """Everybody who sees the inbox."""
    return [user for user in User.objects.filter(is_staff=True, is_active=True) if is_editor(user)]


def still_waiting(told: Sequence[Notice]) -> list[Notice]:
    """Of what editors were told that waits, what does so now."""
    pks = [notice.context["case"] for notice in told]
    waiting = set(Case.objects.filter(pk__in=pks, state=Case.State.WAITING).values_list("pk", flat=True))
    return [notice for notice in told if notice.context["case"] in waiting]


def occasion_of(step: ReviewStep) -> str:
    return f"review-step:{step.pk}"


_TELLERS: dict[ReviewStep.Kind, Callable[[ReviewStep, Case], None]] = {
    Kind.SENT: _sent,
    Kind.SAID: _said,
    Kind.CHANGES_ASKED: _decided("review/changes_asked"),
    Kind.PUBLISHED: _published,
    Kind.DECLINED: _decided("review/declined"),
    Kind.DUPLICATE: _decided("review/duplicate"),
    Kind.WITHDRAWN: _decided("review/withdrawn"),
    Kind.UNDONE: _undone,
}
_HELD = (Kind.CHANGES_ASKED, Kind.PUBLISHED, Kind.DECLINED, Kind.DUPLICATE, Kind.WITHDRAWN)
