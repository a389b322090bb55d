"""What is held about a person who came to webinars, and of whoever counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members import erasure
from members.erasure import Holding, Row
from webinars.attendance import people
from webinars.models import Attendance, AttendanceImport, Figure, PollWinner
from webinars.privacy import registrations_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.models import QuerySet

    from members.models import User


def _attended(user: User) -> QuerySet[Attendance]:
    """By a registration of theirs, or by the mark of an address of theirs, which each webinar makes anew."""
    addresses = {*EmailAddress.objects.filter(user=user).values_list("email", flat=True), user.email}
    marked = Attendance.objects.exclude(address_mark="").order_by()
    webinars = marked.values_list("batch__webinar", flat=True).distinct()
    marks = [people.mark(webinar, address.lower()) for webinar in webinars for address in addresses]
    return Attendance.objects.filter(Q(registration__in=registrations_of(user)) | Q(address_mark__in=marks))


def _came(user: User) -> Iterator[Row]:
    for row in _attended(user).select_related("batch__webinar").order_by("pk").iterator():
        yield {"webinar": str(row.batch.webinar), "minutes": None if row.seconds is None else row.seconds // 60}


def _forget_came(user: User) -> None:
    """Signed up after registrations, and so erased before these lose the address by which they are found."""
    rows = list(_attended(user).values_list("pk", flat=True))
    Attendance.objects.filter(pk__in=rows).update(address_mark="", name_marks=[])


def _counted(user: User) -> Iterator[Row]:
    for batch in AttendanceImport.objects.filter(by=user).select_related("webinar").order_by("pk").iterator():
        yield {"webinar": str(batch.webinar), "imported": batch.get_tool_display(), "at": batch.imported_at}
    for figure in Figure.objects.filter(by=user).select_related("webinar").order_by("pk").iterator():
        yield {"webinar": str(figure.webinar), "number": figure.number, "source": figure.source, "at": figure.at}
    for winner in PollWinner.objects.filter(by=user).select_related("webinar").order_by("pk").iterator():
        yield {"webinar": str(winner.webinar), "chosen_as_winner_at": winner.at}


def _forget_counted(user: User) -> None:
    AttendanceImport.objects.filter(by=user, imported_at=None).delete()
    for model in (AttendanceImport, Figure, PollWinner):
        model._default_manager.filter(by=user).update(by=None)


def sign_up() -> None:
    erasure.register(
        Holding(
            "webinar_attendance",
            _("Webinars you came to"),
            (Attendance,),
            _came,
            _forget_came,
            keeps=_("That somebody came and for how long, without name and address."),
        )
    )
    erasure.register(
        Holding(
            "webinar_counts",
            _("Attendance and numbers you brought to webinars, and winners of polls you chose"),
            (AttendanceImport, Figure, PollWinner),
            _counted,
            _forget_counted,
            keeps=_("What you brought, without your name."),
        )
    )
