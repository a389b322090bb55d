"""Every letter leaves once, through kills at any moment: real workers, a real broker, a real mail server."""

from __future__ import annotations

import os
import random
from collections import Counter

import pytest

from tests import services
from tests.notifications import house as houses
from tests.notifications.plan import address

LETTERS = 5000
KILLS = 10


@pytest.fixture(params=["embedded", "scaled_out"])
def house(request, tmp_path):
    if os.environ.get("PORTAL_TEST_SERVICES") == "yes":
        pytest.skip("Houses of their own, whatever these tests run on: proved in the run on SQLite.")
    if request.param == "scaled_out":
        problems = [problem for problem in (services.postgres_problem(), services.redis_problem()) if problem]
        if problems:
            pytest.skip(f"NOT PROVED on PostgreSQL and Redis, which do not both answer: {'; '.join(problems)}")
    with getattr(houses, request.param)(tmp_path / "house") as house:
        yield house


def test_nobody_is_mailed_twice_and_nobody_forgotten_though_workers_are_killed(house):
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    house.run("-m", "tests.notifications.plan", str(LETTERS))
    for _ in range(house.number_of_workers):
        house.start_worker()
    for number in range(KILLS):
        house.until_taken(chance.randrange(1, 400))
        house.kill_worker()
        if number == 3:
            house.deliver_task_twice()
        if number == 6:
            house.flush_broker()
    house.until_settled()

    taken, states = Counter(house.taken), house.states()
    unknown = {one for one, state in states.items() if state == "unknown"}
    sent = {one for one, state in states.items() if state == "sent"}
    print(f"{len(sent)} sent, {len(unknown)} unknown, {sum(taken.values())} taken")
    assert [one for one, times in taken.items() if times > 1] == []
    assert sent | unknown == {address(place) for place in range(LETTERS)}
    assert sent <= set(taken)
    assert set(taken) <= sent | unknown
    assert len(unknown) <= KILLS
