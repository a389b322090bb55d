"""What documents and shelves hold about a person: what they put there. Others work with it, so it stays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from communities.document_services import delete_documents
from communities.models import Document, DocumentVersion, Folder, ShelfItem
from members import erasure
from members.erasure import Holding, Row, forget_trail, told

if TYPE_CHECKING:
    from django.core.files.base import File

    from members.models import User


def _documents(user: User) -> Iterator[Row]:
    yield from told(Document.objects.filter(by=user).order_by("pk"))


def _versions(user: User) -> Iterator[Row]:
    rows = DocumentVersion.objects.filter(by=user).select_related("document__community", "file").order_by("pk")
    for version in rows.iterator():
        yield {
            "document": version.document.title,
            "address": version.document.get_absolute_url(),
            "number": version.number,
            "file": version.file.name,
            "note": version.note,
            "at": version.at,
        }


def _files(user: User) -> Iterator[tuple[str, File]]:
    for version in DocumentVersion.objects.filter(by=user).select_related("file").order_by("pk").iterator():
        yield f"community-documents/{version.document_id}-{version.number}-{version.file.name}", version.file.file


def _erase_removed(user: User) -> None:
    """What was taken away is in nobody's use any more."""
    removed = list(Document.objects.filter(by=user, removed_at__isnull=False))
    forget_trail(Document, [one.pk for one in removed])
    delete_documents(removed)


def _nothing(user: User) -> None:
    """The version stays with the document it belongs to."""


def _shelf(user: User) -> Iterator[Row]:
    for item in ShelfItem.objects.filter(by=user).select_related("community", "content_type").order_by("pk"):
        yield {
            "community": str(item.community),
            "kind": str(item.content_type),
            "number": item.object_id,
            "note": item.note,
            "at": item.at,
        }


def sign_up() -> None:
    kept = _("What a community works with, added by a former member.")
    erasure.register(
        Holding(
            "community-documents",
            _("Documents you added in communities"),
            (Document,),
            _documents,
            _erase_removed,
            keeps=kept,
        )
    )
    erasure.register(
        Holding(
            "community-versions",
            _("Versions of documents in communities"),
            (DocumentVersion,),
            _versions,
            _nothing,
            files=_files,
            keeps=kept,
        )
    )
    erasure.register(
        Holding(
            "shelf",
            _("What you recommended in communities"),
            (ShelfItem,),
            _shelf,
            _nothing,
            keeps=_("The recommendation with its sentence, by a former member."),
        )
    )
    erasure.harmless(Folder, "Names of folders; nobody stands beside them.")
