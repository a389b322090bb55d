"""Everything about a member in one file: asked for on the page, made by a worker, kept for a week.

The row in the database is the truth, a task only wakes a worker. A worker that dies leaves a row that nobody touches
any more, and the sweep plans it again.
"""

from __future__ import annotations

import logging
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import IO, TYPE_CHECKING

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import override

from members import erasure, letters, waking
from members.models import DataExport

if TYPE_CHECKING:
    from members.models import User

logger = logging.getLogger(__name__)
FOLDER = "exports"
TASK = "members.tasks.make_export"
KEPT = timedelta(days=7)
PAUSE = timedelta(hours=1)  # a new one is not made sooner after the last
SILENCE = timedelta(minutes=5)  # without a sign of its worker: longer than the largest part or file takes
MOST_TRIES = 5
CHUNK = 1024 * 1024
State = DataExport.State


class Abandoned(Exception):
    """The export was taken from this worker: its account was deleted, or another worker began anew."""


def plan(*, user: User, language: str) -> DataExport:
    """The export that is being made, or was within the hour; else a new one. Two presses make one."""
    last = DataExport.objects.filter(user=user).exclude(state=State.FAILED).first()
    if last and (last.is_unfinished or last.asked_at > timezone.now() - PAUSE):
        return last
    try:
        with transaction.atomic():
            planned = DataExport.objects.create(user=user, language=language)
            waking.wake(TASK, planned.pk)
            return planned
    except IntegrityError:  # the other press was faster
        return DataExport.objects.get(user=user, state__in=[State.PLANNED, State.RUNNING])


def ready(user: User) -> DataExport | None:
    """The newest that may be downloaded."""
    return DataExport.objects.filter(user=user, state=State.READY, expires_at__gt=timezone.now()).first()


def make(*, pk: int) -> None:
    """Make a planned export. Does nothing when another worker has it, or it is made."""
    path = f"{FOLDER}/{get_random_string(32)}.zip"
    holdings = erasure.all_holdings()
    claimed = DataExport.objects.filter(pk=pk, state=State.PLANNED).update(
        state=State.RUNNING,
        path=path,
        touched_at=timezone.now(),
        tries=F("tries") + 1,
        parts=len(holdings),
        parts_done=0,
    )
    if not claimed:
        return
    export = DataExport.objects.select_related("user").get(pk=pk)
    try:
        with tempfile.TemporaryFile(prefix="portal-") as file:
            _write(export, holdings, file)
            size = file.tell()
            file.seek(0)
            default_storage.save(path, File(file))  # before the row that promises it
        _finish(export, size)
    except Abandoned:
        default_storage.delete(path)


def make_due() -> None:
    """Make what is planned, and plan again what a worker left. The sweep calls this every minute."""
    silent = DataExport.objects.filter(state=State.RUNNING, touched_at__lt=timezone.now() - SILENCE)
    for path in silent.values_list("path", flat=True):
        default_storage.delete(path)
    failed = silent.filter(tries__gte=MOST_TRIES).update(state=State.FAILED, path="")
    if failed:
        logger.error("%s exports failed %s times and were given up", failed, MOST_TRIES)
    silent.update(state=State.PLANNED, path="")
    for pk in DataExport.objects.filter(state=State.PLANNED).order_by("asked_at").values_list("pk", flat=True)[:20]:
        make(pk=pk)


def remove_expired() -> None:
    """Delete exports a week after they were ready, older ones a newer replaced, and files without a row."""
    for export in DataExport.objects.filter(expires_at__lt=timezone.now()).iterator():
        _remove(export)
    try:
        there = {f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]}
    except FileNotFoundError:  # nobody ever asked
        return
    # Read after the folder: a path stands in its row before its file is written.
    for path in there - set(DataExport.objects.exclude(path="").values_list("path", flat=True)):
        default_storage.delete(path)


def erase_of(user: User) -> None:
    for export in DataExport.objects.filter(user=user):
        _remove(export)


@transaction.atomic
def _remove(export: DataExport) -> None:
    export.delete()
    if path := export.path:
        transaction.on_commit(lambda: default_storage.delete(path))


def _touch(export: DataExport, **fields: int) -> None:
    mine = DataExport.objects.filter(pk=export.pk, state=State.RUNNING, path=export.path)
    if not mine.update(touched_at=timezone.now(), **fields):
        raise Abandoned


@transaction.atomic
def _finish(export: DataExport, size: int) -> None:
    now = timezone.now()
    mine = DataExport.objects.filter(pk=export.pk, state=State.RUNNING, path=export.path)
    if not mine.update(state=State.READY, size=size, ready_at=now, expires_at=now + KEPT):
        raise Abandoned
    for older in DataExport.objects.filter(user=export.user).exclude(pk=export.pk):
        _remove(older)
    with override(export.language):
        page = reverse("members:privacy")
    letters.send(
        letters.AccountLetter(
            "export_ready", f"export:{export.pk}", export.user, export.language, {"path": page, "days": KEPT.days}
        )
    )


# ---------- The archive ----------


def _write(export: DataExport, holdings: list[erasure.Holding], file: IO[bytes]) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        with override(export.language):
            archive.writestr("README.txt", render_to_string("members/export_readme.txt", {"holdings": holdings}))
        for number, holding in enumerate(holdings, 1):
            with _part(archive, f"{holding.key}.json") as part:
                _write_rows(holding.export(export.user), part)
            for name, content in holding.files(export.user):
                _write_file(archive, f"files/{name}", content)
                _touch(export)
            _touch(export, parts_done=number)
    file.seek(0, 2)


def _write_file(archive: zipfile.ZipFile, name: str, content: File) -> None:
    try:
        content.open("rb")
    except FileNotFoundError:  # storage lost it; the rest is theirs all the same
        logger.warning("%s is not in storage and so not in an export", content.name)
        return
    with content, _part(archive, name) as part:
        for chunk in content.chunks(CHUNK):
            part.write(chunk)


@contextmanager
def _part(archive: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    # Its size is not known before it is written.
    with archive.open(name, "w", force_zip64=True) as part:
        yield part


def _write_rows(rows: Iterable[erasure.Row], part: IO[bytes]) -> None:
    """One row after another: an account of any size passes through a little memory."""
    encoder = DjangoJSONEncoder(ensure_ascii=False, indent=1)
    part.write(b"[")
    for number, row in enumerate(rows):
        part.write((",\n" if number else "\n").encode() + encoder.encode(row).encode("utf-8", "replace"))
    part.write(b"\n]\n")
