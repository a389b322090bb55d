"""What floors above add to the pages of a record. Apps sign up in `apps.py ready()`.

What a panel reads of a record is for the reader it is given, nobody else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from members.models import User

    Reader = User | AnonymousUser


@dataclass(frozen=True)
class Panel:
    template: str  # draws `panel`
    read: Callable[[Any, Reader], Any]  # what the template needs of the record; nothing to draw when it is falsy


class Panels:
    """Those of one kind of page."""

    def __init__(self) -> None:
        self._panels: list[Panel] = []

    def register(self, panel: Panel) -> None:
        self._panels.append(panel)

    def of(self, record: Any, reader: Reader) -> list[tuple[str, Any]]:
        """Templates with what they draw."""
        found = [(panel.template, panel.read(record, reader)) for panel in self._panels]
        return [(template, read) for template, read in found if read]
