"""Chance that comes out the same every time, and shares that come out exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Skewed(Generic[T]):
    """Things of which the first are met often and the last hardly ever: the n-th has weight 1/(n + shift) (Zipf)."""

    def __init__(self, things: Sequence[T], shift: float = 2.7, weights: Sequence[float] | None = None) -> None:
        self.things = things
        self.heights = list(accumulate(weights or (1 / (rank + shift) for rank in range(len(things)))))

    def draw(self, random: Random, count: int) -> list[T]:
        return random.choices(self.things, cum_weights=self.heights, k=count) if self.things else []

    def one(self, random: Random) -> T:
        return self.draw(random, 1)[0]


def of(random: Random, weights: Mapping[T, float]) -> T:
    return random.choices(list(weights), weights=list(weights.values()))[0]


def shares(total: int, percents: Mapping[T, float]) -> dict[T, int]:
    """Whole numbers that add up to the total, as near to the percentages as they can be (largest remainders)."""
    exact = {name: total * percent / 100 for name, percent in percents.items()}
    found = {name: int(value) for name, value in exact.items()}
    nearest = sorted(exact, key=lambda name: exact[name] - found[name], reverse=True)
    for name in nearest[: total - sum(found.values())]:
        found[name] += 1
    return found


def is_one_of(place: int, chosen: int, total: int) -> bool:
    """Whether the thing at a place belongs to the `chosen` of `total`, spread evenly: exact over all places."""
    return (place + 1) * chosen // total > place * chosen // total
