"""What strangers try on every site, once each: forged forms, hosts, redirects, questions about who is a member…"""

from __future__ import annotations

import csv
import io
import re
import socket
from email import message_from_bytes
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.models import User
from notifications import rendering
from notifications.models import Letter
from publications import uploading
from publications.models import Draft, Publication
from tests import factories
from tests.access import TABLE, canaries
from tests.access.sending import SENDING
from tests.members import helpers
from tests.private import rest_of_details

pytestmark = pytest.mark.django_db

# Whose caller has no cookie; both ask for a signature instead.
WITHOUT_TOKEN = {"notifications:stop", "mail_hook"}
ELSEWHERE = (
    *("//evil.example/", "https://evil.example/", "https:evil.example", "https:///evil.example", "///evil.example"),
    *("\\\\evil.example", "/\\evil.example", "%2F%2Fevil.example", "/%5Cevil.example", "javascript:alert(1)"),
    *(" //evil.example", "\t//evil.example", "http://testserver@evil.example/", "http://testserver.evil.example/"),
)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1")


# ---------- Forged forms ----------


@pytest.mark.parametrize("name", sorted(set(SENDING) - WITHOUT_TOKEN))
def test_a_form_of_another_site_is_refused(name, world, clients):
    strict = Client(enforce_csrf_checks=True, headers={"User-Agent": "a bot"})
    strict.cookies = clients["administrator"].cookies
    for state in SENDING[name].answers:
        answer = strict.post(TABLE[name].address(world, state), SENDING[name].data(world, state))
        assert answer.status_code in (403, 301), state


@pytest.mark.parametrize("name", sorted(WITHOUT_TOKEN))
def test_two_addresses_ask_for_a_signature_in_place_of_a_token(name, world):
    strict = Client(enforce_csrf_checks=True)
    expected = 200 if name == "notifications:stop" else 404  # no provider is set here
    assert strict.post(TABLE[name].address(world, "")).status_code == expected


# ---------- Hosts ----------


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "localhost@evil.example", "evil.example:80"]
)
def test_a_host_that_is_not_ours_gets_nothing(host, client):
    assert client.get("/en/", headers={"host": host}).status_code == 400
    assert client.get("/en/", headers={"host": "localhost", "x-forwarded-host": host}).status_code != 302


def test_links_in_letters_do_not_follow_the_host_of_who_asks(client, settings):
    """Asked under another of our hosts, for the address of somebody else."""
    settings.ALLOWED_HOSTS = ["*"]
    settings.PORTAL_BASE_URL = "https://portal.example"
    helpers.member("victim@example.org")
    host = {"host": "evil.example"}
    client.post("/en/accounts/password/reset/", {"email": "victim@example.org"}, headers=host)
    client.post("/en/accounts/login/code/", {"email": "nobody@example.org"}, headers=host)
    joining = {"display_name": "Awa", "email": "victim@example.org", "password1": helpers.PASSWORD, "language": "en"}
    client.post("/en/accounts/signup/", joining | {"remarks": ""}, headers=host)
    letters = list(Letter.objects.filter(address__in=["victim@example.org", "nobody@example.org"]))
    assert len(letters) == 3
    assert "evil.example" not in "".join(str(one.context) for one in letters)


def test_the_letter_about_a_message_does_not_either(settings, client):
    settings.ALLOWED_HOSTS = ["*"]
    writer, reader = helpers.member("writer@example.org"), factories.profile("Samuel")
    client.force_login(writer)
    address = reverse("people:write", args=[reader.handle])
    client.post(address, {"subject": "Hello", "text": "A word."}, headers={"host": "evil.example"})
    assert "evil.example" not in str(helpers.newest_letter(reader.user.email).context)


# ---------- Redirects ----------


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_no_next_leads_to_another_site(elsewhere, world, clients, client):
    member = helpers.member()
    member.emailaddress_set.update(verified=True)
    answers = [
        helpers.sign_in(Client(), **{"next": elsewhere}),
        helpers.join(Client(), following=elsewhere, email="new@example.org"),
        clients["trusted"].post(reverse("people:welcome"), {"time_zone": "UTC", "next": elsewhere}),
        clients["trusted"].get(f"{reverse('account_login')}?next={quote(elsewhere)}"),
        clients["staff"].get(f"{reverse('admin:login')}?next={quote(elsewhere)}"),
        clients["trusted"].post(f"{reverse('account_logout')}?next={quote(elsewhere)}", {"next": elsewhere}),
        client.get(f"/?next={quote(elsewhere)}"),
    ]
    for answer in answers:
        assert answer.status_code == 302
        where = answer["Location"].replace("\\", "/")  # as browsers read it
        assert urlsplit(urljoin("http://testserver/en/", where)).netloc == "testserver", where


@pytest.mark.parametrize("path", ["//evil.example/", "///evil.example/..", "/\\evil.example/", "/%2F/evil.example/"])
def test_an_address_without_its_slash_or_language_does_not_either(path, client):
    answer = client.get(path)
    assert not re.match(r"[/\\]{2}|\w+:", answer.get("Location", "/"))


# ---------- Who is a member? ----------


@pytest.mark.parametrize("door", ["account_signup", "account_reset_password", "account_request_login_code"])
def test_a_door_answers_alike_whether_it_knows_an_address_or_not(door):
    helpers.member("known@example.org")
    seen = []
    for address in ("known@example.org", "other@example.org"):
        client, fields = Client(), {"email": address}
        if door == "account_signup":
            fields |= {"display_name": "Awa", "password1": helpers.PASSWORD, "language": "en", "remarks": ""}
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(reverse(door), fields)
        page = client.get(answer["Location"]) if answer.status_code == 302 else answer
        text = re.sub(r'value="[\w-]{64}"', "", page.content.decode()).replace(address, "")
        seen.append((answer.status_code, answer.get("Location"), text, len(asked) // 40))
    assert seen[0] == seen[1]


# ---------- More fields than were asked for ----------


def test_what_a_form_does_not_ask_is_not_taken(client):
    """A member sends rights, states and owners along with each form."""
    stolen = factories.member("Somebody Else")
    more = {
        **{"is_staff": "on", "is_superuser": "on", "is_active": "", "groups": "1", "role": "administrator"},
        **{"status": "published", "owner": stolen.pk, "owner_id": stolen.pk, "user": stolen.pk, "provenance": "staff"},
        **{
            "published_at": "2020-01-01",
            "view_count": "900",
            "slug": "mine",
            "shows_owner": "",
            "listing": "everyone",
        },
        **{"handle": "boss", "verified": "on", "primary": "on", "email": "other@example.org", "sent_at": "2020-01-01"},
    }
    helpers.join(Client(), **{**more, "email": "joiner@example.org"})
    joined = User.objects.get(email="joiner@example.org")
    assert (joined.is_staff, joined.is_superuser, joined.is_active, joined.groups.count()) == (False, False, True, 0)
    assert not joined.emailaddress_set.get().verified

    member = helpers.member()
    profile = factories.profile(user=member, listing="members")
    client.force_login(member)
    fields = {f"visible_{one}": "me" for one in profile.visibility} | {"time_zone": "UTC"}
    client.post(reverse("people:welcome"), fields | more)
    client.post(reverse("publications:upload"), {"way": "link", "link": "https://elsewhere.example/report"} | more)
    member.refresh_from_db()
    profile.refresh_from_db()
    assert (member.is_staff, member.is_superuser, member.email) == (False, False, "awa@example.org")
    assert (profile.user, profile.listing) == (member, "members")
    assert profile.handle != "boss"
    draft = Draft.objects.get(owner=member)
    assert (draft.owner, draft.sent_at) == (member, None)


def test_a_publication_that_is_sent_in_is_what_the_house_makes_of_it(client, world):
    stolen, member = world.people["staff"], world.people["trusted"]
    member = world.people["other_member"]
    client.force_login(member)
    draft = uploading.begin_draft(by=member, begun_with="link", data={"link": ["https://elsewhere.example/report"]})
    more = {"status": "published", "owner": stolen.pk, "provenance": "staff", "published_at": "2020-01-01", "pk": "1"}
    fields = rest_of_details(world) | {"title": "Mine", "link": "https://elsewhere.example/report"}
    client.post(reverse("publications:draft_details", args=[draft.key]), fields | more)
    client.post(reverse("publications:draft_check", args=[draft.key]), more)
    made = Publication.objects.get(title_en="Mine")
    assert (made.status, made.owner, made.provenance, made.published_at) == ("in_review", member, "member", None)
    assert made.shows_owner is False


# ---------- Tables that a spreadsheet opens ----------


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_table_begins_a_formula(formula, client):
    made = factories.publication(f"{formula}title", authors=[(f"{formula}family", "Given")], doi="", isbn=formula[:17])
    made.tags.set([f"{formula}tag"])
    text = client.get(reverse("publications:cite", args=[made.slug, "csv"])).content.decode("utf-8-sig")
    cells = [cell for row in list(csv.reader(io.StringIO(text)))[1:] for cell in row]
    assert cells
    assert [cell for cell in cells if cell.startswith(tuple("=+-@\t\r"))] == []


# ---------- The house asks nobody ----------


def test_nothing_is_fetched_from_elsewhere_while_somebody_reads_or_shares(world, clients, monkeypatch):
    """Links of records, of drafts and of profiles stay links."""
    asked: list[object] = []
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def watched_connect(self, address):
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            asked.append(address)
            raise OSError("No way out.")
        return connect(self, address)

    def watched_resolve(host, *args, **kwargs):
        if host not in ("127.0.0.1", "::1", "localhost", None):
            asked.append(host)
            raise socket.gaierror("No way out.")
        return resolve(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", watched_connect)
    monkeypatch.setattr(socket, "getaddrinfo", watched_resolve)
    member = clients["trusted"]
    begun = member.post(reverse("publications:upload"), {"way": "link", "link": "http://169.254.169.254/latest/"})
    draft = Draft.objects.get(owner=world.people["trusted"])
    fields = rest_of_details(world) | {"title": "A link", "sharing": "link", "link": "https://elsewhere.example/"}
    member.post(begun["Location"], fields | {"doi": "10.1234/abc"})
    member.get(reverse("publications:draft_check", args=[draft.key]))
    visitor = clients["visitor"]
    visitor.get(world.media["link"].get_absolute_url())
    visitor.get(world.profiles["everyone"].get_absolute_url())
    canaries.walk(visitor, [reverse("home"), reverse("publications:list")], most=20)
    assert asked == []


# ---------- Letters ----------


def test_no_name_or_subject_adds_a_header_to_a_letter(client):
    writer = helpers.member("writer@example.org")
    User.objects.filter(pk=writer.pk).update(display_name="Awa\r\nBcc: all@example.org")
    reader = factories.profile("Samuel")
    client.force_login(writer)
    subject = "Hello\r\nBcc: all@example.org\r\n\r\nBuy"
    client.post(reverse("people:write", args=[reader.handle]), {"subject": subject, "text": "A word."})
    written = message_from_bytes(rendering.paper_of(helpers.newest_letter(reader.user.email)).text)
    assert written["Bcc"] is None
    assert written["To"] == reader.user.email


# ---------- Sessions ----------


def test_the_key_of_a_session_changes_when_somebody_comes_in(client):
    helpers.member()
    client.get(reverse("account_login"))
    session = client.session
    session["from"] = "before"
    session.save()
    client.cookies["sessionid"] = session.session_key
    before = session.session_key
    helpers.sign_in(client)
    assert helpers.is_in(client)
    assert client.cookies["sessionid"].value != before
    assert not Client(headers={"cookie": f"sessionid={before}"}).session.get("_auth_user_id")


def test_leaving_ends_the_session_that_was(client):
    helpers.member()
    helpers.sign_in(client)
    old = client.cookies["sessionid"].value
    client.post(reverse("account_logout"))
    thief = Client()
    thief.cookies["sessionid"] = old
    assert thief.get(reverse("people:edit")).status_code == 302
