"""Documents of communities on their way into the library. Each keeps a file and a life of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from communities import library, shelf_services
from communities.library import Proposed
from communities.models import Document
from content import services
from publications import contributions, uploading
from publications.models import Draft, Proposal, Publication

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from content.models import Entry
    from members.models import User


def propose(*, document: Document, by: User) -> str:
    """A draft that holds a copy of the newest version; its details are filled in as far as they are known.

    The file is opened and stored like any other: before the transaction, since that takes seconds. Raises
    ValidationError where somebody proposed it already, and for a member with too many drafts.
    """
    version = document.current
    if version is None or _is_proposed(document):
        raise ValidationError(_("This document was proposed already."))
    with version.file.file.open("rb") as content:
        draft = uploading.begin_with_file(by=by, content=content, name=version.file.name)
    try:
        with transaction.atomic():
            _say_what_is_known(draft, document)
            Proposal.objects.create(document=document, draft=draft)
    except IntegrityError as error:  # pressed twice, or by two
        uploading.discard_draft(draft=draft)
        raise ValidationError(_("This document was proposed already.")) from error
    return draft.get_absolute_url()


def _is_proposed(document: Document) -> bool:
    return Proposal.objects.filter(document=document).exists()


def _say_what_is_known(draft: Draft, document: Document) -> None:
    """Members wrote title and language for each other: better than what a file says, and to be looked at again."""
    known = {"title": [document.title], "language": [document.language]}
    draft.data, draft.guessed = {**draft.data, **known}, sorted({*draft.guessed, *known})
    draft.save(update_fields=["data", "guessed", "updated_at"])


def state_of(document: Document, reader: User | AnonymousUser) -> Proposed | None:
    found = Proposal.objects.filter(document=document).select_related("draft", "publication").first()
    if found is None:
        return None
    if found.draft:
        if found.draft.owner_id == reader.pk:
            return Proposed(_("Go on with your draft"), found.draft.get_absolute_url())
        return Proposed(_("A member prepares it."))
    return _of_publication(found.publication, reader)


def _of_publication(publication: Publication | None, reader: User | AnonymousUser) -> Proposed | None:
    if publication is None:
        return None
    if publication.is_published:
        return Proposed(_("See it in the library"), publication.get_absolute_url(), is_public=True)
    url = reverse("publications:contribution", args=[publication.pk]) if publication.owner_id == reader.pk else ""
    return Proposed(contributions.state_of(publication).label, url)


def put_on_shelf(record: Entry) -> None:
    """Heard when a record becomes public: the community that it came from finds it on its shelf."""
    if not isinstance(record, Publication):
        return
    proposals = Proposal.objects.filter(publication=record, shelved_at=None)
    for proposal in proposals.select_related("document__community"):
        Proposal.objects.filter(pk=proposal.pk).update(shelved_at=timezone.now())
        community = proposal.document.community
        if community.is_published and not community.is_archived:
            try:
                shelf_services.shelve(community=community, record=record, note="", by=record.owner)
            except ValidationError:  # a member was faster
                continue


def sign_up() -> None:
    library.offer(library.Library(propose=propose, state_of=state_of))
    services.when_published.append(put_on_shelf)
