"""PostgreSQL and Redis of this machine: where they are, whether they answer, and a corner of our own in each.

python -m tests.services      says what is reachable; exit code 0 when both are
"""

from __future__ import annotations

import os
import sys
from urllib.parse import urlsplit

import psycopg
import redis
from django.core.cache import BaseCache
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.redis import RedisCache

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


def database_called(name: str) -> str:
    """The address of a database of this name where the machine's PostgreSQL is."""
    server = urlsplit(os.environ.get("TEST_DATABASE_URL", POSTGRES))
    return f"{server.scheme}://{server.netloc}/{name}?{server.query}"  # geturl() drops // before an empty host


def redis_problem() -> str | None:
    try:
        redis.Redis.from_url(REDIS, socket_connect_timeout=3).ping()
    except redis.RedisError as error:
        return str(error)
    return None


def empty(cache: BaseCache) -> None:
    """Forget what this run keeps. Redis clears by wiping the whole database, which others use at the same time."""
    if isinstance(cache, DatabaseCache):  # its rows go with the transaction of the test
        return
    if not isinstance(cache, RedisCache):
        cache.clear()
        return
    client = cache._cache.get_client(None, write=True)
    for key in client.scan_iter(f"{cache.key_prefix}:*", count=500):
        client.delete(key)


def main() -> int:
    problems = {"PostgreSQL": postgres_problem(), "Redis": redis_problem()}
    for name, problem in problems.items():
        print(f"{name}: {problem or 'reachable'}")
    return 1 if any(problems.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
