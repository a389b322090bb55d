"""The process that opens files: `python -m files.reading FILE…` answers for each into the file that is its output.

Each file is opened in a child of its own with little time and memory. Parsers of foreign formats crash, loop and
swell on hostile files; here that costs the child, and the file is refused.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from files.reading import answers
from files.reading.facts import Facts, Refused
from files.reading.opening import read

SECONDS = 30  # by the clock; the largest picture takes about five
MEMORY = 250_000_000  # bytes of data, besides some 30 MB of code that the processes share
CHUNK = 64 * 1024
# By the clock, by the processor, by a starved machine, and by libraries that end themselves when memory is refused.
OUT_OF_BOUNDS = (signal.SIGALRM, signal.SIGXCPU, signal.SIGKILL, signal.SIGABRT)


def main(paths: list[str], out: BinaryIO) -> None:
    for path in paths:
        answer_apart(Path(path), out)


def answer_apart(path: Path, out: BinaryIO, reader: Callable[[Path], Facts] = read) -> None:
    """`out` can be cut: a child that dies in the middle of its answer has not answered."""
    begin = out.tell()
    inlet, outlet = os.pipe()
    child = os.fork()
    if not child:
        os.close(inlet)
        _limit()
        with os.fdopen(outlet, "wb") as pipe:
            _answer(path, reader, pipe)
        os._exit(0)
    os.close(outlet)
    with os.fdopen(inlet, "rb", buffering=0) as pipe:
        while chunk := pipe.read(CHUNK):
            out.write(chunk)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status:
        out.seek(begin)
        out.truncate()
        answers.write_refusal(out, Refused("slow" if -status in OUT_OF_BOUNDS else "broken"), f"ended with {status}")
    out.flush()


def _limit() -> None:
    signal.alarm(SECONDS)  # unhandled, so it ends us even inside a parser written in C
    for what, most in (
        (resource.RLIMIT_DATA, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(what, (most, most))


def _answer(path: Path, reader: Callable[[Path], Facts], pipe: BinaryIO) -> None:
    try:
        facts = reader(path)
    except Refused as refused:
        answers.write_refusal(pipe, refused)
    except MemoryError:
        answers.write_refusal(pipe, Refused("slow"), "out of memory")
    except Exception as error:  # real files raise a dozen kinds, and each means the same to whoever sent it
        answers.write_refusal(pipe, Refused("broken"), f"{type(error).__name__}: {error}")
    else:
        answers.write(pipe, facts)


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # Pillow's remarks on odd files
    main(sys.argv[1:], sys.stdout.buffer)
