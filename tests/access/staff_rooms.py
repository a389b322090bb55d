"""Rows of rooms of the staff."""

from __future__ import annotations

from typing import Any

from auditlog.models import LogEntry
from django.urls import reverse

from content.models import Case
from publications.models import ImportRun
from tests.access.rows import Codes, Row, answers
from tests.world import World

ROOM: dict[str, Codes] = {"": answers(302, member=403, staff=200)}
DEED: dict[str, Codes] = {"": answers(302, member=405)}  # asked for by GET


def of_run(name: str, answers: dict[str, Codes], **more: Any) -> Row:
    def address(world: World, state: str) -> str:
        return reverse(f"imports:{name}", args=[ImportRun.objects.latest("pk").pk])

    return Row(answers, address, **more)


def of_case(world: World, state: str) -> str:
    return reverse("review_case", args=[Case.objects.latest("pk").pk])


ROWS: dict[str, Row] = {
    "review": Row(ROOM, lambda world, state: reverse("review"), post=(302, 403)),
    "trail": Row(ROOM, lambda world, state: reverse("trail"), post=(302, 403)),
    "trail_restore": Row(
        DEED,
        lambda world, state: reverse("trail_restore", args=[LogEntry.objects.latest("pk").pk]),
        post=(302, 403, 404),
    ),
    "review_case": Row(ROOM, of_case, post=(302, 403, 400)),
    "imports:list": Row(ROOM, lambda world, state: reverse("imports:list"), post=(302, 403, 200)),
    "imports:detail": of_run("detail", ROOM, post=(302, 403)),
    "imports:write": of_run("write", DEED, post=(302, 403)),
    "imports:forget": of_run("forget", DEED, post=(302, 403, 404)),
}
