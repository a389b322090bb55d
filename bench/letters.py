"""Letters a second that leave the outbox, and that leave a loop which renders and sends them with no book kept."""

from __future__ import annotations

import smtplib
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from django.test import override_settings

from bench.clock import seconds
from bench.data import BASE
from notifications import rendering, sending, services
from notifications.models import Letter

HOST = "127.0.0.1"


def measure(*, quick: bool) -> dict[str, float]:
    number, turns = (200, 3) if quick else (1000, 9)
    return rates(lambda: _planned(number), turns)


def rates(planned: Callable[[], list[Letter]], turns: int) -> dict[str, float]:
    """Letters a second, and how they stand to those of the loop. `planned` makes the letters of one turn."""
    found: dict[str, list[float]] = {"outbox": [], "bare": []}
    with _mail_server() as port:
        for turn in range(turns):
            letters = planned()
            try:
                taken = {"bare": seconds(partial(_bare, letters, port)), "outbox": seconds(_outbox)}
                assert not Letter.objects.filter(pk__in=[one.pk for one in letters]).exclude(state="sent").exists()
            finally:
                Letter.objects.filter(pk__in=[one.pk for one in letters]).delete()
            if turn:  # the first pays for what the process loads
                for name, time in taken.items():
                    found[name].append(len(letters) / time)
    return {
        "letters": statistics.median(found["outbox"]),
        "ratio": statistics.median(a / b for a, b in zip(found["outbox"], found["bare"], strict=True)),
    }


def _planned(number: int) -> list[Letter]:
    to = [f"reader{place}@bench.example" for place in range(number)]
    services.post_many(occasion="bench", to=to, kind="bench", template="address_again", context={"path": "/en/"})
    return list(Letter.objects.filter(occasion="bench").order_by("pk"))


def _outbox() -> None:
    while sending.send_due():
        pass


def _bare(letters: list[Letter], port: int) -> None:
    with smtplib.SMTP(HOST, port) as server:
        for letter in letters:
            paper = rendering.paper_of(letter)
            server.sendmail(paper.sender, [paper.address], paper.text)


@contextmanager
def _mail_server() -> Iterator[int]:
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.sink", str(Path(folder) / "taken")]
        with subprocess.Popen(command, cwd=BASE, stdout=subprocess.PIPE, text=True) as server:
            try:
                port = int(server.stdout.readline())
                backend = "notifications.smtp.EmailBackend"
                with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST=HOST, EMAIL_PORT=port):
                    yield port
            finally:
                server.kill()
