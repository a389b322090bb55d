"""What the audit trail keeps of webinars."""

from __future__ import annotations

from content import trail
from webinars.models import (
    Material,
    Organiser,
    Panellist,
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
    for part in (Series, Panellist, Organiser, Stream, Recording, Material, Question, SummaryRemark, SummaryApproval):
        trail.keep(part)
