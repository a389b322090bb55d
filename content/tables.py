"""Tables that leave for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

BYTE_ORDER_MARK = "\ufeff"  # without it spreadsheets misread accents
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a cell that computes begins with (OWASP, CSV injection)


def csv_text(rows: Iterable[Iterable[str]]) -> str:
    """RFC 4180, in UTF-8. No cell becomes a formula."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\r\n")
    writer.writerows([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row] for row in rows)
    return BYTE_ORDER_MARK + table.getvalue()
