"""A house of its own for letters: database, broker, mail sink, and real workers that can be killed."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import redis
from celery import Celery

from tests import services

REPOSITORY = Path(__file__).resolve().parents[2]
LOOK = 0.002  # seconds between two looks
PATIENCE = 120  # seconds
WORKER = ["-m", "celery", "--quiet", "-A", "portal", "worker", "--pool", "solo", "--loglevel", "WARNING"]
WORKER += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
BEAT = ["-m", "celery", "--quiet", "-A", "portal", "beat", "--loglevel", "WARNING"]


@dataclass
class House:
    folder: Path
    number_of_workers: int
    database: str
    broker: str
    prefix: str
    workers: list[subprocess.Popen] = field(default_factory=list)
    port: str = ""

    # ---------- Processes ----------

    @property
    def environment(self) -> dict[str, str]:
        ours = ("PORTAL_", "DATABASE_URL", "CACHE_URL", "CELERY_", "EMAIL_URL", "DJANGO_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return kept | {
            "DJANGO_SETTINGS_MODULE": "tests.notifications.hurried",
            "PORTAL_DEMO": "yes",
            "PORTAL_VAR": str(self.folder / "var"),
            "PORTAL_LOG_LEVEL": "WARNING",
            "DATABASE_URL": self.database,
            "CELERY_BROKER_URL": self.broker,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.port}",
            "TEST_KEY_PREFIX": self.prefix,
            "PYTHONWARNINGS": "ignore",
        }

    def start(self, *command: str) -> subprocess.Popen:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, *command],
                cwd=REPOSITORY,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def run(self, *command: str) -> None:
        done = self.start(*command).wait()
        assert done == 0, self.log()

    def start_worker(self) -> None:
        own_beat = ["--beat"] if self.number_of_workers == 1 else ["-n", f"letters{time.monotonic_ns()}@localhost"]
        self.workers.append(self.start(*WORKER, *own_beat))

    def kill_worker(self) -> None:
        """As a power cut would: the one that has run the longest, with all it started, and another takes its place."""
        kill(self.workers.pop(0))
        self.start_worker()

    def log(self) -> str:
        return (self.folder / "log").read_text()[-3000:]

    # ---------- What happened ----------

    @property
    def taken(self) -> list[str]:
        """The addresses of the letters that the mail server took, in order."""
        return (self.folder / "taken").read_text().split()

    def states(self) -> dict[str, str]:
        """The state of each letter by its address."""
        question = "SELECT address, state FROM notifications_letter"
        if self.database.startswith("sqlite"):
            with closing(sqlite3.connect(self.folder / "var" / "portal.sqlite3", timeout=10)) as connection:
                return dict(connection.execute(question).fetchall())
        with psycopg.connect(self.database) as connection:
            return dict(connection.execute(question).fetchall())

    @property
    def number_taken(self) -> int:
        return (self.folder / "taken").read_bytes().count(b"\n")

    def until(self, condition: Callable[[], bool], look: float = LOOK) -> None:
        for _ in range(int(PATIENCE / look)):
            if condition():
                return
            time.sleep(look)
        raise AssertionError(f"Nothing moves any more: {self.number_taken} letters taken.\n{self.log()}")

    def until_taken(self, more: int) -> None:
        number = self.number_taken + more
        self.until(lambda: self.number_taken >= number)

    def until_settled(self) -> None:
        self.until(lambda: not {"planned", "sending"} & set(self.states().values()), look=0.25)

    # ---------- Mischief ----------

    def deliver_task_twice(self) -> None:
        app = Celery("mischief", broker=self.broker)
        app.conf.broker_transport_options = self._transport()
        if self.broker.startswith("filesystem"):
            app.conf.task_default_queue = "celery"
        for _ in range(2):
            app.send_task("notifications.tasks.send_due")

    def flush_broker(self) -> None:
        if self.broker.startswith("filesystem"):
            for message in (self.folder / "var" / "broker" / "in").iterdir():
                message.unlink(missing_ok=True)
            return
        client = redis.Redis.from_url(self.broker)
        for key in client.scan_iter(f"{self.prefix}*"):
            client.delete(key)

    def _transport(self) -> dict[str, str]:
        if self.broker.startswith("redis"):
            return {"global_keyprefix": self.prefix}
        folder = self.folder / "var" / "broker"
        return {
            "data_folder_in": str(folder / "in"),
            "data_folder_out": str(folder / "in"),
            "processed_folder": str(folder / "processed"),
            "control_folder": str(folder / "control"),
        }


def kill(process: subprocess.Popen) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def embedded(folder: Path) -> Iterator[House]:
    """One worker, SQLite, and messages in files: what runs where nothing is set."""
    address = f"sqlite:///{folder}/var/portal.sqlite3"
    with _standing(House(folder, 1, address, "filesystem://localhost", "")) as house:
        yield house


@contextmanager
def scaled_out(folder: Path) -> Iterator[House]:
    """Two workers and one beat, PostgreSQL and Redis."""
    name = f"portal_letters_{os.getpid()}"
    house = House(folder, 2, services.database_called(name), services.REDIS, f"{name}:")
    with psycopg.connect(services.database_called("postgres"), autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            with _standing(house):
                yield house
        finally:
            house.flush_broker()
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def _standing(house: House) -> Iterator[House]:
    (house.folder / "var").mkdir(parents=True)
    (house.folder / "taken").touch()
    with ExitStack() as stack:
        command = [sys.executable, "-m", "bench.sink", str(house.folder / "taken")]
        sink = subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True, start_new_session=True)
        stack.callback(kill, sink)
        house.port = sink.stdout.readline().strip()
        house.run("manage.py", "migrate", "--verbosity", "0")
        if house.number_of_workers > 1:
            stack.callback(kill, house.start(*BEAT))
        stack.callback(lambda: [kill(worker) for worker in house.workers])
        yield house
