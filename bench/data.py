"""Data to measure on: one folder per scale, made once and kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("PORTAL_VAR") or "var").absolute() / "bench"
# What would point a child at somebody's real database, broker or index.
FOREIGN = (
    "DATABASE_URL",
    "CACHE_URL",
    "CELERY_BROKER_URL",
    "PORTAL_SEARCH_PATH",
    "PORTAL_SEARCH_ENGINE",
    "PORTAL_DEBUG",
)


def environment(scale: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN}
    return kept | {"PORTAL_DEMO": "yes", "PORTAL_VAR": str(VAR / str(scale)), "PORTAL_LOG_LEVEL": "ERROR"}


def prepare(scale: int) -> None:
    """Records, index and style sheets of one scale. Making scale 100 takes half an hour, once."""
    done = VAR / str(scale) / "prepared-with-webinars"
    done.parent.mkdir(parents=True, exist_ok=True)
    _manage(scale, "migrate", "--verbosity=0")
    if not done.exists():
        print(f"Making the records of scale {scale} …", flush=True)
        _manage(scale, "load_vocabulary", "--verbosity=0")
        _manage(scale, "populate", "--members", f"--scale={scale}")
        _manage(scale, "rebuild_search")
        done.touch()
    elif measure("index", scale, quick=True)["is_missing"]:  # of another release
        _manage(scale, "rebuild_search")
    _manage(scale, "collectstatic", "--verbosity=0", "--noinput")


def _manage(scale: int, *command: str) -> None:
    subprocess.run([sys.executable, "manage.py", *command], cwd=BASE, env=environment(scale), check=True)


def measure(group: str, scale: int, *, quick: bool) -> dict[str, float]:
    """The numbers of one group, taken by a process of its own."""
    command = [sys.executable, "-m", "bench.child", group, *(["quick"] if quick else [])]
    done = subprocess.run(command, cwd=BASE, env=environment(scale), check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])
