"""Who is the same person: by address; by name where the other row has no address."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.crypto import salted_hmac

SALT = "webinars.attendance"


@dataclass(frozen=True)
class Trace:
    """What is known of somebody in one row: an address, or a mark of it; names, or marks of them."""

    address: str
    names: frozenset[str]


def plain_name(name: str) -> str:
    """For comparing: no accents, no brackets, no order of words, “Quispe, Rosa” and “Rosa Quispe (she/her)” alike."""
    bare = unicodedata.normalize("NFKD", re.sub(r"\([^()]*\)", " ", name).casefold())
    words = re.findall(r"[^\W_]+", "".join(one for one in bare if not unicodedata.combining(one)))
    return " ".join(sorted(words)) or name.strip().casefold()


def mark(webinar: int, what: str) -> str:
    """Names somebody within one webinar, and nobody to whoever has not our secret."""
    return salted_hmac(SALT, f"{webinar}:{what}", algorithm="sha256").hexdigest()[:32] if what else ""


def same(traces: Sequence[Trace]) -> list[int]:
    """For each row the place of the first row of the same person.

    A row without address goes to the person with an address who bears its name, of several to the first: rather one
    too few than one too many.
    """
    addressed: dict[str, int] = {}
    for place, trace in enumerate(traces):
        if trace.address:
            addressed.setdefault(trace.address, place)
    bearers: dict[str, set[int]] = defaultdict(set)
    for trace in traces:
        for name in trace.names if trace.address else ():
            bearers[name].add(addressed[trace.address])
    alone: dict[str, int] = {}
    return [
        addressed[trace.address] if trace.address else _by_name(place, trace.names, bearers, alone)
        for place, trace in enumerate(traces)
    ]


def _by_name(place: int, names: Iterable[str], bearers: dict[str, set[int]], alone: dict[str, int]) -> int:
    if known := [bearer for name in names for bearer in bearers.get(name, ())]:
        return min(known)
    first = min((alone[name] for name in names if name in alone), default=place)
    for name in names:
        alone.setdefault(name, first)
    return first
