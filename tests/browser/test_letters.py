"""A member decides what we send them: preferences, one click in a mail program, an address that fails and works again,
and at the end nothing of them is left but the numbers (J9). In French, on a phone, without scripts."""

from __future__ import annotations

import io
import json
import re
import secrets
import urllib.request
import zipfile
from email.message import EmailMessage

import pytest

from tests.browser import letters
from tests.browser.conftest import Reader
from tests.browser.people import PASSWORD, follow, join, press, sign_in
from tests.browser.site import Site, until

PREFERENCES = "/fr/me/letters/"
CHOSEN = "main input[type=radio][name*=message]:checked"
HANDLE = "from people.models import Profile; print(Profile.objects.get(user__email='{}').handle)"
# As if an editor had published what they shared.
SHARED = """
from django.utils import timezone; from members.models import User; from publications.models import Publication
from taxonomy.models import Licence, PublicationType
Publication.objects.create(slug="{slug}", title_fr="Zqpartage", original_language="fr", languages=["fr"], year=2024,
    type=PublicationType.objects.first(), licence=Licence.objects.first(), status="published", shows_owner=True,
    published_at=timezone.now(), owner=User.objects.get(email="{address}"), provenance="member")
"""
RETURNED = """MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b
From: mailer-daemon@elsewhere.example
To: portal@localhost
Subject: Undelivered mail

--b
Content-Type: text/plain

It came back.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; elsewhere.example

Final-Recipient: rfc822; {address}
Action: failed
Status: 5.1.1

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}

--b--
"""


def shell(site: Site, code: str) -> str:
    return site.run("shell", "-v", "0", "-c", code).strip()


@pytest.fixture
def address() -> str:
    return f"moussa-{secrets.token_hex(4)}@example.org"


@pytest.fixture
def member(visit, address) -> Reader:
    reader = visit(language="fr", width=390, scripts=False)
    reader.open(f"/fr/accounts/signup/?next={PREFERENCES}")
    join(reader, address, "Moussa Zqkonaté")
    return reader


def choice(member: Reader) -> str:
    member.open(PREFERENCES)
    return member.page.locator(CHOSEN).input_value()


def choose(member: Reader, frequency: str) -> None:
    member.open(PREFERENCES)
    member.page.check(f"main input[type=radio][name*=message][value={frequency}]")
    press(member)
    assert member.page.locator(".notice--good").count() == 1


def a_letter(site: Site, visit, address: str) -> EmailMessage:
    """Another member writes to them."""
    other = visit(language="en")
    handle = shell(site, HANDLE.format(address)).split()[-1]
    sign_in(other, "other@demo.example", f"/en/connect/members/{handle}/write/")
    for field in other.page.locator("main form input[type=text], main form textarea").all():
        field.fill("Zqquestion about your report")
    press(other)
    return letters.arrived(site, address, lambda mail: "Zqquestion" in letters.words(mail))


def stops_by_one_click(member: Reader, letter: EmailMessage) -> None:
    """What a mail program does, and what a scanner of links does not."""
    link = re.search(r"<(https?://[^>]+)>", str(letter["List-Unsubscribe"]))
    assert link is not None
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = re.sub(r"^https?://[^/]+", "", link[1])
    member.site.get(path)
    assert choice(member) == "at_once"
    posted = urllib.request.Request(member.site.base + path, data=b"List-Unsubscribe=One-Click")
    with urllib.request.urlopen(posted) as response:
        assert response.status == 200
    assert choice(member) == "never"


def stops_and_undoes(member: Reader, letter: EmailMessage) -> None:
    """The same by the link in the letter, as a person without an account at hand, and the way back."""
    member.open(letters.path_in(letter, "/letters/stop/"))
    assert "m•••@example.org" in member.page.locator("main").inner_text()
    press(member)
    assert "arrêté" in member.page.locator("h1").inner_text().lower()
    follow(member, member.page.locator("main form button"))
    assert choice(member) == "at_once"


def returned(letter: EmailMessage, site: Site, address: str, tmp_path) -> None:
    path = tmp_path / "returned.eml"
    path.write_text(RETURNED.format(address=address, message_id=letter["Message-ID"]))
    assert "hard" in site.run("read_bounces", str(path))


def sign_in_again(member: Reader, address: str, path: str) -> None:
    member.open("/fr/accounts/logout/")
    press(member)
    sign_in(member, address, path, PASSWORD)


def test_a_member_decides_what_we_send_and_can_change_their_mind(member, address, site, visit):
    choose(member, "never")
    assert choice(member) == "never"
    choose(member, "at_once")
    letter = a_letter(site, visit, address)
    stops_by_one_click(member, letter)
    choose(member, "at_once")
    stops_and_undoes(member, letter)


def test_an_address_whose_letters_come_back_is_stopped_and_trusted_again(member, address, site, visit, tmp_path):
    returned(a_letter(site, visit, address), site, address, tmp_path)
    sign_in_again(member, address, "/fr/me/contributions/")
    follow(member, member.page.locator("main .notice--warn a[href$='/me/address/']"))
    assert address in member.page.locator("main").inner_text()
    press(member)
    letter = letters.arrived(site, address, lambda mail: "/me/address/" in letters.words(mail))
    member.open(letters.path_in(letter, "/me/address/"))
    member.open("/fr/me/contributions/")
    assert member.page.locator("main .notice--warn").count() == 1, "looking at the link changes nothing"
    member.open(letters.path_in(letter, "/me/address/"))
    press(member)
    assert member.page.locator("main .notice--warn").count() == 0
    member.open("/fr/me/contributions/")
    assert member.page.locator("main .notice--warn").count() == 0


def test_a_member_takes_their_consents_along_and_leaves_the_numbers(member, address, site, visit):
    slug = address.split("@")[0]
    record = f"/fr/discover/publications/{slug}/"
    shell(site, SHARED.format(slug=slug, address=address))
    counted = "/fr/discover/publications/?format=json&q=Zqpartage&provenance=member"
    assert until(lambda: site.data(counted)["count"] == 1, 120)
    visitor = visit(language="fr", scripts=False)
    visitor.open(record)
    assert "Moussa Zqkonaté" in visitor.page.locator("main").inner_text()

    member.open("/fr/me/privacy/")
    follow(member, member.page.locator("form[action$='/export/'] button"))
    assert until(lambda: bool(member.open("/fr/me/privacy/")) and member.page.locator("a.btn--main").count() == 1, 120)
    with member.page.expect_download() as started:
        member.page.locator("a.btn--main").click()
    with zipfile.ZipFile(io.BytesIO(started.value.path().read_bytes())) as archive:
        consents = json.loads(archive.read("consents.json"))
    assert consents
    assert all(one["language"] == "fr" for one in consents)

    member.open("/fr/me/privacy/delete/")
    if member.page.locator("input[name=password]").count():  # asked of whoever signed in more than a moment ago
        member.page.fill("input[name=password]", PASSWORD)
        with member.page.expect_navigation():
            member.page.press("input[name=password]", "Enter")
    follow(member, member.page.locator("main form .btn--bad"))
    assert member.path == "/fr/about/account-deleted/"

    assert until(lambda: bool(visitor.open(record)) and "Moussa" not in visitor.page.content(), 120)
    assert "Ex-membre" in visitor.page.locator("main").inner_text()
    assert site.data(counted)["count"] == 1
    gone = "from allauth.account.models import EmailAddress as E; print(E.objects.filter(email='{}').count())"
    assert shell(site, gone.format(address)) == "0"
