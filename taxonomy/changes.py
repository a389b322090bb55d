"""Who must hear of vocabulary that changed in bulk, past `save()`: floors above sign up in `apps.py ready()`."""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.db.models import Model

Listener = Callable[[type[Model], Collection[int]], None]

_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Have `listener(model, pks)` called, inside the transaction that changed those rows."""
    if listener not in _listeners:
        _listeners.append(listener)


def announce(model: type[Model], pks: Collection[int]) -> None:
    for listener in _listeners if pks else ():
        listener(model, pks)
