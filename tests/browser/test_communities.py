"""A member opens a private community of which nobody else hears, and one by request: whoever followed a link to a
document comes to that document, until they are shut out (J4)."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pytest

from portal.demo import pdfs
from tests.browser import letters, rooms
from tests.browser.conftest import Reader
from tests.browser.people import EDITOR, decide, follow, join, press, take_up, tick
from tests.browser.site import Site, until

LIST = "/connect/communities/"
OUTSIDER = "translator@demo.example"
SECOND = "lucia-hernandez-rios"  # handle of whoever runs it with them
LOCATION = re.compile(r"<loc>([^<]+)</loc>")


@dataclass(frozen=True)
class Told:
    """What differs from one telling of the journey to the other. No other text holds one of the names or the word."""

    language: str
    width: int
    scripts: bool
    hidden: str  # name of the private community
    hidden_fr: str
    word: str  # in its discussion
    wrong: str  # nearly the word
    asking: str  # name of the community by request
    person: str  # who asks


FRENCH = Told(
    language="fr",
    width=390,
    scripts=False,
    hidden="Zqmartinet working group",
    hidden_fr="Groupe de travail Zqmartinet",
    word="zqalouette",
    wrong="zqalouete",
    asking="Zqpinson, learning by doing",
    person=rooms.OTHER,
)
ENGLISH = Told(
    language="en",
    width=1280,
    scripts=True,
    hidden="Zqswift working group",
    hidden_fr="Groupe de travail Zqswift",
    word="zqskylark",
    wrong="zqskylrk",
    asking="Zqfinch, learning by doing",
    person=rooms.MEMBER,
)


def ask_for_community(founder: Reader, name: str, access: str) -> None:
    """On the form, in English, for people of two languages."""
    page = founder.page
    page.select_option("[name=language]", "en")
    page.fill("[name=name]", name)
    page.fill("[name=purpose]", f"{name}: we compare what we tried and keep what others can use again.")
    page.fill("[name=audience]", "Whoever runs a programme.")
    page.fill("[name=plan]", "Four meetings in the year, each with minutes, and one checklist that all have tried.")
    for language in ("en", "fr"):
        tick(founder, "languages", language)
    page.check(f"[name=access][value={access}]")
    if access == "request":
        page.fill("[name=question]", "What do you work on?")
    page.fill("[name=facilitator]", SECOND)
    page.check("[name=conduct]")
    press(founder)
    assert re.search(r"/me/communities/\d+/$", founder.path)
    assert name in founder.page.locator("h1").inner_text()


def add_document(member: Reader, front: str, title: str) -> tuple[str, str]:
    """Where it is, and where its file is."""
    content = pdfs.make_pdf(title, "Awa Diallo", "en", [[pdfs.Section(heading=title, paragraphs=["We met."])]])
    file = {"name": "minutes.pdf", "mimeType": "application/pdf", "buffer": content}
    member.open(f"{front}documents/add/")
    member.page.set_input_files("input[type=file]", file)
    member.page.fill("[name=title]", title)
    member.page.select_option("[name=language]", "en")
    press(member)
    assert member.page.locator("main h2", has_text=title).count() == 1
    link = member.page.locator("main a[download][href^='/files/']").first
    return member.path, link.get_attribute("href") or ""


def status_of(site: Site, path: str) -> int:
    """For a stranger."""
    try:
        site.get(path)
    except HTTPError as error:
        return error.code
    return 200


def sitemap_lines(site: Site) -> Iterator[str]:
    for location in LOCATION.findall(site.get("/sitemap.xml").decode()):
        yield from LOCATION.findall(site.get(urlsplit(location).path).decode())


class Journey:
    """The steps of one telling, in their order. Each finds the page where the step before left it."""

    hidden: str  # front of the private community
    asking: str  # front of the one by request
    thread: str
    minutes: tuple[str, str]
    guide: tuple[str, str]  # the document in the community by request, and its file

    def __init__(self, told: Told, visit: Callable[..., Reader], site: Site) -> None:
        ways: dict[str, Any] = {"language": told.language, "width": told.width, "scripts": told.scripts}
        self.told, self.site = told, site
        self.founder, self.guest, self.person = visit(**ways), visit(**ways), visit(**ways)
        self.outsider = visit(**ways, role=OUTSIDER)
        self.editor = visit(language="fr", scripts=told.scripts, role=EDITOR)
        self.home = f"/{told.language}"
        self.founder_address, self.guest_address = (
            f"{who}-{secrets.token_hex(4)}@example.org" for who in ("awa", "moussa")
        )

    def member_asks_for_a_private_community(self) -> None:
        founder = self.founder
        founder.open(f"{self.home}/accounts/signup/?next={self.home}{LIST}new/")
        join(founder, self.founder_address)
        ask_for_community(founder, self.told.hidden, "private")
        self.hidden = self.opened(self.told.hidden)

    def opened(self, name: str) -> str:
        """The editor opens it with a note; where it is."""
        front = self.founder.page.locator(f"aside a[href*='{LIST}']").first.get_attribute("href") or ""
        self.editor.open("/fr/staff/review/")
        take_up(self.editor, name)
        decide(self.editor, "publish", "Bon travail à vous.")
        self.founder.page.reload()
        assert "Bon travail à vous." in self.founder.page.locator("main").inner_text()
        return front

    def admin_adds_a_french_title(self) -> None:
        founder = self.founder
        founder.open(f"{self.hidden}edit/fr/")
        founder.page.fill("[name=name]", self.told.hidden_fr)
        press(founder)
        founder.open("/fr" + self.hidden[3:])
        assert founder.page.locator("h1").inner_text() == self.told.hidden_fr

    def admin_keeps_minutes_and_starts_a_discussion(self) -> None:
        founder, page = self.founder, self.founder.page
        self.minutes = add_document(founder, self.hidden, f"Minutes {self.told.word}")
        founder.open(self.hidden)
        press(founder)
        page.check("[name=kind][value=question]")
        page.fill("[name=title]", f"Who has seen the {self.told.word}?")
        page.fill("[name=text]", f"The {self.told.word} comes back every spring.")
        press(founder)
        self.thread = founder.path
        assert page.locator("article.post .label").count() == 0, "it waits for nobody"

    def a_guest_comes_in_by_letter(self) -> None:
        founder, guest = self.founder, self.guest
        founder.open(f"{self.hidden}members/invite/")
        founder.page.fill("[name=address]", self.guest_address)
        founder.page.select_option("[name=language]", self.told.language)
        press(founder)
        letter = letters.arrived(self.site, self.guest_address, lambda one: "/invitations/" in letters.words(one))
        guest.open(letters.path_in(letter, "/invitations/"))
        press(guest)
        join(guest, self.guest_address, "Moussa Konaté")
        guest.page.check("[name=conduct]")
        press(guest)
        assert guest.path == self.hidden
        follow(guest, guest.page.locator(f"main a[href='{self.thread}']").first)
        assert self.told.word in guest.page.locator("article.post").inner_text()

    def member_opens_another_by_request(self) -> None:
        """Once the list knows it, search has caught up with all that came before."""
        founder = self.founder
        founder.open(f"{self.home}{LIST}new/")
        ask_for_community(founder, self.told.asking, "request")
        self.asking = self.opened(self.told.asking)
        self.guide = add_document(founder, self.asking, "How we learn")
        listed = f"{self.home}{LIST}?format=json&q={self.told.asking.split(',')[0]}"
        assert until(lambda: self.site.data(listed)["count"] == 1, 240)
        assert f"{self.site.base}{self.asking}" in sitemap_lines(self.site)

    def nobody_hears_of_the_private_one(self) -> None:
        """Neither in what people read nor in what programs read; what was asked for is not said back."""
        name, word, home = self.told.hidden.split()[0], self.told.word, self.home
        for asked in (name, word):
            for path in (LIST, "/connect/discussions/"):
                assert self.site.data(f"{home}{path}?format=json&q={asked}")["count"] == 0
            self.outsider.open(f"{home}/search/?q={asked}")
            assert self.outsider.page.locator("main article").count() == 0
        read = [
            LIST,
            f"{LIST}feed/",
            "/connect/discussions/",
            "/connect/discussions/feed/",
            f"/search/?q={self.told.wrong}",
        ]
        for path in read:
            text = self.site.get(home + path).decode()
            assert name not in text, path
            assert word not in text, path
        assert not [line for line in sitemap_lines(self.site) if urlsplit(line).path.startswith(self.hidden)]

    def nobody_gets_in_by_address(self) -> None:
        document, file = self.minutes
        for path in (self.hidden, self.thread, document):
            self.outsider.open(path, 404)
        assert self.outsider.context.request.get(self.site.base + file).status == 404
        assert [status_of(self.site, path) for path in (self.hidden, self.thread, document, file)] == [404] * 4

    def a_person_follows_a_link_and_asks_to_join(self) -> None:
        person, (document, _file) = self.person, self.guide
        person.open(document)
        page = person.page
        page.fill("input[name=login]", self.told.person)
        page.fill("input[name=password]", "demo-portal")
        with page.expect_navigation():
            page.press("input[name=password]", "Enter")
        assert person.path.startswith(f"{self.asking}join/")
        page.check("[name=conduct]")
        press(person)
        assert page.locator(".error-summary li").count() == 1, "the question is to be answered"
        page.fill("[name=answer]", "I keep lists in three districts.")
        page.check("[name=conduct]")
        press(person)
        assert person.path == self.asking

    def admin_accepts_and_the_letter_leads_to_the_document(self) -> None:
        founder, person, (document, file) = self.founder, self.person, self.guide
        founder.open(f"{self.asking}members/")
        asked = founder.page.locator("section[aria-labelledby=asked] article")
        assert "I keep lists in three districts." in asked.inner_text()
        follow(founder, asked.locator("button"))
        letters.let_go(self.site, self.told.person)
        letter = letters.arrived(self.site, self.told.person, lambda one: document in letters.words(one))
        person.open(letters.path_in(letter, "/documents/"))
        assert person.path == document
        assert person.context.request.get(self.site.base + file).status == 200

    def admin_removes_them_and_the_door_is_shut(self) -> None:
        """Also in the tab that stands open at the document."""
        founder, person, (document, file) = self.founder, self.person, self.guide
        name = {rooms.OTHER: "Aïcha Maïga", rooms.MEMBER: "Samuel Okello"}[self.told.person]
        founder.open(f"{self.asking}members/")
        follow(founder, founder.page.locator("main a[href*='/members/']", has_text=name).last)
        founder.page.fill("form:has(.btn--bad) textarea", "The places are taken.")
        follow(founder, founder.page.locator("main .btn--bad"))
        href = person.page.locator("main a[download]").first.get_attribute("href") or ""
        assert href == file
        person.open(href, 404)
        person.open(document)
        assert person.path.startswith(f"{self.asking}join/")


@pytest.mark.parametrize("told", [FRENCH, ENGLISH], ids=["French, no scripts, phone", "English"])
def test_what_is_private_is_heard_of_by_nobody_and_a_link_leads_to_its_document(told, visit, site):
    journey = Journey(told, visit, site)
    journey.member_asks_for_a_private_community()
    journey.admin_adds_a_french_title()
    journey.admin_keeps_minutes_and_starts_a_discussion()
    journey.a_guest_comes_in_by_letter()
    journey.member_opens_another_by_request()
    journey.nobody_hears_of_the_private_one()
    journey.nobody_gets_in_by_address()
    journey.a_person_follows_a_link_and_asks_to_join()
    journey.admin_accepts_and_the_letter_leads_to_the_document()
    journey.admin_removes_them_and_the_door_is_shut()
