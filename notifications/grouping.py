"""What a summary says, in sections: what is followed by its names, discussions by the place they hang in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from babel.lists import format_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from content import wording
from notifications import kinds
from notifications.lines import Line


@dataclass(frozen=True)
class News:
    """A line, and of how many notices it is what is left."""

    line: Line
    count: int = 1


@dataclass(frozen=True)
class Section:
    """`items` stand right below the heading, or `parts` do, which are sections with a heading of their own."""

    heading: str
    items: tuple[dict[str, Any], ...] = ()
    parts: tuple[Section, ...] = ()

    def as_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {"heading": self.heading, "items": list(self.items)}
        return data | ({"parts": [part.as_data() for part in self.parts]} if self.parts else {})


def once(shown: Sequence[Line]) -> list[News]:
    """Each thing once. Where much of one is new, by its strongest reason; the line opens the oldest of that."""
    found: dict[str, list[Line]] = {}
    for line in shown:
        found.setdefault(line.item or f"notice:{line.notice.pk}", []).append(line)
    return [News(min(lines, key=_strength), len(lines)) for lines in found.values()]


def _strength(line: Line) -> Any:
    return _position(line), line.notice.shown_from, line.notice.pk


def _position(line: Line) -> int:
    return kinds.get(line.notice.kind).position


def sections(news: Sequence[News]) -> list[Section]:
    """In the order of the kinds on the page where they are chosen."""
    weights = Counter(reason for one in news for reason in one.line.reasons)
    found: dict[str, Section] = {}
    for one in sorted(news, key=lambda one: _position(one.line)):
        line = one.line
        path, also = ((line.heading, line.where, _label(line)), ()) if line.heading else _followed(line, weights)
        _put(found, path, _item(one, also))
    return list(found.values())


def _followed(line: Line, weights: Counter[str]) -> tuple[tuple[str, ...], Sequence[str]]:
    """Under the reason that gathers most; its other reasons stand beside the item."""
    ranked = sorted(line.reasons, key=lambda reason: (-weights[reason], reason))
    heading = _("Because you follow %(name)s") % {"name": ranked[0]} if ranked else _label(line)
    return (heading,), ranked[1:]


def _label(line: Line) -> str:
    return str(kinds.get(line.notice.kind).label)


def _put(found: dict[str, Section], path: Sequence[str], item: dict[str, Any]) -> None:
    heading, *below = path
    section = found.setdefault(heading, Section(heading))
    if below:
        parts = {part.heading: part for part in section.parts}
        _put(parts, below, item)
        found[heading] = replace(section, parts=tuple(parts.values()))
    else:
        found[heading] = replace(section, items=(*section.items, item))


def _item(news: News, also: Sequence[str]) -> dict[str, Any]:
    line = news.line
    foreign = line.title.language if line.title and line.title.is_foreign else ""
    note = line.by
    if news.count > 1:
        note = ngettext("%(number)s new post", "%(number)s new posts", news.count) % {"number": news.count}
    names = format_list(list(also), locale=wording.locale())
    return {"text": line.text, "path": line.path, "language": foreign, "also": names, "note": note}
