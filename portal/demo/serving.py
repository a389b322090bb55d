"""The demonstration's processes: the web server and the worker beside it, started and stopped together."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings

GRACE = 8.0  # seconds a process has to end by itself
LOOK = 0.2  # seconds between two looks at the processes


def port_is_free(host: str, port: int) -> bool:
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just given back counts as free
        try:
            attempt.bind((host, port))
        except OSError:
            return False
    return True


def commands(host: str, port: int) -> dict[str, list[str]]:
    """What runs, by a name for people."""
    python = sys.executable
    web = [python, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", "2"]
    web += ["--blocking-threads", "4", "--workers-kill-timeout", "5", "--no-ws", "--log-level", "warning"]
    web += ["portal.wsgi:application"]
    # In a container everybody is root: the worker's warning about that would only frighten.
    worker = [python, "-W", "ignore:You're running the worker", "-m", "celery", "--quiet", "-A", "portal", "worker"]
    worker += ["--beat", "--pool", "solo", "--loglevel", "WARNING"]
    worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return {"The web server": web, "The worker": worker}


class Stop(Exception):
    """Somebody asked us to end."""


@dataclass
class Household:
    """Processes that live and end together."""

    processes: dict[str, subprocess.Popen] = field(default_factory=dict)

    def start(self, commands: dict[str, list[str]]) -> None:
        environment = os.environ | {"PORTAL_VAR": str(settings.VAR)}
        for name, command in commands.items():
            self.processes[name] = subprocess.Popen(  # noqa: S603  (our own commands)
                command,
                cwd=settings.BASE_DIR,
                env=environment,
                start_new_session=True,  # Ctrl-C reaches us alone, and we end them in order
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,
            )

    def dead(self) -> str | None:
        """The name of a process that has ended by itself."""
        return next((name for name, process in self.processes.items() if process.poll() is not None), None)

    def watch(self, until: Callable[[], bool] = lambda: False) -> str | None:
        """Wait until something is so, or a process has ended: answers the name of that one."""
        while not until():
            if name := self.dead():
                return name
            time.sleep(LOOK)
        return None

    def stop(self) -> None:
        """Ask all to end, wait, and end by force whatever is left, with its children."""
        for process in self.processes.values():
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        for process in self.processes.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
            _end_group(process.pid)
            process.wait()


def _end_group(leader: int) -> None:
    with suppress(ProcessLookupError):  # nobody is left: as it should be
        os.killpg(leader, signal.SIGKILL)


def _end_with_parent() -> None:
    """Have the kernel end this process when ours is killed without a chance to clean up."""
    set_parent_death_signal = 1  # PR_SET_PDEATHSIG of prctl(2)
    ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGTERM)


def listen_for_stop() -> None:
    """From now on SIGINT and SIGTERM raise Stop, once: a second Ctrl-C must not tear the ending apart."""

    def stop(_number: int, _frame: object) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)
        raise Stop

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)


def answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=2) as response:  # noqa: S310  (our own address)
            return response.status == 200
    except (URLError, OSError):
        return False
