"""A pytest plugin: tests run in the house without a check, or write down which of them run which places.

pytest -p tests.without --held
    each check that a test of its app holds is taken out while that test runs, which must fail
pytest -p tests.without --without "communities.places.moderators current[0]" tests/moderation
    one check is taken out while each of those tests runs
pytest -p tests.without --heard heard.json tests/communities
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--held", action="store_true", help="take each check of tests/access/held.py out of its test")
    parser.addoption("--without", metavar="CHECK", help="take a check out of the house while tests run")
    parser.addoption("--heard", metavar="FILE", help="write down which tests run the places that have checks")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("held"):
        config.args = sorted(set(_held_by().values()))


@pytest.hookimpl(trylast=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Once for each of the checks that a test holds."""
    if metafunc.config.getoption("held"):
        metafunc.fixturenames.append("taken_out")
        checks = [check for check, test in _held_by().items() if test == metafunc.definition.nodeid]
        metafunc.parametrize("taken_out", checks)


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Iterator[None]:
    held = getattr(pyfuncitem, "callspec", None) and pyfuncitem.callspec.params.get("taken_out")
    check = held or pyfuncitem.config.getoption("without")
    with pytest.MonkeyPatch.context() as patch:
        if check:
            _sites()[check].remove(patch)
        try:
            done = yield
        except (Exception, pytest.fail.Exception):
            if held:
                return True
            raise
    if held:
        pytest.fail(f"It does not fail without {held}.")
    return done


def _held_by() -> dict[str, str]:
    from tests.access.held import HELD_BY  # when Django is set up

    return HELD_BY


@cache
def _sites() -> dict[str, Any]:
    from tests.access.removing import sites  # so too

    return {one.called: one for one in sites()}


def pytest_collection_finish(session: pytest.Session) -> None:
    if file := session.config.getoption("heard"):
        session.config.pluginmanager.register(Listener(Path(file)))


class Listener:
    def __init__(self, file: Path) -> None:
        self.file = file
        self.tests: dict[str, list[str]] = defaultdict(list)
        self.running: set[str] = set()
        for place, site in {site.place: site for site in _sites().values()}.items():
            site.listen(pytest.MonkeyPatch(), partial(self.running.add, place))

    def pytest_runtest_setup(self) -> None:
        self.running.clear()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "teardown":
            for place in self.running:
                self.tests[place].append(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        self.file.write_text(json.dumps(self.tests, indent=1))
