"""How a row is written about what is sent, and what an answer to it comes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.access.rows import Codes, answers
from tests.world import World

# What an answer comes to. A status alone does not tell whether anything was done.
DONE = 302  # written, and led on
SHOWN = 200  # written, and a page
LED_ON = 303  # a redirect, and nothing was written
FORM = 422  # a page that says why nothing was done
IN = 401  # led to the door
REFUSED = (400, IN, 403, 404, 405, 409, 410, 429)
Data = Callable[[World, str], dict[str, Any]]


@dataclass(frozen=True)
class Sent:
    answers: dict[str, Codes]
    data: Data = lambda world, state: {}


def sends(**values: Any) -> Data:
    return lambda world, state: values


ANY: dict[str, Codes] = {"": answers(IN, member=DONE)}  # every member, for themselves
OWN: dict[str, Codes] = {"": answers(IN, member=DONE, other_member=404)}
ONLY_READ = Sent({"": answers(IN, member=405)})
