"""What the library holds about a person: what they shared, with its files, and whether their name stands by it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from content import caching
from content.privacy import entries
from files.models import StoredFile
from files.services import remove_file
from members import consents, erasure
from members.erasure import Holding, forget_trail, told
from publications.import_runs import remove_run
from publications.models import Author, Document, Draft, ImportRun, Publication
from publications.uploading import discard_draft

if TYPE_CHECKING:
    from django.core.files.base import File

    from members.models import User

TEXTS = Path(__file__).parent / "texts"


def _show_name(user: User, given: bool) -> None:
    """The switch counts for everything they shared, at once."""
    Publication.objects.filter(owner=user).update(shows_owner=given)
    caching.bump("publication")


NAMED = consents.Purpose("named", _("My name beside what I share"), TEXTS / "named", on_change=_show_name)


def _files(user: User) -> Iterator[tuple[str, File]]:
    documents = Document.objects.filter(publication__owner=user).select_related("publication", "file")
    for document in documents.order_by("publication_id", "position", "version").iterator():
        yield (
            f"{document.publication.slug}/{document.version}-{document.position}/{document.file.name}",
            document.file.file,
        )


def _remove(publication: Publication) -> None:
    """With its files, but for those that another record shows too."""
    stored = list(StoredFile.objects.filter(documents__publication=publication).distinct())
    for rows in (publication.documents.all(), publication.authors.all()):
        forget_trail(rows.model, rows.values_list("pk", flat=True))
    publication.delete()
    for one in stored:
        if not one.documents.exists():
            forget_trail(StoredFile, [one.pk])
            remove_file(stored=one)


def _name_no_longer(user: User) -> None:
    Publication.objects.filter(owner=user).update(shows_owner=False)


def _import_files(user: User) -> Iterator[tuple[str, File]]:
    for run in ImportRun.objects.filter(by=user):
        yield f"imports/{run.pk}-{run.name}", run.file


def _drafts(user: User) -> Iterator[dict[str, object]]:
    for draft in Draft.objects.filter(owner=user).order_by("pk").iterator():
        yield {
            "begun": draft.created_at.isoformat(),
            "changed": draft.updated_at.isoformat(),
            "sent": draft.sent_at and draft.sent_at.isoformat(),
            "typed": draft.data,
        }


def _remove_drafts(user: User) -> None:
    for draft in Draft.objects.filter(owner=user).select_related("file"):
        discard_draft(draft=draft)


def _remove_imports(user: User) -> None:
    for run in ImportRun.objects.filter(by=user):
        remove_run(run=run)


def sign_up() -> None:
    consents.register(NAMED)
    erasure.register(
        entries(
            "publications",
            _("Publications you shared"),
            Publication,
            remove=_remove,
            erase_rest=_name_no_longer,
            files=_files,
        )
    )
    erasure.register(
        Holding(
            "drafts",
            _("What you began to share"),
            (Draft,),
            _drafts,
            _remove_drafts,
            files=lambda user: (
                (f"{draft.key}/{draft.file.name}", draft.file.file)
                for draft in Draft.objects.filter(owner=user).select_related("file")
                if draft.file
            ),
        )
    )
    erasure.register(
        Holding(
            "imports",
            _("References you brought in"),
            (ImportRun,),
            lambda user: told(ImportRun.objects.filter(by=user), "id"),
            _remove_imports,
            files=_import_files,
        )
    )
    erasure.harmless(Author, "Names on title pages, as published; no member among them.")
