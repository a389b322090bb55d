"""A house of its own for letters: database, broker, mail sink, and real workers that can be killed."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import redis
from celery import Celery

from tests import houses, services
from tests.houses import WORKER, kill

LOOK = 0.002  # seconds between two looks
PATIENCE = 120  # seconds
BEAT = ["-m", "celery", "--quiet", "-A", "portal", "beat", "--loglevel", "WARNING"]


@dataclass
class House(houses.House):
    number_of_workers: int = 1
    database: str = ""
    broker: str = ""
    prefix: str = ""
    workers: list[subprocess.Popen] = field(default_factory=list)

    # ---------- Processes ----------

    def start_worker(self) -> None:
        own_beat = ["--beat"] if self.number_of_workers == 1 else ["-n", f"letters{time.monotonic_ns()}@localhost"]
        self.workers.append(self.start(*WORKER, *own_beat))

    def kill_worker(self) -> None:
        """As a power cut would: the one that has run the longest, with all it started, and another takes its place."""
        kill(self.workers.pop(0))
        self.start_worker()

    # ---------- What happened ----------

    def states(self) -> dict[str, str]:
        """The state of each letter by its address."""
        question = "SELECT address, state FROM notifications_letter"
        with closing(houses.connect(self.database)) as connection:
            return dict(connection.execute(question).fetchall())

    @property
    def number_taken(self) -> int:
        return (self.folder / "taken").read_bytes().count(b"\n")

    def until(self, condition: Callable[[], bool], look: float = LOOK) -> None:
        moves = houses.until(condition, int(PATIENCE / look), look)
        assert moves, f"Nothing moves any more: {self.number_taken} letters taken.\n{self.log()}"

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


@contextmanager
def embedded(folder: Path) -> Iterator[House]:
    """One worker, SQLite, and messages in files: what runs where nothing is set."""
    house = House(folder, database=f"sqlite:///{folder}/var/portal.sqlite3", broker="filesystem://localhost")
    with _standing(house):
        yield house


@contextmanager
def scaled_out(folder: Path) -> Iterator[House]:
    """Two workers and one beat, PostgreSQL and Redis."""
    name = f"portal_letters_{os.getpid()}"
    with houses.postgres(name) as database:
        house = House(folder, number_of_workers=2, database=database, broker=services.REDIS, prefix=f"{name}:")
        try:
            with _standing(house):
                yield house
        finally:
            house.flush_broker()


@contextmanager
def _standing(house: House) -> Iterator[None]:
    (house.folder / "var").mkdir(parents=True)
    with ExitStack() as stack:
        sink, port = house.start_sink()
        stack.callback(kill, sink)
        house.settings = {
            "DJANGO_SETTINGS_MODULE": "tests.notifications.hurried",
            "DATABASE_URL": house.database,
            "CELERY_BROKER_URL": house.broker,
            "EMAIL_URL": f"smtp://127.0.0.1:{port}",
            "TEST_KEY_PREFIX": house.prefix,
            "PYTHONWARNINGS": "ignore",
        }
        house.run("manage.py", "migrate", "--verbosity", "0")
        if house.number_of_workers > 1:
            stack.callback(kill, house.start(*BEAT))
        stack.callback(lambda: [kill(worker) for worker in house.workers])
        yield
