import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from portal.demo import serving

BASE = Path(settings.BASE_DIR)
SLEEPING = [sys.executable, "-c", "import time; time.sleep(600)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
    f"subprocess.Popen({SLEEPING!r}); print('ready', flush=True); time.sleep(600)",
]


@pytest.fixture
def household():
    household = serving.Household()
    yield household
    household.stop()


@pytest.fixture
def taken_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


def free_port():
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return attempt.getsockname()[1]


def test_the_process_that_ended_by_itself_is_named(household):
    household.start({"The sleeper": SLEEPING, "The hasty": [sys.executable, "-c", "pass"]})
    assert household.watch() == "The hasty"


def test_stopping_ends_every_process(household):
    household.start({"One": SLEEPING, "Two": SLEEPING})
    household.stop()
    assert all(process.poll() is not None for process in household.processes.values())


def test_stopping_ends_by_force_what_does_not_listen_with_its_children(household, monkeypatch):
    monkeypatch.setattr(serving, "GRACE", 0.2)
    household.start({"The stubborn": STUBBORN})
    (process,) = household.processes.values()
    household.watch(until=lambda: len(descendants(os.getpid())) >= 2)
    family = descendants(os.getpid())
    household.stop()
    assert process.poll() is not None
    assert all_gone(family)


def test_a_taken_port_is_named_with_another_to_try(taken_port):
    with pytest.raises(CommandError, match=f"{taken_port} is taken .* PORT={taken_port + 1}"):
        call_command("demo", port=taken_port)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for orphans in /proc")
def test_the_demonstration_serves_until_ctrl_c_and_leaves_no_process_behind(tmp_path):
    port = free_port()
    environment = embedded(tmp_path)
    seed(tmp_path)
    log = tmp_path / "log"
    with log.open("w") as output:
        command = [sys.executable, "manage.py", "demo", "--port", str(port)]
        demo = subprocess.Popen(command, cwd=BASE, env=environment, stdout=output, stderr=output)
        wait_until(lambda: serving.answers(f"http://127.0.0.1:{port}/readyz"), demo, log)
        family = descendants(demo.pid)
        demo.send_signal(signal.SIGINT)
        assert demo.wait(60) == 0, log.read_text()
    assert len(family) >= 4
    assert all_gone(family)
    assert serving.port_is_free("127.0.0.1", port)


def embedded(var):
    """The demonstration is the embedded house, whatever these tests run on."""
    ours = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "CACHE_URL")}
    return ours | {"PORTAL_VAR": str(var), "PORTAL_DEMO": "yes"}


def seed(var):
    """Stamps that say the content is loaded, so that this test is about processes and not about content."""
    script = (
        "from django.core.management import call_command; call_command('migrate', verbosity=0);"
        "from portal.demo import preparing as p; from pathlib import Path; from taxonomy.models import LoadedEntry;"
        "LoadedEntry.objects.create(kind='test', key='test');"
        "p.Stamps().note('content', p.content_mark())"
    )
    subprocess.run([sys.executable, "manage.py", "shell", "-v0", "-c", script], cwd=BASE, env=embedded(var), check=True)


def wait_until(is_so, process, log, seconds=120):
    deadline = time.monotonic() + seconds
    while not is_so():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        time.sleep(0.2)


def descendants(root):
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if fields[0] != "Z":
            parents[int(path.parent.name)] = int(fields[1])
    found, waiting = set(), [root]
    while waiting:
        parent = waiting.pop()
        children = {pid for pid, above in parents.items() if above == parent}
        found |= children
        waiting += children
    return found


def alive(pids):
    def is_running(pid):
        try:
            return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        except OSError:
            return False

    return {pid for pid in pids if is_running(pid)}


def all_gone(pids, seconds=10):
    """A killed process takes a moment to leave the table."""
    deadline = time.monotonic() + seconds
    while left := alive(pids):
        if time.monotonic() > deadline:
            return not left
        time.sleep(0.05)
    return True
