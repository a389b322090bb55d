"""The file of a meeting tool, read: who is in it, for how long, and which lines could not be read.

Encoding, delimiter, language of the headings and lines above, between and below tables are found out. What a line says
and we cannot read is told with its number; nothing is guessed.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from publications.importing.decoding import decode
from webinars.attendance import clocks, people
from webinars.attendance.columns import NO, YES, Columns, Tool, header, is_of_team, plain, tool_of

LARGEST, MOST_ROWS = 3_000_000, 20_000  # bytes; lines
MOST_PROBLEMS = 100  # that are kept
DELIMITERS = (",", "\t", ";", "|")
_NUMBERED = re.compile(r"\d{1,2}\.\s")  # “2. Participants”, as Teams calls its parts
OTHER_FORMATS = {b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0": "xls", b"%PDF": "pdf"}


@dataclass(frozen=True)
class Problem:
    line: int
    reason: str  # key of `REASONS`


@dataclass
class Row:
    line: int
    table: int
    email: str
    name: str
    joined: str
    left: str
    length: str
    unit: int


@dataclass
class Person:
    """Somebody who came. Their address and names are here as long as the file is being read, and no longer."""

    email: str = ""
    names: set[str] = field(default_factory=set)
    seconds: int | None = None


@dataclass
class Report:
    tool: Tool
    people: list[Person]
    team: list[Person]  # those whom the file lists as hosts and panel
    problems: list[Problem]
    day: date | None  # which most of its times are of


def read(content: bytes, *, near: date) -> Report:
    """`near`: the day of the webinar, which tells 5 June from 6 May. Raises ValidationError with a sentence."""
    _check(content)
    text, _encoding = decode(content)
    table = max((_Table(text, delimiter) for delimiter in DELIMITERS), key=lambda one: one.recognised)
    if not table.recognised:
        raise ValidationError(
            _("We find no list of people in this file. It needs a line with headings such as Name, Email, Join time.")
        )
    rows, team, problems = table.rows, table.team, table.problems
    day_first = clocks.is_day_first([one for row in rows for one in (row.joined, row.left)], near)
    days: Counter[date] = Counter()
    found = _people(rows, problems, days, day_first)
    if not found and not team:
        raise ValidationError(_("The table in this file lists nobody who came."))
    problems.sort(key=lambda one: one.line)
    day = days.most_common(1)[0][0] if days else None
    return Report(table.tool, found, _people(team, [], Counter(), day_first), problems, day)


def too_large() -> ValidationError:
    limit = LARGEST // 1_000_000
    return ValidationError(
        _("A list of people is smaller than this file: choose one of %(count)s MB at most.") % {"count": limit}
    )


def _check(content: bytes) -> None:
    if len(content) > LARGEST:
        raise too_large()
    if content.startswith(tuple(OTHER_FORMATS)):
        raise ValidationError(_("This is no CSV file. Open it, and save the table as CSV."))
    if not content.strip(b"\xef\xbb\xbf\xff\xfe\x00 \r\n\t"):
        raise ValidationError(_("This file is empty"))


class _Table:
    """A text taken apart at one delimiter."""

    def __init__(self, text: str, delimiter: str) -> None:
        self.rows: list[Row] = []
        self.team: list[Row] = []
        self.problems: list[Problem] = []
        self.tool, self.recognised = Tool.OTHER, 0
        self._columns: Columns | None = None
        self._title, self._number, self._above = "", 0, ""
        for line, cells in self._lines(text, delimiter):
            self._take(line, cells)

    def _lines(self, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        before = 0
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                self._note(before + 1, "quote")
                return
            line, before = before + 1, reader.line_num
            if len(self.rows) + len(self.team) > MOST_ROWS:
                raise ValidationError(
                    _("This file has more than %(count)s lines. Take it apart.") % {"count": MOST_ROWS}
                )
            if any(cell.count("\n") > 1 for cell in cells):
                self._note(line, "quote")
            elif any(cell.strip() for cell in cells):
                yield line, cells

    def _note(self, line: int, reason: str) -> None:
        if self.recognised:
            self.problems.append(Problem(line, reason))

    def _take(self, line: int, cells: list[str]) -> None:
        if columns := header(cells):
            self._title = "" if self._columns else self._title
            self._columns, self._number = columns, self._number + 1
            self.recognised += len(columns.places)
            said = tool_of(f"{self._above} {' '.join(cells)}")
            self.tool = said if self.tool == Tool.OTHER else self.tool
        elif self._is_title(cells):
            self._title, self._columns = cells[0], None
            self._above += f" {cells[0]}"
        elif self._columns is None:
            self._above += " " + " ".join(cells)[:500] if not self.recognised else ""
            self._note(line, "no_columns")
        else:
            self._keep(line, cells, self._columns)

    def _is_title(self, cells: Sequence[str]) -> bool:
        """A line between tables, that names the next one."""
        if not cells[0].strip() or any(cell.strip() for cell in cells[1:]) or "@" in cells[0]:
            return False
        if self._columns is None:
            return True
        is_short = len(cells) <= 2 < self._columns.width
        return is_short or bool(_NUMBERED.match(cells[0].strip()))

    def _keep(self, line: int, cells: list[str], columns: Columns) -> None:
        if plain(columns.of(cells, "attended")) in NO or plain(columns.of(cells, "waited")) in YES:
            return  # registered and never came, or never let in
        email, name = _who(columns, cells)
        if not email and not name:
            self.problems.append(Problem(line, "nobody"))
            return
        said = (columns.of(cells, what) for what in ("joined", "left", "length"))
        joined, left, length = ("" if one in ("--", "-", "–") else one for one in said)
        row = Row(line, self._number, email, name, joined, left, length, columns.unit)
        (self.team if is_of_team(self._title) else self.rows).append(row)


def _who(columns: Columns, cells: Sequence[str]) -> tuple[str, str]:
    email, name = columns.of(cells, "email").removeprefix("mailto:").lower(), columns.of(cells, "name")
    first, last = columns.of(cells, "first"), columns.of(cells, "last")
    parts = [name] if name and first and last else [first, name, last]
    try:
        validate_email(email)
    except ValidationError:
        email = ""
    return email, " ".join(filter(None, parts))[:200]


def _people(rows: Sequence[Row], problems: list[Problem], days: Counter[date], day_first: bool) -> list[Person]:
    """Each once, with the seconds that they were there."""
    places = people.same([people.Trace(row.email, frozenset({people.plain_name(row.name)} - {""})) for row in rows])
    found: dict[int, Person] = {}
    stays: dict[int, dict[int, list[_Stay]]] = defaultdict(lambda: defaultdict(list))
    for row, place in zip(rows, places, strict=True):
        one = found.setdefault(place, Person())
        one.email = one.email or row.email
        one.names |= {people.plain_name(row.name)} - {""}
        stay = _stay(row, problems, day_first)
        stays[place][row.table].append(stay)
        if stay.span and stay.span[0].date() != clocks.NOWHEN:
            days[stay.span[0].date()] += 1
    for place, tables in stays.items():
        # Teams lists everybody twice: with the whole, and with each coming and going.
        lengths = [length for stay in tables.values() if (length := _length(stay)) is not None]
        found[place].seconds = max(lengths, default=None)
    return list(found.values())


@dataclass(frozen=True)
class _Stay:
    span: tuple[datetime, datetime] | None
    seconds: int | None


def _stay(row: Row, problems: list[Problem], day_first: bool) -> _Stay:
    joined, left = (clocks.moment_of(text, day_first=day_first) if text else None for text in (row.joined, row.left))
    seconds = clocks.seconds_of(row.length, row.unit) if row.length else None
    if joined and left and left < joined and joined.date() == clocks.NOWHEN:
        left += timedelta(days=1)  # past midnight
    span = (joined, left) if joined and left and timedelta() <= left - joined <= timedelta(days=1) else None
    if (row.joined and joined is None) or (row.left and left is None):
        problems.append(Problem(row.line, "time"))
    elif joined and left and span is None:
        problems.append(Problem(row.line, "order"))
    elif row.length and seconds is None:
        problems.append(Problem(row.line, "length"))
    return _Stay(span, seconds)


def _length(stays: Sequence[_Stay]) -> int | None:
    """Of one person in one table: what their stays cover, two at once counted once, no longer than the tool says."""
    spans = [stay.span for stay in stays if stay.span]
    said = [stay.seconds for stay in stays if stay.seconds is not None]
    total = sum(said) if len(said) == len(stays) else None
    if len(spans) < len(stays):
        covered = clocks.together(spans) + sum(stay.seconds or 0 for stay in stays if not stay.span)
        return min(covered, clocks.LONGEST) if spans or said else None
    covered = clocks.together(spans)
    return covered if total is None else min(covered, total)
