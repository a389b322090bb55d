"""What can happen to a document of a community: added, renewed, moved, removed, restored, and gone for good.

Files are looked into before a transaction begins: that takes seconds, and SQLite lets one write at a time. A file
whose form was wrong is kept meanwhile, with nothing that points at it: `files.services.remove_unclaimed` takes it
after a day.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.models import Community, Document, DocumentVersion, Folder
from communities.numbers import LIFE
from communities.places import touched
from content import caching
from content.text import one_line
from files.models import StoredFile
from files.services import ORPHAN_AGE, remove_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from members.models import User

SALT = "communities.kept_file"
KEPT = ORPHAN_AGE - timedelta(hours=1)  # a form that is sent later than that finds no file
A_DAY = 100  # documents and versions of one member: beyond that somebody fills our disk


# ----- A file whose form is not whole yet


def ticket_of(*, stored: StoredFile, by: User) -> str:
    """What a form carries so that its file need not be sent again. It is worth nothing to anybody else."""
    return signing.dumps([by.pk, stored.key], salt=SALT)


def kept_file(*, ticket: str, by: User) -> StoredFile | None:
    """None where the ticket is not theirs, too old, or the file is gone."""
    try:
        owner, key = signing.loads(ticket, salt=SALT, max_age=KEPT)
    except signing.BadSignature:
        return None
    return StoredFile.objects.filter(key=key).first() if owner == by.pk else None


# ----- Adding


@transaction.atomic
def add_document(
    *, community: Community, stored: StoredFile, title: str, language: str, folder: Folder | None, note: str, by: User
) -> Document:
    """A form that is sent twice adds one document. Raises ValidationError for a member who added very many today."""
    _refuse_hoarding(by)
    StoredFile.objects.select_for_update().get(pk=stored.pk)
    if sent := DocumentVersion.objects.filter(file=stored).select_related("document__community").first():
        return sent.document
    document = Document.objects.create(community=community, folder=folder, title=title, language=language, by=by)
    DocumentVersion.objects.create(document=document, number=1, file=stored, note=note, by=by)
    touched(community)
    return document


def folder_called(*, community: Community, name: str) -> Folder | None:
    """The folder of that name, made if there is none. None without a name."""
    name = one_line(name, Folder._meta.get_field("name").max_length or 0)
    if not name:
        return None
    called = Folder.objects.filter(community=community, name__iexact=name)
    try:
        with transaction.atomic():
            return called.first() or Folder.objects.create(community=community, name=name)
    except IntegrityError:  # another form made it at the same moment, or it differs in accents that the database folds
        return called.first()


@transaction.atomic
def add_version(*, document: Document, stored: StoredFile, note: str, seen: int, by: User) -> DocumentVersion:
    """`seen`: number of the version that stood on the page. Raises ValidationError where another came meanwhile."""
    _refuse_hoarding(by)
    document = Document.objects.select_for_update().get(pk=document.pk)
    if sent := DocumentVersion.objects.filter(document=document, file=stored).first():
        return sent
    last = document.versions.aggregate(last=Max("number"))["last"] or 0
    if document.removed_at or last != seen:
        raise ValidationError(_("This document was changed meanwhile. Look at it again first."))
    version = DocumentVersion.objects.create(document=document, number=last + 1, file=stored, note=note, by=by)
    document.updated_at = version.at
    document.save(update_fields=["updated_at"])
    touched(document.community)
    return version


def _refuse_hoarding(by: User) -> None:
    lately = timezone.now() - timedelta(days=1)
    if DocumentVersion.objects.filter(by=by, at__gt=lately).count() >= A_DAY:
        raise ValidationError(_("You added very many files today. Go on tomorrow."))


# ----- Changing


@transaction.atomic
def change_document(*, document: Document, title: str, language: str, folder: Folder | None, by: User) -> None:
    """Its file and its place among the newest stay as they are."""
    document.title, document.language, document.folder = title, language, folder
    document.save(update_fields=["title", "language", "folder"])
    touched(document.community)


@transaction.atomic
def remove_document(*, document: Document, reason: str, by: User) -> None:
    """Nobody reads its files from now on. Who was first stays: a second removal changes nothing.

    Raises ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("A document is removed with a reason that its readers understand.")
    standing = Document.objects.filter(pk=document.pk, removed_at=None)
    standing.update(removed_at=timezone.now(), removed_by=by, removed_reason=reason)
    caching.bump(LIFE)


@transaction.atomic
def restore_document(*, document: Document, by: User) -> bool:
    """False where its files were deleted meanwhile."""
    document = Document.objects.select_for_update().get(pk=document.pk)
    if not document.versions.exists():
        return False
    document.removed_at, document.removed_by, document.removed_reason = None, None, ""
    document.save(update_fields=["removed_at", "removed_by", "removed_reason"])
    touched(document.community)
    return True


# ----- Folders


@transaction.atomic
def rename_folder(*, folder: Folder, name: str, by: User) -> None:
    """Raises ValidationError where another has that name."""
    folder.name = name
    try:
        with transaction.atomic():
            folder.save(update_fields=["name"])
    except IntegrityError as error:
        raise ValidationError(_("There is a folder of this name.")) from error


@transaction.atomic
def delete_folder(*, folder: Folder, by: User) -> None:
    """Its documents stay, in no folder."""
    folder.delete()


# ----- Gone for good


def delete_documents(documents: Iterable[Document]) -> None:
    """With all their versions and files."""
    for document in documents:
        with transaction.atomic():
            _delete_versions(document)
            document.delete()
            caching.bump(LIFE)


def delete_files_of_removed() -> None:
    """Of documents that can no longer be restored. The line that says who removed them and why stays."""
    before = timezone.now() - Document.RESTORABLE
    for document in Document.objects.filter(~Q(versions=None), removed_at__lt=before).distinct()[:1000]:
        with transaction.atomic():
            held = Document.objects.select_for_update().get(pk=document.pk)
            if held.removed_at and held.removed_at < before:
                _delete_versions(held)


def _delete_versions(document: Document) -> None:
    """Rows first, files once that is committed: a row never promises what is not there."""
    stored = list(StoredFile.objects.filter(community_versions__document=document).distinct())
    document.versions.all().delete()
    for one in stored:
        if not one.community_versions.exists():
            remove_file(stored=one)
