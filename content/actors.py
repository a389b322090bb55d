"""Who changes something, told to the audit trail also where no request says who is there: in jobs and commands."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

from auditlog.context import auditlog_value, set_actor

P = ParamSpec("P")
R = TypeVar("R")


def acting(function: Callable[P, R]) -> Callable[P, R]:
    """Have what a service changes said of its `by`."""

    @functools.wraps(function)
    def acted(*args: P.args, **kwargs: P.kwargs) -> R:
        with _acting(kwargs.get("by")):
            return function(*args, **kwargs)

    return acted


@contextmanager
def _acting(by: Any) -> Iterator[None]:
    if by is None:
        yield
        return
    outer = auditlog_value.get(None)  # auditlog forgets who was there before
    try:
        with set_actor(by):
            yield
    finally:
        if outer is not None:
            auditlog_value.set(outer)
