"""Imports that staff start on a page and a worker does: first a look, then, if they say so, the writing."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.core.files.base import File
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone, translation

from members import waking
from publications import importing
from publications.models import ImportRun, ImportVerdict

if TYPE_CHECKING:
    from members.models import User
    from taxonomy.models import Licence

TASK = "publications.tasks.work_on_imports"
State = ImportRun.State
DEAD_AFTER = timedelta(minutes=5)  # a lot of 500 references takes seconds
KEPT_FOR = timedelta(days=30)
# What a run waits for, what it is meanwhile, and what it is afterwards.
STAGES = ((State.TO_CHECK, State.CHECKING, State.CHECKED), (State.TO_WRITE, State.WRITING, State.DONE))


def start_run(*, file: File, source: str, licence: Licence, language: str, status: str, by: User) -> ImportRun:
    """Keep the file and have it looked at. Nothing is written before `write_run`."""
    name = Path(file.name or "").name[:160]
    run = ImportRun(
        by=by, name=name, source=source or Path(name).stem[:120], licence=licence, language=language, status=status
    )
    run.file.save(name, file, save=False)
    run.save()
    waking.wake(TASK)
    return run


def write_run(*, run: ImportRun) -> bool:
    """Have what is new in a checked run written; False when somebody said so before."""
    is_planned = bool(_move(run, State.CHECKED, State.TO_WRITE))
    if is_planned:
        waking.wake(TASK)
    return is_planned


def remove_run(*, run: ImportRun) -> None:
    """Forget a run and its file; records it wrote stay."""
    storage, path = run.file.storage, run.file.name or ""
    with transaction.atomic():
        run.delete()
        transaction.on_commit(lambda: storage.delete(path))


def work() -> int:
    """Do every run that waits, and those that a dead worker left. Returns how many were done."""
    done = 0
    while run := _take():
        _do(run)
        done += 1
    return done


def forget_old() -> None:
    for run in ImportRun.objects.filter(created_at__lt=timezone.now() - KEPT_FOR):
        remove_run(run=run)


def counts(run: ImportRun) -> dict[str, int]:
    """How many references are of each kind."""
    found = dict(run.verdicts.order_by().values_list("kind").annotate(Count("pk")))
    return {kind: found.get(kind, 0) for kind in ImportVerdict.Kind.values}


def _move(run: ImportRun, before: str, after: str) -> int:
    return ImportRun.objects.filter(pk=run.pk, state=before).update(state=after, touched_at=timezone.now())


def _take() -> ImportRun | None:
    """A run that is ours alone from now on."""
    for waiting, working, _after in STAGES:
        left = Q(state=working, touched_at__lt=timezone.now() - DEAD_AFTER)
        for run in ImportRun.objects.filter(Q(state=waiting) | left).order_by("created_at"):
            # Conditional on when it was touched, too: of two workers that find it left, one takes it.
            taken = ImportRun.objects.filter(pk=run.pk, state=run.state, touched_at=run.touched_at)
            if taken.update(state=working, touched_at=timezone.now(), done=0):
                run.refresh_from_db()
                return run
    return None


def _do(run: ImportRun) -> None:
    commit = run.state == State.WRITING
    language = run.by.language if run.by else None
    with tempfile.TemporaryDirectory(prefix="portal-") as folder, translation.override(language):
        path = Path(folder) / run.name
        with run.file.open("rb") as kept, path.open("wb") as copy:
            shutil.copyfileobj(kept, copy)
        report = importing.run(
            paths=[path], options=_options(run), commit=commit, progress=lambda done, total: _note(run, done, total)
        )
    _keep(run, report, State.DONE if commit else State.CHECKED)


def _options(run: ImportRun) -> importing.Options:
    return importing.Options(
        source=run.source, licence=run.licence.slug, language=run.language, status=run.status, by=run.by
    )


def _note(run: ImportRun, done: int, total: int) -> None:
    ImportRun.objects.filter(pk=run.pk).update(done=done, total=total, touched_at=timezone.now())


@transaction.atomic
def _keep(run: ImportRun, report: importing.Report, state: str) -> None:
    run.verdicts.all().delete()
    ImportVerdict.objects.bulk_create(
        (
            ImportVerdict(
                run=run,
                number=verdict.number,
                kind=verdict.kind,
                title=verdict.title,
                reason=verdict.reason if verdict.kind == importing.REFUSED else str(verdict),
                record_id=verdict.record,
            )
            for verdict in report.verdicts
        ),
        batch_size=1000,
    )
    run.state, run.done, run.total = state, report.read, report.read
    run.problem = " ".join(file.problem for file in report.unreadable)
    run.unknown_organisations = report.unknown_organisations
    run.save()
