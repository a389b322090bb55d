"""References per second of an import, with every check and with none. Nothing of it stays: each run is rolled back."""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import transaction

from publications import importing
from publications.models import Publication

AUTHORS = ("Okafor, Amara", "Silva, João", "Diallo, Aïssatou", "Nguyễn, Linh", "García, Lucía")


def measure(*, quick: bool) -> dict[str, float]:
    number = 300 if quick else 2000
    rates: dict[bool, list[float]] = {True: [], False: []}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "references.ris"
        path.write_text(_references(number))
        for turn in range(4 if quick else 11):
            for validates in (True, False):
                rate = number / _seconds(path, validates=validates)
                if turn:  # the first pays for what the process loads
                    rates[validates].append(rate)
    return {
        "validated": statistics.median(rates[True]),
        "unvalidated": statistics.median(rates[False]),
        "ratio": statistics.median(a / b for a, b in zip(rates[True], rates[False], strict=True)),
    }


@transaction.atomic
def _seconds(path: Path, *, validates: bool) -> float:
    started = time.process_time()
    options = importing.Options(source="bench", validates=validates)
    report = importing.run(paths=[path], options=options, commit=True)
    taken = time.process_time() - started
    assert report.count(importing.NEW) > 0.99 * report.read, report.count(importing.NEW)
    transaction.set_rollback(True)
    return taken


def _references(number: int) -> str:
    """RIS with the words of real titles, each reference a new one."""
    titles = list(Publication.objects.order_by("pk").values_list("title_en", flat=True).exclude(title_en=None)[:400])
    return "\n".join(_reference(place, titles) for place in range(number))


def _reference(place: int, titles: list[str]) -> str:
    words = f"{titles[place % len(titles)]} {titles[(place * 7 + 3) % len(titles)]}".split()
    lines = [("TY", "RPRT"), ("TI", f"{' '.join(words[place % 5 :][:14])} {place}")]
    lines += [("AU", AUTHORS[(place + turn) % len(AUTHORS)]) for turn in range(1 + place % 3)]
    lines += [("PY", str(1998 + place % 22)), ("AB", " ".join(words * 8)), ("DO", f"10.5555/bench.{place}")]
    lines += [("KW", "cash transfers"), ("UR", f"https://example.org/report/{place}"), ("LA", "en"), ("ER", "")]
    return "\n".join(f"{tag}  - {value}" for tag, value in lines)
