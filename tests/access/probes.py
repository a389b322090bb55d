"""Probes that compare the access table with what is answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from html import unescape
from typing import Any
from urllib.parse import quote, urljoin

from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from content import registry
from portal import sitemaps
from tests import public_pages
from tests.access import TABLE
from tests.access.rows import Codes, Row, answers
from tests.access.sending import SENDING
from tests.access.sent import DONE, FORM, IN, LED_ON, REFUSED, SHOWN, Sent
from tests.access.watching import watched
from tests.world import HIDDEN, ROLES, World, mark


def routes() -> Iterator[tuple[str, URLPattern]]:
    """Every address of ours by the name of its row; the admin's inner ones are tested as a whole below."""

    def walk(patterns, space: str) -> Iterator[tuple[str, URLPattern]]:
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                yield from walk(pattern.url_patterns, f"{space}{pattern.namespace}:" if pattern.namespace else space)
            else:
                yield space + (pattern.name or f"/{pattern.pattern}"), pattern

    for name, pattern in walk(get_resolver().url_patterns, ""):
        if not name.startswith("admin:") or name in ("admin:index", "admin:login"):
            yield name, pattern


def surprises(
    row: Row, world: World, clients: dict[str, Client], roles=ROLES, methods=("get", "head")
) -> Iterator[str]:
    """Where reading differs from the row. Staff ask first: what a cache kept of them would reach the visitor."""
    tried: dict[str, set[str]] = {role: set() for role in roles}
    for state, codes in row.answers.items():
        address = row.address(world, state)
        for role in reversed(roles):
            for method in methods:
                asked = f"{method} {address} ({state}) as {role}"
                with watched() as written:
                    response = getattr(clients[role], method)(address)
                yield from (f"{asked}: {problem}" for problem in _wrong(response, codes, role, written))
                yield from (f"{asked}: {problem}" for problem in _refused_offers(response, clients[role], tried[role]))


def _wrong(response: Any, codes: Codes, role: str, written: list[str]) -> Iterator[str]:
    if response.status_code != codes[role]:
        yield f"{response.status_code}, not {codes[role]}"
    if codes["visitor"] != 200 and "public" in response.headers.get("Cache-Control", ""):
        yield "caches on the way may keep it"
    if written:
        yield f"reading wrote to {sorted(set(written))}"


def _refused_offers(response: Any, client: Client, tried: set[str]) -> Iterator[str]:
    """A page offers nobody what they may not do."""
    for relative, data in offered(response):
        action = urljoin(response.wsgi_request.get_full_path(), relative)
        if action not in tried and (code := send(client, action, data)[0]) in (403, 404, 405):
            yield f"a form is offered that is answered {code}, {action}"
        tried.add(action)


OFFERED = re.compile(r'<form\b[^>]*\bmethod="post"[^>]*\baction="([^"]+)"[^>]*>(.*?)</form>', re.DOTALL)
HIDDEN_FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


def offered(response: Any) -> list[tuple[str, dict[str, str]]]:
    """Where the forms of a page lead and what they send untouched, but for those that stand on every page."""
    if response.streaming or "text/html" not in response.get("Content-Type", ""):
        return []
    forms = OFFERED.findall(response.content.decode().partition("<main")[2])
    return [(unescape(where), dict(HIDDEN_FIELD.findall(form))) for where, form in forms if 'type="submit"' in form]


# ---------- Sending ----------

DOORS = ("/accounts/login/", "/accounts/reauthenticate/")


def surprises_by_sending(name: str, world: World, clients: dict[str, Client], roles=ROLES) -> Iterator[str]:
    """Where sending differs from the table, or a refusal wrote something."""
    row = SENDING.get(name) or Sent(dict.fromkeys(TABLE[name].answers, answers(405)))
    for state, codes in row.answers.items():
        address = TABLE[name].address(world, state)
        for role in roles:
            code, written = send(clients[role], address, row.data(world, state))
            if code != codes[role]:
                yield f"post {address} ({state}) as {role}: {code}, not {codes[role]}, wrote {written}"
            elif code in REFUSED and written:
                yield f"post {address} ({state}) as {role}: {code}, and yet it wrote {written}"


def done_by_other_methods(name: str, world: World, clients: dict[str, Client], roles=ROLES) -> list[str]:
    found = []
    for state in TABLE[name].answers:
        address = TABLE[name].address(world, state)
        for role in roles:
            for method in ("put", "patch", "delete"):
                code, written = send(clients[role], address, {}, method)
                if written or code in (DONE, SHOWN):
                    found.append(f"{method} {address} ({state}) as {role}: {code}, wrote {written}")
    return found


def send(
    client: Client, address: str, data: dict[str, Any], method: str = "post", look: Callable[[], object] = list
) -> tuple[int, list[str]]:
    """What the answer comes to (tests.access.sending), and the tables it wrote to; undone at the end, after a look."""
    sender = Client(headers={"User-Agent": "a bot"})
    sender.cookies = deepcopy(client.cookies)
    with transaction.atomic(), watched() as written:
        response = getattr(sender, method)(address, data)
        look()
        transaction.set_rollback(True)
    where = response.get("Location", "")
    code = response.status_code
    if code == 302 and any(door in where.partition("?")[0] for door in DOORS):
        code = IN
    elif not written:
        code = {302: LED_ON, 200: FORM}.get(code, code)
    return code, sorted(set(written))


# ---------- The canary ----------

PARTS = ("title", "titre", "abstract", "author", "page", "file", "tag", "series")


def surfaces(world: World) -> list[str]:
    """Everything an outsider can read without knowing of a hidden record, and the doors of hidden records."""
    pages = [f"/en{address}" for address in public_pages.addresses(world)]
    lists = [reverse(f"{app}:list") for app in public_pages.LISTED] + [reverse("search:search")]
    programs = [f"{address}?format=json" for address in lists]
    programs += [f"{world.publications['published'].get_absolute_url()}?format=json"]
    programs += [*(reverse(f"{app}:feed") for app in public_pages.LISTED), reverse("sitemap_index")]
    programs += [f"/sitemap-{key}-{number}.xml" for key, one in sitemaps.sections().items() for number in one.numbers()]
    programs += [reverse("opensearch"), reverse("robots")]
    facets = [reverse("publications:facet", args=[facet]) for facet in ("tag", "series", "org", "country", "topic")]
    doors = [row.address(world, state) for row in TABLE.values() for state in HIDDEN if state in row.answers]
    by_state = (world.publications, world.organisations, world.written.posts, world.events)
    own_pages = tuple(one["withdrawn"].get_absolute_url() for one in by_state)
    return [one for one in dict.fromkeys(pages + programs + facets + doors) if not one.startswith(own_pages)]


def leaks(client: Client, world: World, found_in: list[str]) -> list[str]:
    """Marks of hidden records that stand in what the client is shown."""
    own = world.people["member"]
    hidden = [
        state for state in HIDDEN if not (state == "own_draft" and client.session.get("_auth_user_id") == str(own.pk))
    ]
    marks = [mark(state, part) for state in hidden for part in (*PARTS, "name", "description")]
    unlisted = ("groupprivate", "groupinreview", "groupowninreview", "groupdeclined")
    marks += [mark(state, part) for state in unlisted for part in ("name", "description")]
    found = []
    for address in found_in:
        response = client.get(address)
        body = b"".join(response) if response.streaming else response.content
        text = body.decode(errors="replace").casefold() + str(response.headers).casefold()
        found += [f"{address} shows {word}" for word in marks if word in text and word not in address]
    return found


def found_by_asking(client: Client, world: World) -> list[str]:
    """Hidden records that questions, filters and counts betray."""
    found = [problem for state in HIDDEN for problem in (*_counted(client, state), *_suggested(client, state))]
    expected = {one.key: one.published().count() for one in registry.all_types()}
    counts = client.get("/en/search/?format=json").json()["facets"]["kind"]
    return found if counts == expected else [*found, f"search counts {counts}, published are {expected}"]


def _counted(client: Client, state: str) -> Iterator[str]:
    questions = [f"/en/discover/publications/?q={mark(state, part)}" for part in PARTS]
    questions += [f"/en/search/?q={mark(state, part)}" for part in (*PARTS, "name", "description")]
    questions += [f"/en/discover/stakeholders/?q={mark(state, 'name')}"]
    questions += [f"/en/discover/publications/?tag={quote(mark(state, 'tag'))}"]
    questions += [f"/en/discover/publications/?series=series-{mark(state, 's')}"]
    for question in questions:
        if client.get(f"{question}&format=json").json()["count"]:
            yield f"{question} finds something"


def _suggested(client: Client, state: str) -> Iterator[str]:
    for part in PARTS:
        word = mark(state, part)
        near = word[:-2] + "x"
        if word in client.get(f"/en/search/?q={near}").content.decode().replace(near, ""):
            yield f"/en/search/ suggests {word} for {near}"


# ---------- What outsiders see ----------


TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')


def seen_outside(found_in: list[str]) -> dict[str, bytes]:
    """Status, kind and body of each answer to a stranger, who is a crawler so that no view is counted and shown."""
    client, seen = Client(headers={"User-Agent": "a bot"}), {}
    for address in found_in:
        response = client.get(address)
        body = b"".join(response) if response.streaming else response.content
        body = TOKEN.sub(b"", body)
        seen[address] = f"{response.status_code} {response.get('Content-Type')}\n".encode() + body
    return seen
