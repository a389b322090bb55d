"""What search costs a save, and how soon the save is found by the words it brought."""

from __future__ import annotations

import time

from django.db.models.signals import post_save

from bench.clock import cpu_side_by_side
from bench.site import running
from publications.models import Publication
from search import services, signals, tasks
from search.query import Query

PATIENCE = 30.0  # seconds
UID = f"search {Publication._meta.label}"


def measure(*, quick: bool) -> dict[str, float]:
    record = Publication.objects.published().order_by("pk")[0]
    title = record.title_en
    try:
        return _cost(record, rounds=5 if quick else 25) | _delay(record, times=2 if quick else 6)
    finally:
        record.title_en = title
        record.save()
        services.follow_changes()


def _cost(record: Publication, *, rounds: int) -> dict[str, float]:
    """A save without search, one among many, and one alone, which also wakes the worker."""
    jobs = {"save_without": record.save, "save": record.save, "save_alone": record.save}
    return cpu_side_by_side(jobs, rounds=rounds, before={"save_without": _deaf, "save": _awake, "save_alone": _alone})


def _deaf() -> None:
    post_save.disconnect(sender=Publication, dispatch_uid=UID)


def _awake() -> None:
    post_save.connect(signals.on_save, sender=Publication, dispatch_uid=UID)
    tasks._last_call = time.monotonic()


def _alone() -> None:
    _awake()
    tasks._last_call = 0.0


def _delay(record: Publication, *, times: int) -> dict[str, float]:
    """Seconds until a process that only reads finds the record by a word nobody has used; the worst of several."""
    post_save.connect(signals.on_save, sender=Publication, dispatch_uid=UID)
    taken = []
    with running("The worker"):
        for turn in range(times + 1):
            word = f"zyzzyva{time.time_ns()}"
            record.title_en = f"Pensions {word}"
            record.save()
            seconds = _seconds_until_found(word)
            if turn:  # the first waits for the worker to start
                taken.append(seconds)
            time.sleep(0.7)  # so that saves do not fall into step with the worker's rounds
    return {"delay": max(taken)}


def _seconds_until_found(word: str) -> float:
    started = time.perf_counter()
    while not services.search(Query(text=word)).count:
        if time.perf_counter() - started > PATIENCE:
            raise RuntimeError(f"After {PATIENCE:.0f} seconds search had not followed a save.")
        time.sleep(0.02)
    return time.perf_counter() - started
