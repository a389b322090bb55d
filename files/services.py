"""What can happen to a file: it is stored after a look inside, removed, or swept away when nobody knows it."""

from __future__ import annotations

import hashlib
import string
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import IO, TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.crypto import get_random_string

from files import malware
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
    with tempfile.NamedTemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as copy:
        _looked_into(content, copy)
    content.seek(0)


def store_file(*, content: File | bytes, name: str, language: str = "") -> StoredFile:
    """Keep a file that we can open and describe.

    Raises ValidationError with one sentence for whoever sent it, where we refuse it.
    """
    if isinstance(content, bytes | bytearray | memoryview):
        content = ContentFile(bytes(content))
    with tempfile.NamedTemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR) as copy:
        facts, scan = _looked_into(content, copy)
        copy.seek(0)
        kept = File(copy) if facts.content is None else ContentFile(facts.content)
        if kept.size > settings.MAX_FILE_BYTES:  # a picture written anew may take more room
            raise too_large(kept.size)
        stored = StoredFile(name=clean_name(name, facts.extension), language=language, scan=scan)
        return _save(stored, kept, facts)


def _looked_into(content: File, copy: IO[bytes]) -> tuple[Facts, StoredFile.Scan]:
    """Takes 30 seconds at most for the look inside, and as long again for a malware check that is slow."""
    _copy_within_limit(content, copy)
    return inspect(Path(copy.name)), malware.check(Path(copy.name))


def _copy_within_limit(content: File, copy: IO[bytes]) -> None:
    if content.size > settings.MAX_FILE_BYTES:
        raise too_large(content.size)
    size = 0
    for chunk in content.chunks():
        size += len(chunk)
        if size > settings.MAX_FILE_BYTES:
            raise too_large(size)
        copy.write(chunk)
    copy.flush()


def too_large(size: int) -> ValidationError:
    """The refusal of a file of so many bytes, or of what we counted before we stopped."""
    limit = settings.MAX_FILE_BYTES
    return refusal("too_large", size=filesizeformat(size), limit=filesizeformat(limit))


def _save(stored: StoredFile, content: File, facts: Facts) -> StoredFile:
    stored.key = get_random_string(12, KEY_CHARACTERS)
    stored.size, stored.sha256 = content.size, _sha256(content)
    for name in ("kind", "media_type", "pages", "seconds", "guesses", "has_text"):
        setattr(stored, name, getattr(facts, name))
    # Files first: a row must never promise what is not there. A file without a row is found by remove_orphans.
    try:
        stored.file.save(stored.name, content, save=False)
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
    _remove_unfinished(before.timestamp())
    return orphans


def remove_unclaimed() -> int:
    """Delete files that nothing points at, left by a process that died before what should. Answers how many."""
    left = StoredFile.objects.filter(created_at__lt=timezone.now() - ORPHAN_AGE)
    for relation in StoredFile._meta.related_objects:
        if relation.related_model is not PageText:
            claims = relation.related_model._default_manager.filter(**{relation.field.name: OuterRef("pk")})
            left = left.filter(~Exists(claims))
    for stored in left:
        remove_file(stored=stored)
    return len(left)


def _remove_unfinished(before: float) -> None:
    """Copies that were being looked into, and uploads on their way in, when their process died."""
    for path in Path(settings.FILE_UPLOAD_TEMP_DIR).iterdir():
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)


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
