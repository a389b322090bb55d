"""A new member's words wait, are approved, reported, hidden, changed and shown again; others are removed, appealed and
decided by somebody else, and the log tells all of it (J5)."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Locator

from tests.browser import gathering, letters, rooms
from tests.browser.conftest import Reader
from tests.browser.people import EDITOR, follow, join, press
from tests.browser.site import Site

COMMUNITY = f"/connect/communities/{gathering.RUN}/"
QUEUE, LOG = "/en/connect/moderation/", "/en/connect/moderation/log/"
TITLE = "Health insurance for people who are paid by the day"
SECOND = "translator@demo.example"
# As if whoever runs it had asked them in.
MADE_FACILITATOR = """
from django.utils import timezone; from communities import conduct; from communities.models import Community, Membership
from members.models import User
Membership.objects.update_or_create(community=Community.objects.get(slug="{slug}"),
    user=User.objects.get(email="{address}"), defaults=dict(role="facilitator", state="in", joined_at=timezone.now(),
    conduct_version=conduct.version(), conduct_at=timezone.now()))
"""
REPORTS = {"trusted@demo.example": "off_topic", EDITOR: "private", rooms.ADMINISTRATOR: "wrong"}


@dataclass(frozen=True)
class Told:
    """What differs from one telling of the journey to the other; nobody else has the name, no text one of the words."""

    language: str
    width: int
    scripts: bool
    name: str
    first: str
    changed: str
    other: str
    reported: str  # beginning of what the author reads of why it is hidden


FRENCH = Told("fr", 390, False, "Awa Zqmerle", "zqmesange", "zqrossignol", "zqcorbeau", "Trois membres")
ENGLISH = Told("en", 1280, True, "Awa Zqrobin", "zqwarbler", "zqnightingale", "zqraven", "Three members")


def post_with(reader: Reader, word: str) -> Locator:
    return reader.page.locator("article.post", has_text=word)


def case_about(moderator: Reader, name: str) -> Locator:
    """In the queue, which is opened; the oldest stand first."""
    moderator.open(QUEUE)
    found = moderator.page.locator("article.case", has_text=name)
    while not found.count():
        follow(moderator, moderator.page.locator(".pager a[rel=next]"))
    return found


def decide(moderator: Reader, decision: str, reason: str = "") -> None:
    """On the page of a case."""
    moderator.page.check(f"[name=decision][value={decision}]")
    moderator.page.fill("[name=reason]", reason)
    press(moderator)
    assert moderator.path.startswith(QUEUE)
    assert moderator.page.locator(".notice--success, .notice--good").count() == 1


class Journey:
    """The steps of one telling, in their order. Each finds the page where the step before left it."""

    thread: str
    case: str  # the moderators' page about the first post
    anchor: str  # of what the author wrote last

    def __init__(self, told: Told, visit: Callable[..., Reader], site: Site) -> None:
        ways: dict[str, Any] = {"language": told.language, "width": told.width, "scripts": told.scripts}
        self.told, self.site = told, site
        self.author, self.stranger = visit(**ways), visit(**ways)
        self.reporters = {reason: visit(**ways, role=address) for address, reason in REPORTS.items()}
        rest = {"scripts": told.scripts}
        self.moderator = visit(**rest, role=gathering.MODERATOR)
        self.second = visit(**rest, role=SECOND)
        self.administrator = visit(**rest, role=rooms.ADMINISTRATOR)
        self.elsewhere = visit(**rest, role=rooms.OTHER)  # runs another community
        self.home, self.address = f"/{told.language}", f"merle-{secrets.token_hex(4)}@example.org"
        site.run("shell", "-v", "0", "-c", MADE_FACILITATOR.format(slug=gathering.RUN, address=SECOND))

    def somebody_new_joins(self) -> None:
        author = self.author
        author.open(f"{self.home}/accounts/signup/?next={self.home}{COMMUNITY}join/")
        join(author, self.address, self.told.name)
        author.page.check("[name=conduct]")
        press(author)
        assert author.path == f"{self.home}{COMMUNITY}"
        follow(author, author.page.locator("main a", has_text=TITLE).first)
        self.thread = author.path.partition("#")[0]

    def writes(self, text: str) -> None:
        """An answer, which waits: its author reads it and nobody else."""
        author, word = self.author, text.split()[0]
        author.open(self.thread)
        author.page.fill("[name=text]", text)
        press(author)
        assert post_with(author, word).locator(".label--warn").count() == 1
        self.anchor = post_with(author, word).get_attribute("id") or ""
        for reader in (self.stranger, next(iter(self.reporters.values()))):
            reader.open(self.thread)
            assert word not in reader.page.content()

    def two_moderators_meet(self) -> None:
        """The second sees that the first looks at it, and decides nothing."""
        moderator, second = self.moderator, self.second
        follow(moderator, case_about(moderator, self.told.name).locator("button[value=claim]"))
        self.case = moderator.path
        case = case_about(second, self.told.name)
        assert "Being handled by Meera Iyengar" in case.inner_text()
        assert case.locator("button").count() == 0
        second.open(self.case)
        assert second.page.locator("[name=decision]").count() == 0

    def the_first_approves(self) -> None:
        decide(self.moderator, "approved")
        self.stranger.open(self.thread)
        link = post_with(self.stranger, self.told.first).locator("a[href='https://fieldnotes.example/goats']")
        assert link.count() == 1
        self.is_told(self.thread, self.thread)

    def is_told(self, said: str, part: str = "/moderation/decisions/") -> str:
        """The author, by letter; answers where it leads."""
        letters.let_go(self.site, self.address)
        letter = letters.arrived(self.site, self.address, lambda mail: said in " ".join(letters.words(mail).split()))
        assert letter["Content-Language"] == self.told.language
        return letters.path_in(letter, part)

    def three_members_report_it(self) -> None:
        for reason, reporter in self.reporters.items():
            reporter.open(self.thread)
            follow(reporter, post_with(reporter, self.told.first).locator("a[href*='/report/post/']"))
            reporter.page.check(f"[name=reason][value={reason}]")
            press(reporter)
        self.stranger.open(self.thread)
        assert self.told.first not in self.stranger.page.content()
        assert self.gone().count() == 1

    def gone(self) -> Locator:
        """The notice that stands where the post stood."""
        return self.stranger.page.locator(f"#{self.anchor}.post--gone")

    def author_reads_why_and_changes_it(self) -> None:
        author, told = self.author, self.told
        author.open(self.is_told(told.reported))
        assert told.reported in author.page.locator("main").inner_text()
        follow(author, author.page.locator(f"main a[href^='{self.thread}']").first)
        post = post_with(author, told.first)
        assert told.reported in post.locator(".notice--warn").inner_text()
        follow(author, post.locator("a[href$='/edit/']"))
        author.page.fill("[name=text]", f"{told.changed} and nothing else.")
        press(author)

    def moderator_shows_it_again(self) -> None:
        follow(self.moderator, case_about(self.moderator, self.told.name).locator("button[value=claim]"))
        assert self.moderator.page.locator("#reports").count() == 1
        decide(self.moderator, "restored")
        self.stranger.open(self.thread)
        assert post_with(self.stranger, self.told.changed).count() == 1
        assert self.gone().count() == 0

    def another_is_removed(self) -> None:
        follow(self.moderator, case_about(self.moderator, self.told.name).locator("button[value=claim]"))
        decide(self.moderator, "removed", "Zq: it names a neighbour.")
        self.stranger.open(self.thread)
        assert "Zq: it names a neighbour." in self.gone().inner_text()

    def author_appeals(self) -> None:
        author = self.author
        author.open(self.is_told("Zq: it names a neighbour."))
        author.page.fill("[name=words]", "Zq: the neighbour is a bird.")
        press(author)
        assert author.page.locator("[name=words]").count() == 0, "once"

    def an_administrator_decides(self) -> None:
        """With a reason, without which nothing is saved."""
        administrator, author = self.administrator, self.author
        follow(administrator, case_about(administrator, self.told.name).locator("button[value=claim]"))
        assert "Zq: the neighbour is a bird." in administrator.page.locator("main").inner_text()
        administrator.page.check("[name=decision][value=overturned]")
        press(administrator)
        assert administrator.page.locator(".error-summary li").count() == 1
        decide(administrator, "overturned", "Zq: so it is.")
        author.open(self.is_told("Zq: so it is.", "/connect/"))
        self.stranger.open(self.thread)
        assert post_with(self.stranger, self.told.other).count() == 1

    def the_log_shows_the_chain(self) -> None:
        self.moderator.open(LOG)
        lines = self.moderator.page.locator(".timeline > li", has_text=self.told.name)
        second = ["Decision overturned", "Appealed", "Removed", "Held for approval"]
        first = ["Restored", "Edited by the author", "Hidden after three reports", *["Reported"] * 3]
        assert lines.locator("b").all_inner_texts() == [*second, *first, "Approved", "Held for approval"]

    def who_runs_another_community_sees_none_of_it(self) -> None:
        self.elsewhere.open(self.case, 404)
        for path in (QUEUE, LOG):
            self.elsewhere.open(path)
            assert self.told.name not in self.elsewhere.page.locator("main").inner_text()


@pytest.mark.parametrize("told", [FRENCH, ENGLISH], ids=["French, no scripts, phone", "English"])
def test_what_waits_is_reported_or_removed_is_decided_once_and_stands_in_the_log(told, visit, site):
    journey = Journey(told, visit, site)
    journey.somebody_new_joins()
    journey.writes(f"{told.first}: see https://fieldnotes.example/goats for ours.")
    journey.two_moderators_meet()
    journey.the_first_approves()
    journey.three_members_report_it()
    journey.author_reads_why_and_changes_it()
    journey.moderator_shows_it_again()
    journey.writes(f"{told.other}: ask my neighbour.")
    journey.another_is_removed()
    journey.author_appeals()
    journey.an_administrator_decides()
    journey.the_log_shows_the_chain()
    journey.who_runs_another_community_sees_none_of_it()
