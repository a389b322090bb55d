"""A house whose parts can be stopped: web server, worker, Redis, mail server and index, all real and its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import redis
import requests

from tests import houses, services
from tests.houses import WORKER, kill

TRIES = 240  # a minute
PARTS = ("redis", "worker", "mail", "index")


@dataclass
class House(houses.House):
    ports: dict[str, int] = field(default_factory=dict)
    running: dict[str, subprocess.Popen] = field(default_factory=dict)
    answers: dict[str, int] = field(default_factory=dict)  # what each public page answers, without its language

    @property
    def pages(self) -> list[str]:
        return list(self.answers)

    @property
    def database(self) -> str:
        return self.settings.get("DATABASE_URL", f"sqlite:///{self.folder}/var/portal.sqlite3")

    @property
    def base(self) -> str:
        return f"http://localhost:{self.ports['web']}"

    # ---------- Parts ----------

    def begin_part(self, part: str) -> None:
        if part == "redis":
            command = ["redis-server", "--port", str(self.ports["redis"]), "--save", "", "--bind", "127.0.0.1"]
            self.running[part] = self.begin(*command, "--dir", str(self.folder))
            self.until(self.redis_answers)
        elif part == "mail":
            self.running[part], self.ports["mail"] = self.start_sink(self.ports.get("mail", 0))
        elif part == "worker":
            self.running[part] = self.start(*WORKER, "--beat")
        elif part == "web":
            options = ["--port", str(self.ports["web"]), "--workers", "1", "--blocking-threads", "4", "--no-ws"]
            options += ["--log-level", "warning"]
            self.running[part] = self.start("-m", "granian", "--interface", "wsgi", *options, "portal.wsgi:application")
        elif part == "index":
            self.run("manage.py", "rebuild_search")

    def stop_part(self, part: str) -> None:
        if part == "index":
            shutil.move(self.folder / "var" / "index", self.folder / "index-away")
            shutil.rmtree(self.folder / "index-away")
            return
        kill(self.running.pop(part))
        if part == "worker":  # its last beat, forgotten as it is after a minute and a half
            self.redis.delete(*self.redis.keys("*worker-heartbeat"))

    @property
    def redis(self) -> redis.Redis:
        return redis.Redis(port=self.ports["redis"])

    def redis_answers(self) -> bool:
        with suppress(redis.RedisError), closing(self.redis) as client:
            return bool(client.ping())
        return False

    # ---------- What is seen of it ----------

    def readiness(self) -> dict[str, str]:
        """What /readyz says of each part."""
        answer = requests.get(f"{self.base}/readyz", timeout=30)
        return dict(line.split(": ", 1) for line in answer.text.splitlines())

    def is_ready(self) -> bool:
        with suppress(requests.RequestException):
            return set(self.readiness().values()) == {"ok"}
        return False

    def missing(self) -> set[str]:
        return {part for part, state in self.readiness().items() if state != "ok"}

    def is_found(self, words: str) -> bool:
        asked = {"q": words, "format": "json"}
        answer = requests.get(f"{self.base}/en/discover/publications/", asked, timeout=30)
        return words in answer.text

    def letters_to(self, *addresses: str) -> list[tuple[str, str]]:
        """Address and state of each letter."""
        marks = ", ".join(["%s" if self.database.startswith("postgres") else "?"] * len(addresses))
        question = f"SELECT address, state FROM notifications_letter WHERE address IN ({marks})"
        with closing(houses.connect(self.database)) as connection:
            return connection.execute(question, addresses).fetchall()

    def let_letters_wait(self) -> None:
        """As if those that are planned had been so for long."""
        with closing(houses.connect(self.database)) as connection:
            connection.execute(
                "UPDATE notifications_letter SET due_at = '2024-01-01 00:00:00+00:00' WHERE state = 'planned'"
            )
            connection.commit()

    def until(self, condition: Callable[[], bool]) -> None:
        assert houses.until(condition, TRIES), f"It does not come about.\n{self.log()}"


@contextmanager
def standing(folder: Path) -> Iterator[House]:
    folder.mkdir()
    shutil.copytree(houses.REPOSITORY / "static", folder / "var" / "static")
    house = House(folder, ports={"redis": houses.free_port(), "web": houses.free_port()})
    with ExitStack() as stack:
        stack.callback(lambda: [kill(process) for process in house.running.values()])
        house.begin_part("redis")
        house.begin_part("mail")
        house.settings = {
            "DJANGO_SETTINGS_MODULE": "tests.portal.hurried",
            "CACHE_URL": f"redis://127.0.0.1:{house.ports['redis']}/0",
            "CELERY_BROKER_URL": f"redis://127.0.0.1:{house.ports['redis']}/1",
            "EMAIL_URL": f"smtp://127.0.0.1:{house.ports['mail']}",
            "PORTAL_UNDO_MINUTES": "0",
            "PYTHONWARNINGS": "ignore",
        }
        if services.postgres_problem() is None:
            house.settings["DATABASE_URL"] = stack.enter_context(houses.postgres(f"portal_stopped_{os.getpid()}"))
        house.run("manage.py", "migrate", "--verbosity", "0")
        pages = json.loads(house.answer("-m", "tests.portal.furnish", *PARTS))
        house.begin_part("web")
        house.begin_part("worker")
        house.until(house.is_ready)
        house.answers = {page: requests.get(f"{house.base}/en{page}", timeout=30).status_code for page in pages}
        yield house
