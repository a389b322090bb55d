"""PostgreSQL and Redis of this machine: where they are, whether they answer, and a corner of our own in each.

python -m tests.services      says what is reachable; exit code 0 when both are
"""

from __future__ import annotations

import os
import sys

import psycopg
import redis

POSTGRES = os.environ.get("TEST_DATABASE_URL", "postgresql:///postgres?host=/var/run/postgresql")
REDIS = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/0")


def postgres_problem() -> str | None:
    for address in (POSTGRES, "postgresql://postgres@127.0.0.1:5432/postgres"):
        try:
            with psycopg.connect(address, connect_timeout=3) as connection:
                connection.execute("SELECT 1")
            os.environ["TEST_DATABASE_URL"] = address
            return None
        except psycopg.Error as error:
            problem = str(error).splitlines()[0]
    return problem


def redis_problem() -> str | None:
    try:
        redis.Redis.from_url(REDIS, socket_connect_timeout=3).ping()
    except redis.RedisError as error:
        return str(error)
    return None


def main() -> int:
    problems = {"PostgreSQL": postgres_problem(), "Redis": redis_problem()}
    for name, problem in problems.items():
        print(f"{name}: {problem or 'reachable'}")
    return 1 if any(problems.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
