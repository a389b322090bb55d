"""Rows of rooms of the staff."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from publications.models import ImportRun
from tests.access.rows import Codes, Row, answers
from tests.world import World

ROOM: dict[str, Codes] = {"": answers(302, member=403, staff=200)}
DEED: dict[str, Codes] = {"": answers(302, member=405)}  # asked for by GET


def of_run(name: str, answers: dict[str, Codes], **more: Any) -> Row:
    def address(world: World, state: str) -> str:
        return reverse(f"imports:{name}", args=[ImportRun.objects.latest("pk").pk])

    return Row(answers, address, **more)


ROWS: dict[str, Row] = {
    "imports:list": Row(ROOM, lambda world, state: reverse("imports:list"), post=(302, 403, 200)),
    "imports:detail": of_run("detail", ROOM, post=(302, 403)),
    "imports:write": of_run("write", DEED, post=(302, 403)),
    "imports:forget": of_run("forget", DEED, post=(302, 403, 404)),
}
