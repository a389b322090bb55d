"""The process that opens files: `python -m files.reading FILE…` prints one line of JSON for each.

Each file is opened in a child of its own with little time and memory. Parsers of foreign formats crash, loop and
swell on hostile files; here that costs the child, and the file is refused.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from files.reading import read
from files.reading.facts import Facts, Refused

SECONDS = 30  # by the clock; a 40-megapixel picture takes about five
MEMORY = 2_000_000_000  # bytes of address space; the same picture takes up to 1,500 MB
OUT_OF_TIME = (signal.SIGALRM, signal.SIGXCPU, signal.SIGKILL)  # the last is how a starved machine ends us


def main(paths: list[str], out: BinaryIO) -> None:
    for path in paths:
        out.write(answer_apart(Path(path)) + b"\n")
        out.flush()


def answer_apart(path: Path, reader: Callable[[Path], Facts] = read) -> bytes:
    inlet, outlet = os.pipe()
    child = os.fork()
    if not child:
        os.close(inlet)
        _limit()
        with os.fdopen(outlet, "wb") as pipe:
            pipe.write(_answer(path, reader))
        os._exit(0)
    os.close(outlet)
    with os.fdopen(inlet, "rb") as pipe:
        answer = pipe.read()
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status == 0:
        return answer
    return _refusal("slow" if -status in OUT_OF_TIME else "broken", f"ended with {status}")


def _limit() -> None:
    signal.alarm(SECONDS)  # unhandled, so it ends us even inside a parser written in C
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _answer(path: Path, reader: Callable[[Path], Facts]) -> bytes:
    try:
        return json.dumps(reader(path).as_data()).encode()
    except Refused as refused:
        return _refusal(refused.reason)
    except MemoryError:
        return _refusal("slow")
    except Exception as error:  # real files raise a dozen kinds, and each means the same to whoever sent it
        return _refusal("broken", f"{type(error).__name__}: {error}")


def _refusal(reason: str, detail: str = "") -> bytes:
    return json.dumps({"refused": reason, "detail": detail[:500]}).encode()


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # Pillow's remarks on odd files
    main(sys.argv[1:], sys.stdout.buffer)
