"""A member shares a publication, an editor asks for a change, the member makes it, readers find it (J1)."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError

import pytest

from portal.demo import pdfs
from tests.browser import letters
from tests.browser.conftest import Reader
from tests.browser.people import EDITOR, decide, follow, join, press, sign_in, take_up
from tests.browser.site import Site, until

LIST = "/discover/publications/"
UPLOAD = f"{LIST}upload/"


@dataclass(frozen=True)
class Told:
    """What differs from one telling of the journey to the other: each has countries of its own, since both count."""

    language: str
    width: int
    scripts: bool
    places: str
    country: str
    summary: str  # beginning of what stands first on a page that came back
    states: tuple[str, str, str]
    word: str  # that no other document holds
    known: str  # title of a record of the demonstration


FRENCH = Told(
    language="fr",
    width=390,
    scripts=False,
    places="Kenya\nOuganda",
    country="KE",
    summary="Erreur",
    states=("En relecture", "Modifications demandées", "Publié"),
    word="zqhirondelle",
    known="Stratégie nationale de protection sociale en Mauritanie",
)
ENGLISH = Told(
    language="en",
    width=1280,
    scripts=True,
    places="Madagascar\nMozambique",
    country="MG",
    summary="Error",
    states=("In review", "Changes asked", "Published"),
    word="zqswallow",
    known="Water Treatment and Child Mortality: Evidence from Kenya",
)


def one_letter_off(title: str) -> str:
    """As somebody types who is in a hurry: two neighbours of the longest word are one."""
    longest = max(re.findall(r"[^\W\d]+", title), key=len)
    return title.replace(longest, longest[:3] + longest[4:], 1)


def numbers(site: Site, told: Told) -> tuple[int, int, int]:
    """What anybody may count: publications of the country, those of members among them, those with the word."""
    path = f"/{told.language}{LIST}?format=json"
    asked = (f"&country={told.country}", f"&country={told.country}&provenance=member", f"&q={told.word}")
    of_country, of_members, with_word = (site.data(path + one)["count"] for one in asked)
    return of_country, of_members, with_word


def facet_count(reader: Reader, told: Told) -> int:
    """The number beside the country among the filters of the list."""
    reader.open(f"/{told.language}{LIST}?country={told.country}")
    option = reader.page.locator(f"#filters label:has(input[name=country][value={told.country}])")
    return int(re.findall(r"\d+", option.text_content() or "")[-1])


def is_found(site: Site, path: str) -> bool:
    try:
        return bool(site.get(path))
    except HTTPError:
        return False


def pick_file(member: Reader, told: Told) -> None:
    text = f"Les {told.word} reviennent chaque printemps aux guichets des petits marchés."
    pages = [[pdfs.Section(heading=f"Page {number}", paragraphs=[text])] for number in (1, 2, 3)]
    content = pdfs.make_pdf("Guichets", "Awa Diallo", "fr", pages)
    member.page.set_input_files(
        "input[type=file]", {"name": "guichets.pdf", "mimeType": "application/pdf", "buffer": content}
    )
    press(member)
    assert member.path.endswith("/details/")
    stored = member.page.locator(".notice--good").first.inner_text()
    assert "guichets.pdf" in stored
    assert "3 pages" in stored
    assert re.search(r"\d[\s\u202f\u00a0]?(k|K|M)[Bo]", stored), stored


def fill_in(member: Reader, told: Told, title: str) -> None:
    page = member.page
    page.fill("[name=title]", title)
    page.select_option("[name=language]", told.language)
    page.select_option("[name=type]", "report")
    page.fill("[name=year]", "2024")
    page.fill("[name=places]", told.places)
    root = page.locator("details:has(input[name=topics][value=cash-transfers])").first
    if not page.locator("input[name=topics][value=cash-transfers]").is_visible():
        root.locator("> summary").click()
    page.check("input[name=topics][value=cash-transfers]")
    page.fill("[name=abstract]", "Ce que gagnent les guichets, et ce qu’ils coûtent.")
    page.check("input[name=sharing][value=open]")
    page.check("input[name=shows_owner]")


def says_what_lacks(member: Reader, told: Told) -> None:
    """Once in the summary, once at the field that it leads to."""
    page = member.page
    assert page.title().startswith(told.summary)
    sentence = page.locator(".error-summary li").inner_text()
    assert page.locator(".field--bad .field__error").inner_text().endswith(sentence)
    target = page.locator(".error-summary a").get_attribute("href")
    assert page.locator(f"{target}[name=licence]").count() == 1


def is_kept(member: Reader, told: Told, title: str) -> None:
    page = member.page
    assert page.input_value("[name=title]") == title
    assert page.input_value("[name=places]").split() == told.places.split()
    assert page.is_checked("input[name=topics][value=cash-transfers]")
    assert page.is_checked("input[name=sharing][value=open]")
    assert "guichets.pdf" in page.locator(".notice--good").first.inner_text()


def says_another(member: Reader) -> None:
    panel = member.page.locator("section:has(#here-already)")
    assert panel.locator("a.btn").count() == 1  # it is this one
    follow(member, panel.locator("button"))
    assert member.page.locator("#here-already").count() == 0


def state_of(member: Reader) -> str:
    return member.page.locator("main .label").first.inner_text()


class Journey:
    """The steps of one telling, in their order. Each finds the page where the step before left it."""

    title: str  # that the member typed
    contribution: str  # the member's page about it
    record: str  # its page for readers
    case: str  # the editor's page about it
    before: tuple[int, int, int]  # what anybody could count when it was sent in

    def __init__(self, told: Told, visit: Callable[..., Reader], site: Site) -> None:
        ways: dict[str, Any] = {"language": told.language, "width": told.width, "scripts": told.scripts}
        self.told, self.site = told, site
        self.member, self.stranger = visit(**ways), visit(**ways)
        self.editor = visit(language="fr", scripts=told.scripts)
        self.address, self.home = f"awa-{told.language}@example.org", f"/{told.language}"

    def member_joins_on_the_way_to_sharing(self) -> None:
        """From the page one wants, through joining, back to it."""
        self.member.open(f"{self.home}{UPLOAD}")
        assert self.member.path.startswith(f"{self.home}/accounts/login/")
        follow(self.member, self.member.page.locator("main a[href*='/signup/']").first)
        join(self.member, self.address)
        assert self.member.path == f"{self.home}{UPLOAD}"

    def member_describes_a_file(self) -> None:
        """With a title that is nearly another's, and without a licence: the page comes back and nothing is lost."""
        member, told = self.member, self.told
        pick_file(member, told)
        self.title = one_letter_off(told.known)
        fill_in(member, told, self.title)
        press(member)
        says_what_lacks(member, told)
        is_kept(member, told, self.title)
        member.page.fill("[name=authors]", "Diallo, Awa")
        says_another(member)
        assert member.page.input_value("[name=authors]") == "Diallo, Awa"
        is_kept(member, told, self.title)

    def member_sends_it(self) -> None:
        member = self.member
        member.page.select_option("[name=licence]", "cc-by-4.0")
        press(member)
        assert member.path.endswith("/check/")
        self.before = numbers(self.site, self.told)
        press(member)
        assert state_of(member) == self.told.states[0]
        self.contribution = member.path

    def nobody_else_finds_it(self) -> None:
        member, stranger = self.member, self.stranger
        self.record = member.page.locator(f"aside a[href*='{LIST}']").first.get_attribute("href") or ""
        member.open(self.record)
        document = member.page.locator("a[download][href^='/files/']").first.get_attribute("href") or ""
        assert member.context.request.get(self.site.base + document).status == 200
        stranger.open(self.record, 404)
        assert not is_found(self.site, document)
        stranger.open(f"{self.home}/search/?q={self.told.word}")
        assert stranger.page.locator("article.record").count() == 0
        assert numbers(self.site, self.told) == self.before

    def editor_asks_for_a_change(self) -> None:
        editor = self.editor
        sign_in(editor, EDITOR, "/fr/staff/review/")
        take_up(editor, self.title)
        self.case = editor.path
        decide(editor, "ask", "Ajoutez le mois de parution.")

    def member_is_told_by_letter(self) -> None:
        letters.let_go(self.site, self.address)
        letter = letters.arrived(self.site, self.address, lambda mail: "Ajoutez le mois" in letters.words(mail))
        assert letter["Content-Language"] == self.told.language
        self.member.open(letters.path_in(letter, "/me/contributions/"))
        assert self.member.path == self.contribution
        assert "Ajoutez le mois de parution." in self.member.page.locator(".timeline").inner_text()
        assert state_of(self.member) == self.told.states[1]

    def member_makes_it_and_sends_again(self) -> None:
        member = self.member
        press(member)
        if not member.page.locator("[name=month]").is_visible():
            member.page.locator("details:has([name=month]) > summary").click()
        member.page.select_option("[name=month]", "3")
        press(member)
        press(member)
        assert member.path == self.contribution
        steps = member.page.locator(".timeline > li").all()
        assert len(steps) >= 3
        assert all(step.locator("time[datetime]").count() == 1 for step in steps)

    def editor_publishes_and_it_counts(self) -> None:
        count = facet_count(self.stranger, self.told)
        self.editor.open(self.case)
        decide(self.editor, "publish", "Merci.")
        expected = tuple(number + 1 for number in self.before)
        assert until(lambda: numbers(self.site, self.told) == expected, 120), (numbers(self.site, self.told), expected)
        assert facet_count(self.stranger, self.told) == count + 1

    def a_visitor_finds_it_by_a_word_of_its_text(self) -> None:
        stranger = self.stranger
        stranger.open(f"{self.home}/search/?q={self.told.word}")
        follow(stranger, stranger.page.locator("article.record .record__title a").first)
        assert stranger.path == self.record
        assert "Awa Diallo" in stranger.page.locator("main").inner_text()

    def member_sees_that_it_is_public(self) -> None:
        self.member.open(self.contribution)
        assert state_of(self.member) == self.told.states[2]
        assert self.member.page.locator(".timeline > li").count() >= 4


@pytest.mark.parametrize("told", [FRENCH, ENGLISH], ids=["French, no scripts, phone", "English"])
def test_a_member_shares_a_publication_and_readers_find_it(told, visit, site):
    journey = Journey(told, visit, site)
    journey.member_joins_on_the_way_to_sharing()
    journey.member_describes_a_file()
    journey.member_sends_it()
    journey.nobody_else_finds_it()
    journey.editor_asks_for_a_change()
    journey.member_is_told_by_letter()
    journey.member_makes_it_and_sends_again()
    journey.editor_publishes_and_it_counts()
    journey.a_visitor_finds_it_by_a_word_of_its_text()
    journey.member_sees_that_it_is_public()
