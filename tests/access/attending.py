"""Rows of who came to webinars, what was counted, what people said afterwards, and what came of polls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.access.rows import NOBODY, Codes, Row, answers
from tests.access.sent import FORM, Sent, sends
from tests.access.webinars import BEHIND_DOOR, EDIT, LINK, SERIES, of, of_link, of_series
from tests.access.webinars_sent import BEHIND_IN, by_organisers

if TYPE_CHECKING:
    from tests.world import World

COUNTED = ("published", "private", "past")
PLANNED: dict[str, Codes] = {state: EDIT[state] for state in SERIES}


def of_report(name: str, codes: dict[str, Codes]) -> Row:
    def address(world: World, state: str) -> str:
        webinar = world.webinars[state]
        return reverse(f"webinars:{name}", args=[webinar.slug, webinar.attendance_imports.get().pk])

    return Row(codes, address)


def of_figure(world: World, state: str) -> str:
    webinar = world.webinars[state]
    return reverse("webinars:figure_step", args=[webinar.slug, webinar.figures.get().pk])


def of_poll(world: World, state: str) -> str:
    return reverse("webinars:winners", args=[world.webinars[state].series.slug, world.polls[state].slug])


ROWS: dict[str, Row] = {
    "webinars:edit_attendance": of("edit_attendance", EDIT),
    "webinars:edit_figures": of("edit_figures", EDIT),
    "webinars:edit_feedback": of("edit_feedback", EDIT),
    "webinars:edit_report": of_report("edit_report", {state: EDIT[state] for state in COUNTED}),
    "webinars:report_step": of_report("report_step", dict.fromkeys(COUNTED, BEHIND_DOOR)),
    "webinars:figure_step": Row(dict.fromkeys(COUNTED, BEHIND_DOOR), of_figure),
    "webinars:feedback": of_link("feedback", LINK),
    "webinars:series_figures": of_series("series_figures", PLANNED),
    "webinars:series_table": of_series("series_table", PLANNED),
    "webinars:winners": Row(PLANNED, of_poll),
}


# ---------- What is sent ----------


def attendance(world: World, state: str) -> dict[str, Any]:
    return {"upload": SimpleUploadedFile("report.csv", b"Name,Email\nRosa,rosa@world.example\n")}


def number(world: World, state: str) -> dict[str, Any]:
    return {"kind": "live", "number": "12", "source": "YouTube live", "counted_on": "01/02/2026"}


def winner(world: World, state: str) -> dict[str, Any]:
    return {"options": [world.polls[state].questions.get().options.all()[0].pk]}


SENDING: dict[str, Sent] = {
    # Numbers come after the end.
    "webinars:edit_attendance": Sent(by_organisers(FORM, past=by_organisers()["past"]), attendance),
    "webinars:edit_figures": Sent(by_organisers(FORM, past=by_organisers()["past"]), number),
    "webinars:edit_feedback": Sent(dict.fromkeys(EDIT, BEHIND_IN)),
    "webinars:edit_report": Sent(dict.fromkeys(COUNTED, BEHIND_IN)),
    "webinars:report_step": Sent({state: by_organisers()[state] for state in COUNTED}, sends(discard="1")),
    "webinars:figure_step": Sent({state: by_organisers()[state] for state in COUNTED}),
    "webinars:feedback": Sent({"guest": answers(FORM), "left": NOBODY, "guessed": NOBODY}),
    "webinars:series_figures": Sent(dict.fromkeys(PLANNED, BEHIND_IN)),
    "webinars:series_table": Sent(dict.fromkeys(PLANNED, BEHIND_IN)),
    "webinars:winners": Sent({state: by_organisers()[state] for state in PLANNED}, winner),
}
