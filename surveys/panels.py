"""What floors above make of the answers: it stands below the results of a survey.

Apps sign up in `apps.py ready()`. What they read is for the reader they are given, nobody else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from members.models import User
    from surveys.models import Survey

Reads = Callable[["Survey", "User | AnonymousUser"], Any]


@dataclass(frozen=True)
class Panel:
    template: str  # draws `panel`
    read: Reads  # what the template needs; nothing to draw when it is falsy


_panels: list[Panel] = []


def register(panel: Panel) -> None:
    _panels.append(panel)


def panels_of(survey: Survey, reader: User | AnonymousUser) -> list[tuple[str, Any]]:
    """Templates with what they draw."""
    found = [(panel.template, panel.read(survey, reader)) for panel in _panels]
    return [(template, read) for template, read in found if read]
