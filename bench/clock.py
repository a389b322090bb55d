"""Time and processor time of something done many times."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Sequence

Job = Callable[[], object]


def cpu_side_by_side(
    jobs: dict[str, Job], *, rounds: int, runs: int = 10, before: dict[str, Job] | None = None
) -> dict[str, float]:
    """Median processor seconds of each job over rounds in which each runs several times.

    They take turns, so that what disturbs one disturbs all; several times, so that none pays for the caches of the
    processor that the one before it filled. `before` makes ready for one run of a job; its time does not count.
    """
    taken: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            times = []
            for _ in range(runs):
                if before and name in before:
                    before[name]()
                started = time.process_time()
                job()
                times.append(time.process_time() - started)
            taken[name].append(statistics.median(times))
    return {name: statistics.median(times) for name, times in taken.items()}


def seconds(job: Job) -> float:
    started = time.perf_counter()
    job()
    return time.perf_counter() - started


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
