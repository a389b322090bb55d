"""Changes to a publication by its member: revised while it is in review, corrected once it is published.

A correction waits in its draft until an editor accepts it; the publication's address stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from content import review
from content.models import Case
from content.services import note_step
from publications import guessing
from publications.models import Draft, Publication
from publications.permissions import can_correct_at_once
from publications.recording import bring_back, record_details, state_of
from publications.services import attach_file, remove_document, supersede_document

if TYPE_CHECKING:
    from files.models import StoredFile
    from members.models import User


class Waiting(Exception):
    """A correction of this publication waits for an editor already: there is nothing to change meanwhile."""


@transaction.atomic
def revise(*, publication: Publication, by: User) -> Draft:
    """The draft in which somebody changes a publication: the one begun before, or a new one that says what it says.

    Raises Waiting.
    """
    held = Publication.objects.select_for_update().get(pk=publication.pk)
    if begun := Draft.objects.visible_to(by).unsent().filter(publication=held).first():
        return begun
    if held.is_published and (proposed := held.drafts.proposed().select_related("owner").first()):
        case = review.open_case(held, Case.Subject.CORRECTION)
        if case and (case.state == Case.State.WAITING or proposed.owner != by):
            raise Waiting
        if case:  # an editor asked for changes: the same draft goes on
            proposed.sent_at, proposed.step = None, Draft.Step.DETAILS
            proposed.save(update_fields=["sent_at", "step", "updated_at"])
            return proposed
    data = guessing.from_publication(held)
    return Draft.objects.create(owner=by, begun_with=Draft.Beginning.RECORD, publication=held, data=data)


@transaction.atomic
def offer_file(*, draft: Draft, publication: Publication, by: User) -> Draft:
    """The file of a draft goes on as a correction of a publication that was here already; the draft ends. Answers the
    draft of the correction. Raises Waiting."""
    stored = draft.file
    draft.delete()
    correction = revise(publication=publication, by=by)
    correction.file, correction.step = stored, Draft.Step.DETAILS
    correction.save(update_fields=["file", "step", "updated_at"])
    return correction


def propose(*, draft: Draft, publication: Publication, details: Mapping[str, Any], by: User) -> Publication:
    """Send a correction to the editors, or bring it in at once where its sender may. In the caller's transaction."""
    draft.sent_at = timezone.now()
    draft.save(update_fields=["sent_at", "updated_at"])
    if not can_correct_at_once(by, publication):
        review.submit(record=publication, by=by, note=details["note"], subject=Case.Subject.CORRECTION)
        return publication
    accept(draft=draft, publication=publication, details=details, by=by)
    note_step(record=publication, by=by, note=details["note"])
    look = review.open_case(publication, Case.Subject.LOOK)
    if look and look.state == Case.State.WITH_MEMBER:  # an editor asked for it
        review.submit(record=publication, by=by, note=details["note"])
    return publication


def accept(*, draft: Draft, publication: Publication, details: Mapping[str, Any], by: User) -> None:
    """Bring in what was proposed, and remember what stood there. In the caller's transaction."""
    state = state_of(publication)
    state["documents"] = list(publication.documents.filter(replaced_on=None).values_list("pk", flat=True))
    apply(draft=draft, publication=publication, details=details, by=by)
    draft.before, draft.applied_at = state, timezone.now()
    draft.save(update_fields=["before", "applied_at", "updated_at"])


def take_out(*, draft: Draft, publication: Publication, by: User) -> None:
    """Undo `accept`: the publication says what it said, and the correction waits again. In the caller's transaction."""
    bring_back(publication=publication, state=draft.before, by=by)
    publication.documents.exclude(pk__in=draft.before["documents"]).filter(file=draft.file).delete()
    publication.documents.filter(pk__in=draft.before["documents"]).update(replaced_on=None)
    draft.before, draft.applied_at = {}, None
    draft.save(update_fields=["before", "applied_at", "updated_at"])


def apply(*, draft: Draft, publication: Publication, details: Mapping[str, Any], by: User) -> None:
    """Bring what a draft says into its publication. In the caller's transaction."""
    record_details(publication=publication, details=details, by=by)
    if not details["licence"].keeps_copy:
        if not publication.is_published:
            for document in publication.documents.all():
                remove_document(document=document, by=by)
    elif draft.file and not publication.documents.filter(file=draft.file).exists():
        _bring_file(draft, draft.file, publication, note=details["note"][:300], by=by)


def _bring_file(draft: Draft, stored: StoredFile, publication: Publication, *, note: str, by: User) -> None:
    replaced = draft.replaced
    if replaced and publication.is_published:
        supersede_document(document=replaced, stored=stored, note=note, by=by)
        return
    attach_file(publication=publication, stored=stored, by=by)
    if replaced:  # nobody has read the former file: it needs no version
        remove_document(document=replaced, by=by)
