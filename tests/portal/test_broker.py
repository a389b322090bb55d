"""The broker of files: a worker that looks at any moment finds whole messages or none."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from portal import broker
from portal.celery import app

LETTERS = 400


@pytest.fixture
def house(tmp_path):
    folders = {}
    for name in ("in", "processed", "control"):
        (tmp_path / name).mkdir()
        folders[name] = str(tmp_path / name)
    return {
        "data_folder_in": folders["in"],
        "data_folder_out": folders["in"],
        "processed_folder": folders["processed"],
        "control_folder": folders["control"],
    }


def connected(house) -> Connection:
    return Connection("filesystem://localhost", transport=broker.Transport, transport_options=house)


def test_workers_that_look_all_the_time_read_every_message_once(house):
    def send() -> None:
        with connected(house) as connection:
            for number in range(LETTERS):
                connection.default_channel._put("work", {"body": number, "padding": "x" * 5000})

    def take() -> list[int]:
        taken: list[int] = []
        with connected(house) as connection:
            while sent.running() or any(name.endswith(".msg") for name in os.listdir(house["data_folder_in"])):
                try:
                    taken.append(connection.default_channel._get("work")["body"])
                except Empty:
                    continue
        return taken

    with ThreadPoolExecutor(3) as pool:
        sent = pool.submit(send)
        found = [number for worker in [pool.submit(take), pool.submit(take)] for number in worker.result()]
        sent.result()
    assert sorted(found) == list(range(LETTERS))


def test_nothing_is_left_of_a_message_that_was_read(house):
    with connected(house) as connection:
        connection.default_channel._put("work", {"body": 1})
        connection.default_channel._get("work")
    assert list(Path(house["data_folder_in"]).iterdir()) == []


def test_the_portal_sends_its_jobs_through_it():
    with app.connection_for_write() as connection:
        assert isinstance(connection.transport, broker.Transport)
