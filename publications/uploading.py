"""What can happen to a draft, from the first step to the editors.

A draft is kept at every step, so that whatever fails, the text and the file are still there. The publication is made
in one transaction when the draft is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from content import review
from content.editing import free_slug
from content.models import Entry
from files.services import remove_file, store_file
from members.permissions import is_ambassador
from publications import correcting, guessing
from publications.models import Draft, Proposal, Publication
from publications.recording import record_details
from publications.services import attach_file
from publications.upload_forms import DetailsForm, data_of

if TYPE_CHECKING:
    from django.core.files.base import File

    from files.models import StoredFile
    from members.models import User

MOST_DRAFTS = 50  # unsent ones of a member: beyond that somebody fills our disk


def begin_draft(*, by: User, begun_with: str, data: Mapping[str, list[str]] | None = None) -> Draft:
    """Raises ValidationError for a member with too many drafts."""
    _refuse_hoarding(by)
    return Draft.objects.create(owner=by, begun_with=begun_with, data=dict(data or {}))


def begin_with_file(*, by: User, content: File, name: str) -> Draft:
    """Raises ValidationError where the file is refused."""
    _refuse_hoarding(by)
    stored = store_file(content=content, name=name)
    try:
        draft = Draft(owner=by, begun_with=Draft.Beginning.FILE, file=stored)
        guessing.fill(draft, guessing.from_file(stored))
        draft.save()
    except BaseException:
        remove_file(stored=stored)
        raise
    return draft


def _refuse_hoarding(by: User) -> None:
    if Draft.objects.visible_to(by).unsent().count() >= MOST_DRAFTS:
        raise ValidationError(_("You have many drafts already. Finish or discard one first."))


def keep_file(*, draft: Draft, content: File, name: str, replaces: str = "") -> None:
    """Put a file behind a draft, in place of the one it had. `replaces` is the key of a document of its publication.

    Raises ValidationError where the file is refused."""
    stored = store_file(content=content, name=name)
    former = draft.file
    try:
        with transaction.atomic():
            draft.file = stored
            draft.data = {**draft.data, "replaces": [replaces]}
            guessing.fill(draft, guessing.from_file(stored))
            draft.step = Draft.Step.DETAILS
            draft.save()
    except BaseException:
        remove_file(stored=stored)
        raise
    drop_file(stored=former)


@transaction.atomic
def leave_file_out(*, draft: Draft) -> None:
    former, draft.file = draft.file, None
    draft.save(update_fields=["file", "updated_at"])
    drop_file(stored=former)


def drop_file(*, stored: StoredFile | None) -> None:
    """Remove a file that no draft and no publication has any more."""
    if stored and not stored.drafts.exists() and not stored.documents.exists():
        remove_file(stored=stored)


def keep_typed(*, draft: Draft, data: Mapping[str, list[str]], step: str) -> None:
    """Keep what was typed, right or wrong, and the step to come back to."""
    draft.data = {**dict(data), "replaces": draft.data.get("replaces", [])}
    draft.step, draft.guessed = step, []
    draft.save(update_fields=["data", "step", "guessed", "updated_at"])


def keep_other(*, draft: Draft, publication: Publication) -> None:
    """The member says that a similar publication is another one: the editor is told."""
    if publication.pk not in draft.others:
        draft.others = [*draft.others, publication.pk][-20:]
        draft.save(update_fields=["others", "updated_at"])


@transaction.atomic
def discard_draft(*, draft: Draft) -> None:
    stored = draft.file
    draft.delete()
    drop_file(stored=stored)


def remove_forgotten_drafts() -> int:
    """Drafts that nobody touched for as long as we keep them, with their files. Answers how many."""
    forgotten = list(Draft.objects.forgotten().select_related("file")[:1000])
    for draft in forgotten:
        discard_draft(draft=draft)
    return len(forgotten)


def send_draft(*, draft: Draft, by: User) -> Publication:
    """Send a draft to the editors. Sent already: nothing happens. Answers the publication.

    Raises ValidationError where something is missing or wrong.
    """
    try:
        return _send(draft, by)
    except IntegrityError:  # another title took the same address at the same moment
        return _send(draft, by)


@transaction.atomic
def _send(draft: Draft, by: User) -> Publication:
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if draft.sent_at and draft.publication:
        return draft.publication
    details = read_details(draft)
    if draft.publication is None:
        publication = _make(draft, details, by)
    else:
        publication = Publication.objects.select_for_update().get(pk=draft.publication.pk)
        if publication.is_published:
            return correcting.propose(draft=draft, publication=publication, details=details, by=by)
        if publication.status == Entry.Status.WITHDRAWN:
            raise ValidationError(_("This publication was withdrawn meanwhile."))
        correcting.apply(draft=draft, publication=publication, details=details, by=by)
    _mark_sent(draft, publication)
    if not details["licence"].keeps_copy:
        leave_file_out(draft=draft)
    review.submit(record=publication, by=by, note=details["note"])
    return publication


def read_details(draft: Draft) -> dict[str, Any]:
    """What a draft says, understood. Raises ValidationError where something is missing or wrong."""
    form = DetailsForm(data_of(draft), draft=draft)
    if not form.is_valid():
        raise ValidationError([error for errors in form.errors.values() for error in errors])
    return form.cleaned_data


def _make(draft: Draft, details: Mapping[str, Any], by: User) -> Publication:
    publication = Publication(
        slug=free_slug(Publication, details["title"]),
        status=Entry.Status.DRAFT,
        owner=by,
        provenance=provenance_of(by),
    )
    record_details(publication=publication, details=details, by=by)
    if draft.file and details["licence"].keeps_copy:
        attach_file(publication=publication, stored=draft.file, by=None)
    return publication


def _mark_sent(draft: Draft, publication: Publication) -> None:
    draft.publication = publication
    draft.sent_at = draft.applied_at = timezone.now()
    draft.save(update_fields=["publication", "sent_at", "applied_at", "updated_at"])
    Proposal.objects.filter(draft=draft).update(draft=None, publication=publication)  # drafts are forgotten one day


def provenance_of(user: User) -> str:
    if user.is_staff:
        return Publication.Provenance.STAFF
    return Publication.Provenance.AMBASSADOR if is_ambassador(user) else Publication.Provenance.MEMBER
