"""A report is read, looked at, and counted by one press; and taken back by another.

What is kept of a person: their registration if they have one, and marks of address and names, by which the same person
is known in the file of another tool (docs/adr/0042).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from content import caching
from content.actors import acting
from members.models import User
from webinars.attendance import people, reading
from webinars.models import Attendance, AttendanceImport, Registration, Webinar
from webinars.places import PEOPLE, hold

if TYPE_CHECKING:
    from django.core.files.base import File

    from webinars.attendance.reading import Person

UNCONFIRMED = timedelta(days=1)  # how long what was read waits for the press
LOT = 1000  # rows in one statement
REASONS = {
    "nobody": gettext_lazy("There is neither a name nor an address."),
    "time": gettext_lazy("The time of coming or leaving cannot be read. The person counts."),
    "order": gettext_lazy("They left before they came, or stayed for more than a day. The person counts."),
    "length": gettext_lazy("How long they stayed cannot be read. The person counts."),
    "no_columns": gettext_lazy("It stands outside the tables of this file."),
    "quote": gettext_lazy("A quotation mark is not closed: what follows it cannot be told apart."),
}


def takes_files(webinar: Webinar) -> bool:
    """From its end until the names of those who registered go: without them nobody is known again."""
    return webinar.is_published and webinar.is_over and webinar.cancelled_at is None and not _are_names_gone(webinar)


def _are_names_gone(webinar: Webinar) -> bool:
    return webinar.ends_at + timedelta(days=settings.REGISTRATION_DAYS) <= timezone.now()


@acting
@transaction.atomic
def read_file(*, webinar: Webinar, content: File, by: User) -> AttendanceImport:
    """Read a report for a look before it counts. What this person had read of this webinar before goes.

    Raises ValidationError with a sentence; nothing is kept then.
    """
    if content.size > reading.LARGEST:
        raise reading.too_large()
    data = content.read()
    report = reading.read(data, near=webinar.at_home().local.date())
    AttendanceImport.objects.filter(webinar=webinar, by=by, imported_at=None).delete()
    team = _team_of(webinar)
    come = [one for one in report.people if one.email not in team]
    made = AttendanceImport.objects.create(
        webinar=webinar,
        tool=report.tool,
        digest=hashlib.sha256(data).hexdigest(),
        team=len(report.people) - len(come) + len(report.team),
        problems=[[one.line, one.reason] for one in report.problems[: reading.MOST_PROBLEMS]],
        day=report.day,
        by=by,
    )
    rows = _rows(made, come)
    Attendance.objects.bulk_create(rows, batch_size=LOT)
    made.number, made.matched = len(rows), sum(row.registration_id is not None for row in rows)
    made.save(update_fields=["number", "matched"])
    return made


def _team_of(webinar: Webinar) -> set[str]:
    """Addresses of those who run it, who are not its public."""
    users = [*webinar.organisers.values_list("user", flat=True)]
    users += webinar.panellists.exclude(user=None).values_list("user", flat=True)
    found = EmailAddress.objects.filter(user__in=users).annotate(low=Lower("email")).values_list("low", flat=True)
    own = User.objects.filter(pk__in=users).annotate(low=Lower("email")).values_list("low", flat=True)
    return {*found, *own} - {""}


def _rows(batch: AttendanceImport, come: Iterable[Person]) -> list[Attendance]:
    known = dict(Registration.objects.filter(webinar=batch.webinar_id).exclude(email="").values_list("email", "pk"))
    return [
        Attendance(
            batch=batch,
            registration_id=known.get(one.email),
            address_mark=people.mark(batch.webinar_id, one.email),
            name_marks=sorted(people.mark(batch.webinar_id, name) for name in one.names),
            seconds=one.seconds,
        )
        for one in come
    ]


@dataclass(frozen=True)
class Preview:
    """What a press would do."""

    batch: AttendanceImport
    before: int
    after: int
    replaces: AttendanceImport | None  # the same file, imported before

    @property
    def adds(self) -> int:
        return self.after - self.before

    @property
    def unmatched(self) -> int:
        return self.batch.number - self.batch.matched

    @property
    def problems(self) -> list[tuple[int, str]]:
        return [(line, str(REASONS.get(reason, ""))) for line, reason in self.batch.problems]

    @property
    def is_of_another_day(self) -> bool:
        """The clock of the tool may be another than that of the organisers: a day more or less says nothing."""
        day = self.batch.webinar.at_home().local.date()
        return self.batch.day is not None and abs(self.batch.day - day) > timedelta(days=1)


def preview(batch: AttendanceImport) -> Preview:
    counted = list(_counted(batch.webinar_id))
    same = AttendanceImport.objects.filter(webinar=batch.webinar_id, digest=batch.digest, imported_at__isnull=False)
    together = counted + list(batch.rows.all())
    return Preview(batch, len(set(_persons(counted))), len(set(_persons(together))), same.first())


@acting
@transaction.atomic
def import_batch(*, batch: AttendanceImport, by: User) -> bool:
    """Count what was read. The same file takes the place of what it was before. False where it counts already.

    Raises ValidationError where its time has passed meanwhile.
    """
    held = hold(batch.webinar)
    row = AttendanceImport.objects.filter(pk=batch.pk).first()
    if row is None or row.imported_at:
        return False
    if not takes_files(held):
        raise ValidationError(_("Attendance of this webinar can no longer be imported."))
    AttendanceImport.objects.filter(webinar=held, digest=row.digest, imported_at__isnull=False).delete()
    row.imported_at, row.by = timezone.now(), by
    row.save(update_fields=["imported_at", "by"])
    _settle(held)
    return True


@acting
@transaction.atomic
def undo(*, batch: AttendanceImport, by: User) -> None:
    """It counts for nothing any more. Whoever is in another file is counted still."""
    held = hold(batch.webinar)
    AttendanceImport.objects.filter(pk=batch.pk).delete()
    _settle(held)


def _counted(webinar: int) -> Iterable[Attendance]:
    return Attendance.objects.filter(batch__webinar=webinar, batch__imported_at__isnull=False).order_by("pk")


def _persons(rows: Sequence[Attendance]) -> list[int]:
    """The number of each row's person: the key of their first row."""
    return [rows[place].pk for place in people.same([_trace(row) for row in rows])]


def _trace(row: Attendance) -> people.Trace:
    is_known = row.address_mark or row.name_marks
    return people.Trace(row.address_mark if is_known else str(row.pk), frozenset(row.name_marks))


def _settle(webinar: Webinar) -> None:
    """Who is the same person in all that was imported, while the webinar is held."""
    if not _are_names_gone(webinar):
        rows = list(_counted(webinar.pk))
        for row, person in zip(rows, _persons(rows), strict=True):
            row.person = person
        Attendance.objects.bulk_update(rows, ["person"], batch_size=LOT)
    caching.bump(PEOPLE)


# ---------- What goes, and what stays ----------


def forget_unconfirmed() -> int:
    """What was read and nobody imported."""
    old = AttendanceImport.objects.filter(imported_at=None, read_at__lt=timezone.now() - UNCONFIRMED)
    return old.delete()[0]


def forget_marks(*, days: int) -> int:
    """After so many days nobody can be known again in another file. Numbers stay."""
    before = timezone.now() - timedelta(days=days)
    rows = Attendance.objects.filter(batch__webinar__ends_at__lt=before)
    return rows.exclude(address_mark="", name_marks=[]).update(address_mark="", name_marks=[])
