"""Houses of the tests' own: real processes on data of their own, which can be looked at, and killed."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests import services

REPOSITORY = Path(__file__).resolve().parents[1]
LOOK = 0.25  # seconds between two looks
WORKER = ["-m", "celery", "--quiet", "-A", "portal", "worker", "--pool", "solo", "--loglevel", "WARNING"]
WORKER += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
OURS = ("PORTAL_", "DATABASE_URL", "CACHE_URL", "CELERY_", "EMAIL_URL", "DJANGO_")


def environment(folder: Path, **more: str) -> dict[str, str]:
    """As on a machine where nothing is set: whatever the tests' own process runs on, a house has data of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    return kept | {"PORTAL_DEMO": "yes", "PORTAL_VAR": str(folder / "var"), "PORTAL_LOG_LEVEL": "WARNING"} | more


def until(condition: Callable[[], bool], tries: int, look: float = LOOK) -> bool:
    """Look again and again until something is so, a bounded number of times."""
    for _ in range(tries):
        if condition():
            return True
        time.sleep(look)
    return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def kill(process: subprocess.Popen) -> None:
    """As a power cut would, with all it started."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def postgres(name: str) -> Iterator[str]:
    """The address of a database of this name, gone at the end."""
    with psycopg.connect(services.database_called("postgres"), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield services.database_called(name)
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def connect(database: str) -> sqlite3.Connection | psycopg.Connection:
    if database.startswith("sqlite"):
        return sqlite3.connect(database.removeprefix("sqlite:///"), timeout=10)
    return psycopg.connect(database)


@dataclass
class House:
    """What every house of the tests has: a folder with its data and its log, and commands that run on them."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)

    def start(self, *command: str) -> subprocess.Popen:
        """A program of Python's, in a group of its own."""
        return self.begin(sys.executable, *command)

    def begin(self, *command: str) -> subprocess.Popen:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=REPOSITORY,
                env=environment(self.folder, **self.settings),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def run(self, *command: str) -> None:
        done = self.start(*command).wait()
        assert done == 0, self.log()

    def answer(self, *command: str) -> str:
        """What a program says."""
        done = subprocess.run(
            [sys.executable, *command],
            cwd=REPOSITORY,
            env=environment(self.folder, **self.settings),
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def log(self) -> str:
        return (self.folder / "log").read_text()[-3000:]

    @property
    def taken(self) -> list[str]:
        """The addresses of the letters that the mail server took, in order."""
        return (self.folder / "taken").read_text().split()

    def start_sink(self, port: int = 0) -> tuple[subprocess.Popen, int]:
        """A mail server, and its port."""
        (self.folder / "taken").touch()
        command = [sys.executable, "-m", "bench.sink", str(self.folder / "taken"), str(port)]
        sink = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True, start_new_session=True)
        return sink, int(sink.stdout.readline())
