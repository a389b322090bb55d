"""A file to references, whatever it is called: its content decides the format and the encoding."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from publications.importing import bibtex, csl, ris, tables
from publications.importing.decoding import decode, drop_control
from publications.importing.records import FileReport, Raw, Unreadable

LARGEST_FILE = 200_000_000  # bytes; the whole file is held in memory


def read(path: Path) -> tuple[FileReport, list[Raw]]:
    """The references of a file. A file that cannot be read gives none, and the report says why."""
    report = FileReport(path.name)
    try:
        references = _read(path, report)
    except Unreadable as error:
        report.problem = str(error)
        return report, []
    report.read = len(references)
    return report, references


def read_text(text: str) -> list[Raw]:
    """The references that somebody pasted. Raises Unreadable."""
    return list(_recognise(drop_control(text))[1])


def _read(path: Path, report: FileReport) -> list[Raw]:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Unreadable(_("It is larger than %(limit)s MB: divide it.") % {"limit": LARGEST_FILE // 1_000_000})
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(_("It cannot be opened: %(error)s.") % {"error": error.strerror}) from error
    text, report.encoding = decode(data)
    if not text.strip():
        raise Unreadable(_("It is empty."))
    report.format, references = _recognise(text)
    return list(references)


def _recognise(text: str) -> tuple[str, Iterator[Raw]]:
    if re.match(r"\s*<[?!A-Za-z]", text):
        raise Unreadable(_("It is XML or HTML. RIS, BibTeX, CSL-JSON and CSV can be read."))
    for name, recognises, reader in (
        ("RIS", ris.is_ris, ris.read),
        ("Web of Science", ris.is_wos, ris.read_wos),
        ("BibTeX", bibtex.is_bibtex, bibtex.read),
        ("CSL-JSON", csl.is_json, csl.read),
    ):
        if recognises(text):
            return name, reader(text)
    return "CSV", tables.read(text)
