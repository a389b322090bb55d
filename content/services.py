"""The steps of a record's life, and what its translations are worth once a text has changed.

Every step writes down who took it, and kept pages end with it. Where the record itself is saved, search follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from modeltranslation.translator import translator

from content import caching, registry, wording
from content.actors import acting
from content.models import Case, Entry, ReviewStep, TranslationState

if TYPE_CHECKING:
    from django.db.models import Model

    from members.models import User

Texts = Mapping[tuple[str, str], str]  # (field, language) → text
LIFE = ("status", "published_at", "withdrawn_at", "withdrawal_reason")  # columns that publishing and withdrawing set
Listener = Callable[[ReviewStep, Case], None]
listeners: list[Listener] = []  # sign up through content.review.listen
before_publishing: list[Callable[[Entry], None]] = []  # called with each before it becomes public; raise NotReady
when_published: list[Callable[[Entry], None]] = []  # called with each record that becomes public, in the transaction


class NotReady(Exception):
    """A record cannot become public as it is. The text says why, to the editor."""


def check_ready(record: Entry) -> None:
    """Whether it could become public as it is, saved or not. Raises NotReady."""
    for check in before_publishing:
        check(record)


@acting
@transaction.atomic
def publish(*, record: Entry, by: User, note: str = "", case: Case | None = None) -> ReviewStep | None:
    """Make a record public, or public again. Nothing happens to one that is.

    `case`: the one that is decided by it. Without, what waits is settled by it. Raises NotReady.
    """
    stored = locked(record)
    if stored.status == Entry.Status.PUBLISHED:
        return None
    check_ready(record)
    record.status = Entry.Status.PUBLISHED
    record.published_at = stored.published_at or timezone.now()
    record.withdrawn_at, record.withdrawal_reason = None, ""
    record.save(update_fields=[*LIFE, "updated_at"])
    case = case or _settle(record, by, Case.Decision.PUBLISHED, subject=Case.Subject.NEW)
    renew_pages(record=record)
    for listener in when_published:
        listener(record)
    return note_step(record=record, by=by, kind=ReviewStep.Kind.PUBLISHED, note=note, case=case)


@acting
@transaction.atomic
def withdraw(
    *,
    record: Entry,
    by: User,
    reason: str,
    kind: ReviewStep.Kind = ReviewStep.Kind.WITHDRAWN,
    case: Case | None = None,
) -> ReviewStep | None:
    """Take a record back: its address answers 410 with the reason from now on. Again, with another reason, corrects it.

    Raises ValueError without a reason. `kind` and `case` say which decision of an editor it was, where it was one.
    """
    if not reason.strip():
        raise ValueError("A record is withdrawn with a reason that readers understand.")
    stored = locked(record)
    if stored.status == Entry.Status.WITHDRAWN and stored.withdrawal_reason == reason:
        return None
    record.status = Entry.Status.WITHDRAWN
    record.withdrawn_at = stored.withdrawn_at or timezone.now()
    record.withdrawal_reason = reason
    record.save(update_fields=["status", "withdrawn_at", "withdrawal_reason", "updated_at"])
    others = _settle(record, by, Case.Decision.WITHDRAWN)
    renew_pages(record=record)
    return note_step(record=record, by=by, kind=kind, note=reason, case=case or others)


def _settle(record: Entry, by: User, decision: Case.Decision, **which: Any) -> Case | None:
    """Nothing waits for a decision that was made elsewhere. The oldest case that this settled."""
    cases = list(Case.objects.select_for_update().about(record).open().filter(**which))
    for case in cases:
        close_case(case=case, by=by, decision=decision)
    return cases[0] if cases else None


def close_case(
    *,
    case: Case,
    by: User,
    decision: Case.Decision,
    state: Case.State = Case.State.DECIDED,
    before: Mapping[str, Any] | None = None,
) -> None:
    """An editor is done with a case, which the caller holds. `before`: what taking the decision back restores."""
    case.state, case.decision, case.decided_at, case.editor = state, decision, timezone.now(), by
    case.claimed_by, case.claimed_at, case.before = None, None, dict(before or {})
    case.turn += 1
    case.save()


def note_step(
    *,
    record: Entry,
    by: User | None,
    kind: ReviewStep.Kind = ReviewStep.Kind.EDITED,
    note: str = "",
    case: Case | None = None,
) -> ReviewStep:
    """Write down what somebody did. A step of a case is heard by whoever listens to the conversation."""
    step = ReviewStep.objects.create(**about(record), kind=kind, status=record.status, by=by, note=note, case=case)
    if case is not None:
        caching.bump("review")
        for listener in listeners:
            listener(step, case)
    return step


@acting
@transaction.atomic
def save_record(*, record: Entry, by: User | None) -> None:
    """Save what somebody edited in a record, with what follows for its translations."""
    before = texts_of(type(record)._default_manager.get(pk=record.pk)) if record.pk else {}
    record.save()
    note_translation_changes(record=record, before=before, by=by)
    renew_pages(record=record)


def renew_pages(*, record: Entry) -> None:
    """Have no kept page show what a record no longer says, whether or not a worker brings the index up to date."""
    caching.bump(registry.of(record).key)


def texts_of(record: Entry) -> Texts:
    """Every translated text that a record has."""
    return {
        (field, language): text
        for field in translated_fields(type(record))
        for language in settings.MODELTRANSLATION_LANGUAGES
        if (text := getattr(record, f"{field}_{language}") or "")
    }


def translated_fields(model: type[Entry]) -> tuple[str, ...]:
    return tuple(translator.get_options_for_model(model).all_fields)


@transaction.atomic
def note_translation_changes(*, record: Entry, before: Texts, by: User | None) -> None:
    """Tell what a record's translations are worth after a change of texts.

    A translation whose original changed is outdated since now; one that was itself rewritten is a person's work of
    today. Fields that stayed as they were keep their state.
    """
    now, after = timezone.now(), texts_of(record)
    changed = sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
    original = record.original_language
    translations = {key for key in after if key[1] != original}
    _keep_one_state_each(record, translations)
    states = TranslationState.objects.filter(**about(record))
    for field, language in changed:
        if language == original and (field, language) in before:
            states.filter(field=field, outdated_since=None).update(outdated_since=now)
    for field, language in translations.intersection(changed):
        renewed = {"origin": TranslationState.Origin.HUMAN, "updated_at": now, "outdated_since": None}
        states.filter(field=field, language=language).update(**renewed)
    if changed and by is not None:
        note_step(record=record, by=by, note=_note(record, changed))


def _keep_one_state_each(record: Entry, translations: set[tuple[str, str]]) -> None:
    """A state for every translation that there is, and none for one that is gone or became the original."""
    states = {(state.field, state.language): state.pk for state in TranslationState.objects.filter(**about(record))}
    TranslationState.objects.filter(pk__in=[states[key] for key in states.keys() - translations]).delete()
    TranslationState.objects.bulk_create(
        TranslationState(**about(record), field=field, language=language, updated_at=record.created_at)
        for field, language in sorted(translations - states.keys())
    )


def _note(record: Entry, changed: list[tuple[str, str]]) -> str:
    return _("Text changed: %(fields)s") % {"fields": ", ".join(_names(record, changed))}


def _names(record: Entry, changed: list[tuple[str, str]]) -> Iterator[str]:
    labels = {field.name: field.verbose_name for field in record._meta.concrete_fields}
    for field, language in changed:
        yield f"{labels[field]} ({wording.language_name(language)})"


def locked(record: Entry) -> Entry:
    """The record as it is stored, held until the end of the transaction."""
    return type(record)._default_manager.select_for_update().get(pk=record.pk)


def about(record: Model) -> dict[str, Any]:
    """The columns of `content.models.About` that point at a row."""
    return {"content_type": ContentType.objects.get_for_model(record), "object_id": record.pk}
