"""Files of the showcase: short PDFs that we set ourselves, and the pieces in content/media/."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from files.models import StoredFile
from files.services import remove_file
from portal.demo.pdfs import make_pdf
from portal.demo.shelf import FOLDER, Loaded
from publications.models import Publication
from publications.services import add_document


def load(publication: Publication, entry: dict[str, Any], folder: Path = FOLDER) -> None:
    """Store the files of a publication, unless they are stored already just as they are."""
    loaded = Loaded("files")
    files = [{"slug": publication.slug, "files": _with_marks(entry.get("files") or [], folder)}]
    has_files = [publication.slug] if publication.documents.exists() else []
    if not files[0]["files"] or not loaded.news(files, has_files):
        return
    _remove(publication)
    for file in entry["files"]:
        _store(publication, file, folder)
    loaded.note(files)


def _with_marks(files: list[dict[str, Any]], folder: Path) -> list[dict[str, Any]]:
    """What the entry says of its files, and when the pieces themselves last changed."""
    return [file | {"size": (folder / file["path"]).stat().st_size} if "path" in file else file for file in files]


def _remove(publication: Publication) -> None:
    stored = list(StoredFile.objects.filter(documents__publication=publication))
    publication.documents.all().delete()
    for file in stored:
        remove_file(stored=file)


def _store(publication: Publication, file: dict[str, Any], folder: Path) -> None:
    language, title = file["language"], file.get("title") or ""
    if "path" in file:
        path = folder / file["path"]
        add_document(publication=publication, content=path.read_bytes(), name=path.name, language=language, title=title)
    else:
        heading = getattr(publication, f"title_{language}") or publication.title
        content = make_pdf(heading, title, language, file["pages"])
        name = f"{publication.slug[:60].rstrip('-')}-{language}.pdf"
        add_document(publication=publication, content=content, name=name, language=language, title=title)
    if "captions" in file:
        captions = folder / file["captions"]
        add_document(publication=publication, content=captions.read_bytes(), name=captions.name, language=language)
