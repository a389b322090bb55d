"""What can happen to a file: it is stored after a look inside, removed, or swept away when nobody knows it."""

from __future__ import annotations

import hashlib
import string
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.crypto import get_random_string

from files.inspection import inspect, refusal
from files.models import PageText, StoredFile
from files.names import clean_name

if TYPE_CHECKING:
    from files.reading.facts import Facts

KEY_CHARACTERS = string.ascii_lowercase + string.digits
FOLDERS = ("files", "previews")
ORPHAN_AGE = timedelta(days=1)  # longer than any transaction that may still make the row


def check_file(*, content: File) -> None:
    """Look into a file without keeping it, for a form. Raises ValidationError where `store_file` would."""
    with tempfile.NamedTemporaryFile(prefix="portal-") as copy:
        _copy_within_limit(content, copy)  # type: ignore[arg-type]
        inspect(Path(copy.name))
    content.seek(0)


def store_file(*, content: File | bytes, name: str, language: str = "") -> StoredFile:
    """Keep a file that we can open and describe.

    Raises ValidationError with one sentence for whoever sent it, where we refuse it.
    """
    if isinstance(content, bytes | bytearray | memoryview):
        content = ContentFile(bytes(content))
    with tempfile.NamedTemporaryFile(prefix="portal-") as copy:
        _copy_within_limit(content, copy)  # type: ignore[arg-type]
        facts = inspect(Path(copy.name))
        copy.seek(0)
        kept = File(copy) if facts.content is None else ContentFile(facts.content)
        return _save(kept, facts, clean_name(name, facts.extension), language)


def _copy_within_limit(content: File, copy: BinaryIO) -> None:
    size = 0
    for chunk in content.chunks():
        size += len(chunk)
        if size > settings.MAX_FILE_BYTES:
            raise refusal("too_large", max_size=filesizeformat(settings.MAX_FILE_BYTES))
        copy.write(chunk)
    copy.flush()


def _save(content: File, facts: Facts, name: str, language: str) -> StoredFile:
    stored = StoredFile(
        key=get_random_string(12, KEY_CHARACTERS),
        name=name,
        kind=facts.kind,
        media_type=facts.media_type,
        size=content.size,
        sha256=_sha256(content),
        pages=facts.pages,
        seconds=facts.seconds,
        language=language,
        guesses=facts.guesses,
        has_text=facts.has_text,
    )
    # Files first: a row must never promise what is not there. A file without a row is found by remove_orphans.
    try:
        stored.file.save(name, content, save=False)
        if facts.preview:
            stored.preview.save(f"{stored.key[:2]}/{stored.key}.webp", ContentFile(facts.preview.content), save=False)
            stored.preview_width, stored.preview_height = facts.preview.width, facts.preview.height
        with transaction.atomic():
            stored.save()
            PageText.objects.bulk_create(
                PageText(file=stored, number=number, text=text) for number, text in enumerate(facts.texts, 1) if text
            )
    except BaseException:
        _remove_from_storage(_paths(stored))
        raise
    return stored


def _sha256(content: File) -> str:
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()


@transaction.atomic
def remove_file(*, stored: StoredFile) -> None:
    """Raises ProtectedError while something still points at it."""
    paths = _paths(stored)
    stored.delete()
    transaction.on_commit(lambda: _remove_from_storage(paths))


def remove_orphans() -> list[str]:
    """Delete files without a row, left by a process that died between the two. Answers their paths."""
    known = set(StoredFile.objects.values_list("file", flat=True))
    known |= set(StoredFile.objects.exclude(preview="").values_list("preview", flat=True))
    before = timezone.now() - ORPHAN_AGE
    orphans = [
        path
        for folder in FOLDERS
        for path in _stored_paths(folder)
        if path not in known and default_storage.get_modified_time(path) < before
    ]
    _remove_from_storage(orphans)
    return orphans


def _stored_paths(folder: str) -> Iterator[str]:
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:  # nothing was stored yet
        return
    yield from (f"{folder}/{name}" for name in names)
    for inner in folders:
        yield from _stored_paths(f"{folder}/{inner}")


def _paths(stored: StoredFile) -> list[str]:
    return [field.name for field in (stored.file, stored.preview) if field.name]


def _remove_from_storage(paths: list[str]) -> None:
    for path in paths:
        default_storage.delete(path)
