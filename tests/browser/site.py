"""The real site, started once for a whole run: `manage.py demo`, with the web server and the worker beside it.

Several test processes share it. A file says where it is and who uses it; the last to leave stops it.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from tests.houses import REPOSITORY, environment, free_port, until

START_TRIES = 1200  # the first start loads all the content
STOP_TRIES = 120
WATCH_TRIES = 4 * 3600  # an hour


class SiteFailed(Exception):
    """The site did not start; the message ends with its log."""


@dataclass(frozen=True)
class Site:
    folder: Path
    port: int
    pid: int

    @property
    def base(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def log(self) -> Path:
        return self.folder / "site.log"

    def get(self, path: str) -> bytes:
        with urlopen(self.base + path, timeout=30) as response:
            return response.read()

    def data(self, path: str) -> dict:
        return json.loads(self.get(path))

    def run(self, *command: str) -> str:
        """A management command on the data of the running site."""
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=REPOSITORY,
            env=environment(self.folder),
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise SiteFailed(done.stderr)
        return done.stdout


def start(folder: Path, prepare: Callable[[Site], None]) -> Site:
    """Raises SiteFailed, with the log, when the site does not become ready."""
    port = free_port()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "site.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--port", str(port)],
            cwd=REPOSITORY,
            env=environment(folder),
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    site = Site(folder, port, process.pid)
    _watch_over(site)
    until(lambda: process.poll() is not None or is_ready(site), START_TRIES)
    if process.poll() is not None or not is_ready(site):
        stop(site)
        raise SiteFailed(f"The site did not become ready.\n{site.log.read_text()[-4000:]}")
    try:
        prepare(site)
    except BaseException:
        stop(site)
        raise
    return site


def is_ready(site: Site) -> bool:
    try:
        return bool(site.get("/readyz"))
    except (HTTPError, URLError, OSError):
        return False


def is_gone(pid: int) -> bool:
    """Ended, or ended and not yet buried by its parent, which may be another test process."""
    try:
        return os.waitpid(pid, os.WNOHANG)[0] == pid
    except ChildProcessError:
        pass
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rsplit(")", 1)[1].split()[0] == "Z"


def stop(site: Site) -> None:
    """Ask it to end, as Ctrl-C would; it ends its own children. By force when it does not."""
    if is_gone(site.pid):
        return
    os.kill(site.pid, signal.SIGTERM)
    if not until(lambda: is_gone(site.pid), STOP_TRIES):
        os.killpg(site.pid, signal.SIGKILL)


def _watch_over(site: Site) -> None:
    """A process that stops the site when the whole run is killed and nobody is left to do so."""
    run = os.getppid() if os.environ.get("PYTEST_XDIST_WORKER") else os.getpid()
    command = [sys.executable, "-m", "tests.browser.site", str(run), str(site.pid)]
    subprocess.Popen(command, cwd=REPOSITORY, start_new_session=True, stdout=subprocess.DEVNULL)


def outlive(run: int, site: int) -> None:
    until(lambda: is_gone(run) or is_gone(site), WATCH_TRIES)
    if not is_gone(site):
        os.kill(site, signal.SIGTERM)


@contextmanager
def shared(folder: Path, prepare: Callable[[Site], None]) -> Iterator[Site]:
    """The one site of this run, counted in and out."""
    folder.mkdir(parents=True, exist_ok=True)
    note = folder / "site.json"
    with _locked(folder):
        known = json.loads(note.read_text()) if note.exists() else {"users": 0}
        if known.get("failed"):
            raise SiteFailed(known["failed"])
        if not known["users"]:
            try:
                site = start(folder, prepare)
            except Exception as error:
                note.write_text(json.dumps({"users": 0, "failed": str(error)}))
                raise
            known = {"users": 0, "port": site.port, "pid": site.pid}
        known["users"] += 1
        note.write_text(json.dumps(known))
    site = Site(folder, known["port"], known["pid"])
    try:
        yield site
    finally:
        with _locked(folder):
            known = json.loads(note.read_text())
            known["users"] -= 1
            note.write_text(json.dumps(known))
            if not known["users"]:
                stop(site)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    with (folder / "lock").open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    outlive(*map(int, sys.argv[1:]))
