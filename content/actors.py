"""Who changes something, told to the audit trail: the person of the request, or whoever a service acts for."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, ParamSpec, TypeVar

from auditlog.context import auditlog_value, set_actor
from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")
R = TypeVar("R")
SAFE = ("GET", "HEAD", "OPTIONS")  # RFC 9110: they change nothing, so nobody need be asked who is there


class ActorMiddleware:
    """In place of auditlog's, which costs every page a signal and notes a number that the client made up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE:
            return self.get_response(request)
        with set_actor(request.user):  # asked only when something is changed
            return self.get_response(request)


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
