"""What was measured beside what is promised, and the page that says so."""

from __future__ import annotations

import os
import platform
import sqlite3
from datetime import date
from importlib.metadata import version
from pathlib import Path

from bench.rows import ROWS, Group


def lines(run: Group, keys: list[str]) -> list[tuple[str, str, str, str]]:
    """Figure, measured, bound, whether it holds."""
    found = []
    for row in ROWS:
        if row.key in keys:
            value = row.measured(run)
            sign = "≥" if row.is_least else "≤"
            found.append(
                (row.figure, row.shown(value), f"{sign} {row.shown(row.bound)}", "yes" if row.holds(value) else "no")
            )
    return found


def as_markdown(rows: list[tuple[str, str, str, str]]) -> str:
    header = [("figure", "measured", "bound", "holds"), ("---", "---", "---", "---")]
    return "\n".join(f"| {' | '.join(row)} |" for row in [*header, *rows])


def as_text(rows: list[tuple[str, str, str, str]]) -> str:
    header = ("figure", "measured", "bound", "holds")
    widths = [max(len(row[column]) for row in [header, *rows]) for column in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in [header, *rows]
    )


def machine() -> str:
    """What it was measured on, without a name or a path of it."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in ("Django", "tantivy", "Whoosh", "granian"))
    return (
        f"{date.today():%d %B %Y}, {os.cpu_count()} processors ({_processor()}), {memory:.0f} GB, {platform.system()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}"
    )


def _processor() -> str:
    known = Path("/proc/cpuinfo")
    told = known.read_text().splitlines() if known.exists() else []
    return next((line.partition(":")[2].strip() for line in told if line.startswith("model name")), platform.machine())
