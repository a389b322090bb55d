"""What the audit trail keeps of webinars."""

from __future__ import annotations

from content import trail
from webinars.models import (
    AttendanceImport,
    Figure,
    Material,
    Organiser,
    Panellist,
    PollWinner,
    Question,
    Recording,
    Series,
    Stream,
    SummaryApproval,
    SummaryRemark,
    Webinar,
)
from webinars.services import save_webinar


def sign_up() -> None:
    trail.keep(
        Webinar,
        without=["room", "recorded_at"],
        many=["topics", "countries", "regions", "goals", "organisations"],
        save=lambda record, by: save_webinar(webinar=record, by=by),
    )
    people = (Panellist, Organiser, Question, SummaryRemark, SummaryApproval)
    for part in (Series, *people, Stream, Recording, Material, Figure, PollWinner):
        trail.keep(part)
    trail.keep(AttendanceImport, only=["tool", "number", "matched", "imported_at"])
