"""The engines of search, one of them put in the place of the other while a test runs."""

from __future__ import annotations

import threading

from django.db import connection
from haystack import connections

from search import changes

ENGINES = {"tantivy": "search.backends.tantivy.TantivyEngine", "whoosh": "search.backends.whoosh.WhooshEngine"}


def use_engine(name: str, path, settings, monkeypatch) -> None:
    settings.HAYSTACK_CONNECTIONS = {"default": {"ENGINE": ENGINES[name], "PATH": str(path)}}
    monkeypatch.setattr(connections, "connections_info", settings.HAYSTACK_CONNECTIONS)
    monkeypatch.setattr(connections, "thread_local", threading.local())
    if connection.vendor == "postgresql":  # a test is one transaction, which a follower rightly waits for
        monkeypatch.setattr(changes, "SETTLED", "TRUE")
