"""Redis, the worker, the mail server and the index are stopped one at a time, for real. Every public page still serves
and says what is missing, nothing typed is lost, and once the part is back everything that waited is done."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter

import pytest
import requests

from tests.files import making
from tests.portal import house as stoppable
from tests.portal.furnish import PASSWORD, address

LANGUAGES = dict(zip(stoppable.PARTS, ("en", "fr", "es", "es"), strict=True))  # pages that no cache has yet
NAMED = {"redis": {"cache", "queue"}, "worker": {"queue"}, "mail": set(), "index": {"index"}}
LATE = "Our messages leave late at the moment."
UNAVAILABLE = "La búsqueda no está disponible en este momento"
TITLES = {
    "redis": "Pensions for market traders in Antananarivo",
    "worker": "Cash for fishing families of lake Victoria",
    "mail": "Health insurance on the hills of Kampala",
    "index": "School meals along the road to Mombasa",
}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    if os.environ.get("PORTAL_TEST_SERVICES") == "yes":
        pytest.skip("A house of its own, whatever these tests run on: proved in the run on SQLite.")
    if not shutil.which("redis-server"):
        pytest.skip("NOT PROVED that pages outlive Redis: there is no redis-server on this machine.")
    with stoppable.standing(tmp_path_factory.mktemp("stopped") / "house") as standing:
        yield standing


class Person:
    """Somebody with a browser, who reads a page before they send its form."""

    def __init__(self, house: stoppable.House, name: str) -> None:
        self.house, self.name, self.browser = house, name, requests.Session()

    def get(self, path: str) -> requests.Response:
        return self.browser.get(self.house.base + path, timeout=30)

    def send(self, path: str, **typed) -> requests.Response:
        return self.press(path, path, **typed)

    def sign_in(self, password: str = PASSWORD) -> requests.Response:
        return self.send("/en/accounts/login/", login=address(self.name), password=password)

    def press(self, page: str, path: str, files: dict | None = None, **typed) -> requests.Response:
        """A button on a page whose form goes elsewhere."""
        shown = self.get(page)
        assert shown.status_code == 200, (page, shown.status_code)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', shown.text)[1]
        typed["csrfmiddlewaretoken"] = token
        return self.browser.post(self.house.base + path, typed, files=files, timeout=60)

    # ---------- What they came for ----------

    def join(self) -> requests.Response:
        joining = {"display_name": "Awa Diallo", "email": address(self.name), "language": "en", "remarks": ""}
        return self.send("/en/accounts/signup/", password1="three other words", **joining)

    def begin(self, part: str) -> str:
        """A draft with a file; the address of its details."""
        file = ("paper.pdf", making.pdf(TITLES[part]), "application/pdf")
        answer = self.send("/en/discover/publications/upload/", way="file", files={"upload": file})
        return path_of(answer).replace("/file/", "/details/")

    def fill_in(self, details: str, **typed: str) -> requests.Response:
        record = {
            "language": "en",
            "type": "report",
            "year": "2021",
            "authors": "Rakotonirina, Hanitra",
            "topics": ["social-assistance"],
            "places": "Madagascar",
            "abstract": "What they earn and what they put by.",
            "sharing": "own",
        }
        return self.send(details, **(record | typed))


def path_of(answer: requests.Response) -> str:
    return requests.utils.urlparse(answer.url).path


def number_of(answer: requests.Response) -> int:
    return int(re.search(r"/(\d+)/", path_of(answer))[1])


@pytest.fixture(params=stoppable.PARTS)
def without(house, request):
    """The house without one part, which is brought back at the end however the test went."""
    house.stop_part(request.param)
    yield request.param
    if request.param == "index" or request.param not in house.running:
        house.begin_part(request.param)
    house.until(house.is_ready)


def test_pages_serve_while_a_part_is_missing_and_nothing_typed_is_lost(house, without):
    assert house.missing() == NAMED[without]
    pages_serve(house, LANGUAGES[without], without)
    doors_work(house, without)
    member, editor = Person(house, without), Person(house, "editor")
    record = share(member, without)
    decide(editor, record)
    member.press("/en/me/privacy/", "/en/me/privacy/export/")
    house.begin_part(without)
    house.until(house.is_ready)
    waited_for(house, member, without)


def pages_serve(house, language, part):
    """As in a whole house; where the index is what a page shows, it says that search is away and shows what is new."""
    for path in house.pages:
        answer = requests.get(f"{house.base}/{language}{path}", timeout=30)
        if part == "index" and answer.status_code == 503:
            assert UNAVAILABLE in answer.text, path
            assert "Pensions in volume" in answer.text, path
        else:
            assert answer.status_code == house.answers[path], path
            assert "</html>" in answer.text, path


def doors_work(house, part):
    """Somebody joins, and is told where the letter with their code may be late."""
    newcomer = Person(house, f"new.{part}")
    assert path_of(newcomer.join()) == "/en/accounts/confirm-email/"
    if part == "mail":
        house.let_letters_wait()
        house.until(lambda: house.missing() == {"letters"})
        assert LATE in newcomer.get("/en/accounts/confirm-email/").text
    if part == "redis":  # what most limits of the kind are counted in
        guesser = Person(house, "guessed")
        assert [guesser.sign_in("a wrong guess").status_code for _ in range(6)] == [200] * 5 + [429]


def share(member, part):
    """From a file to the editors, with a form that fails in between; answers the number of the record."""
    assert member.sign_in().status_code == 200
    details = member.begin(part)
    failed = member.fill_in(details, title=TITLES[part], year="long ago")
    assert failed.status_code == 200
    assert "long ago" in failed.text
    another_day = member.get(details).text
    assert [kept for kept in (TITLES[part], "What they earn", "paper.pdf") if kept not in another_day] == []
    checked = member.fill_in(details, title=TITLES[part])
    assert path_of(checked).endswith("/check/")
    sent = member.send(path_of(checked))
    assert "/me/contributions/" in path_of(sent)
    return number_of(sent)


def decide(editor, record):
    editor.sign_in()
    queue = editor.get("/en/staff/review/").text
    case = re.findall(r"/en/staff/review/\d+/", queue)[-1]
    page = editor.get(case).text
    turn = re.search(r'name="turn" value="(\d+)"', page)[1]
    assert editor.send(case, step="publish", turn=turn, note="Thank you.").status_code == 200
    public = requests.get(f"{editor.house.base}/p/p{record}", timeout=30)
    assert public.status_code == 200


def waited_for(house, member, part):
    """Each letter leaves once, search finds what was published, the export is there."""
    expected = {address(f"new.{part}"), address(part)}
    house.until(lambda: expected <= set(house.taken) and house.is_found(TITLES[part]))
    house.until(lambda: "/en/me/privacy/export/download/" in member.get("/en/me/privacy/").text)
    letters = house.letters_to(*expected)
    house.until(lambda: {state for _address, state in house.letters_to(*expected)} == {"sent"})
    assert Counter(house.taken)[address(f"new.{part}")] == 1
    assert Counter(one for one in house.taken if one in expected) == Counter(one for one, _state in letters)
