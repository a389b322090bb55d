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


def restorable(world: World) -> LogEntry:
    return (
        LogEntry.objects.get_for_object(world.publications["published"])
        .filter(action=LogEntry.Action.UPDATE)
        .latest("pk")
    )


def of_case(world: World, state: str) -> str:
    """What the member sent in, or the editor."""
    return reverse("review_case", args=[case_of(world, state).pk])


def case_of(world: World, state: str) -> Case:
    return Case.objects.waiting().filter(subject="new", opened_by=world.people[state or "member"]).latest("pk")


ROWS: dict[str, Row] = {
    "review": Row(ROOM, lambda world, state: reverse("review")),
    "trail": Row(ROOM, lambda world, state: reverse("trail")),
    "trail_restore": Row(
        dict.fromkeys(("", "address"), DEED[""]),
        lambda world, state: reverse("trail_restore", args=[restorable(world).pk]),
    ),
    "review_case": Row({"": ROOM[""], "staff": ROOM[""]}, of_case),
    "imports:list": Row(ROOM, lambda world, state: reverse("imports:list")),
    "imports:detail": of_run("detail", ROOM),
    "imports:write": of_run("write", DEED),
    "imports:forget": of_run("forget", DEED),
}
