"""On PostgreSQL ids are given before commit: a follower must not step over the row of a slow transaction."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, connections, transaction

from search import changes

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.alone,  # a snapshot sees the open transactions of every database of the server
    pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite one transaction writes at a time"),
]


def in_another_connection(work) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def objects_after(position) -> list[int]:
    return [row.object_id for row in changes.after(position, 100)]


def test_a_row_of_a_slow_transaction_is_waited_for():
    start = changes.now()
    written, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            changes.note("publication", [1])
            written.set()
            may_commit.wait(10)

    thread = in_another_connection(slow)
    assert written.wait(10)
    changes.note("publication", [2])
    assert objects_after(start) == [], "the second row may not be passed before the first"
    may_commit.set()
    thread.join()
    assert objects_after(start) == [1, 2]


def test_a_position_taken_during_a_transaction_lies_before_its_rows():
    written, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            changes.note("publication", [1])
            written.set()
            may_commit.wait(10)

    thread = in_another_connection(slow)
    assert written.wait(10)
    position = changes.now()
    may_commit.set()
    thread.join()
    assert objects_after(position) == [1]


def test_a_follower_goes_on_where_it_stopped():
    changes.note("publication", [1, 2, 3])
    first = changes.after(changes.START, 2)
    assert [row.object_id for row in first] == [1, 2]
    assert objects_after(first[-1].position) == [3]
