"""What can happen to a publication."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from content.services import note_step, renew_pages, save_record
from files.services import remove_file, store_file
from publications.models import Document, Publication, TitleKey
from publications.titles import title_keys

if TYPE_CHECKING:
    from django.core.files.base import File

    from files.models import StoredFile
    from members.models import User


def add_document(
    *,
    publication: Publication,
    content: File | bytes,
    name: str,
    language: str = "",
    title: str = "",
    by: User | None = None,
) -> Document:
    """Put a file behind those that a publication has. Raises ValidationError where the file is refused."""
    stored = store_file(content=content, name=name, language=language)
    try:
        return attach_file(publication=publication, stored=stored, title=title, by=by)
    except BaseException:
        remove_file(stored=stored)
        raise


@transaction.atomic
def attach_file(*, publication: Publication, stored: StoredFile, title: str = "", by: User | None = None) -> Document:
    """Put a file that is stored already behind those that a publication has."""
    last = publication.documents.aggregate(last=Max("position"))["last"]
    document = Document.objects.create(
        publication=publication, file=stored, title=title, position=0 if last is None else last + 1
    )
    _note_change(publication, by=by, note=_("File added: %(name)s") % {"name": stored.name})
    return document


def replace_document(
    *, document: Document, content: File | bytes, name: str, note: str, by: User | None = None
) -> Document:
    """A new version under the address of the publication; the old one stays readable and says when it was replaced.

    Raises ValidationError where the file is refused, or where somebody replaced this version meanwhile.
    """
    stored = store_file(content=content, name=name, language=document.file.language)
    try:
        return supersede_document(document=document, stored=stored, note=note, by=by)
    except BaseException:
        remove_file(stored=stored)
        raise


@transaction.atomic
def supersede_document(*, document: Document, stored: StoredFile, note: str, by: User | None = None) -> Document:
    """A file that is stored already becomes the new version. Raises ValidationError where somebody was faster."""
    # Locked, so that two people cannot both replace the same version.
    old = Document.objects.select_for_update().select_related("publication").get(pk=document.pk)
    if old.replaced_on:
        raise ValidationError(_("This file was replaced meanwhile. Look at the new version first."))
    Document.objects.filter(pk=old.pk).update(replaced_on=timezone.now().date())
    new = Document.objects.create(
        publication=old.publication,
        file=stored,
        title=old.title,
        position=old.position,
        version=old.version + 1,
        note=note,
    )
    _note_change(old.publication, by=by, note=note)
    return new


def remove_document(*, document: Document, by: User | None = None) -> None:
    """Take a file away for good, where it should never have been here."""
    publication, stored = document.publication, document.file
    with transaction.atomic():
        document.delete()
        if not stored.documents.exists() and not stored.drafts.exists():
            remove_file(stored=stored)
        _note_change(publication, by=by, note=_("File removed: %(name)s") % {"name": stored.name})


@transaction.atomic
def save_publication(*, publication: Publication, by: User | None) -> None:
    """Save what somebody edited, with what follows: the keys of its titles, the state of its translations."""
    save_record(record=publication, by=by)
    keep_title_keys(publications=[publication])


@transaction.atomic
def keep_title_keys(*, publications: Iterable[Publication]) -> None:
    """Have publications found by the titles they have now. To be called by whoever writes titles in bulk."""
    publications = list(publications)
    TitleKey.objects.filter(publication__in=publications).delete()
    TitleKey.objects.bulk_create(
        TitleKey(publication=publication, key=key) for publication in publications for key in title_keys(publication)
    )


def _note_change(publication: Publication, *, by: User | None, note: str) -> None:
    """Write down who did it, and touch the record, which is how the index learns of it."""
    publication.save(update_fields=["updated_at"])
    renew_pages(record=publication)
    if by is not None:
        note_step(record=publication, by=by, note=note)
