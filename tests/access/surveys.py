"""Rows of surveys: one that is open, one that is closed, one in preparation, one that others are invited to."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from tests.access.rows import EVERYBODY, HIDDEN_FROM_ALL_BUT_STAFF, Codes, Row, answers, page
from tests.access.sent import DONE, IN
from tests.world import World

SHOWN, HIDDEN = ("open", "closed"), ("prepared", "invited")
LED_BACK: dict[str, Codes] = dict.fromkeys(SHOWN, answers(302)) | dict.fromkeys(
    HIDDEN, answers(302, member=404, staff=302)
)
ANSWER: dict[str, Codes] = {
    "open": answers(IN, member=DONE),
    "closed": answers(IN, member=403),
    **dict.fromkeys(HIDDEN, answers(IN, member=404, staff=403)),
}
TABLE_SENT: dict[str, Codes] = dict.fromkeys((*SHOWN, *HIDDEN), answers(IN, member=405))


def of(name: str, codes: dict[str, Codes]) -> Row:
    return Row(codes, lambda world, state: reverse(f"surveys:{name}", args=[world.surveys[state].slug]))


ROWS: dict[str, Row] = {
    "surveys:list": page("surveys:list"),
    "surveys:detail": of("detail", dict.fromkeys(SHOWN, EVERYBODY) | dict.fromkeys(HIDDEN, HIDDEN_FROM_ALL_BUT_STAFF)),
    "surveys:answer": of("answer", LED_BACK),
    "surveys:table": of("table", dict.fromkeys((*SHOWN, *HIDDEN), answers(302, member=403, staff=200))),
}


def answered(world: World, state: str) -> dict[str, Any]:
    question = world.surveys[state].questions.get()
    return {f"question-{question.pk}": question.options.all()[0].pk}
