"""Who must not meet which words, and the walks on which they are looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

from django.test import Client
from django.urls import reverse

from tests import groups, private
from tests.access.probes import surfaces
from tests.private import word
from tests.world import World, mark

# What the editors read of a member's: the conversation, corrections, and letters that are no keys.
READ_BY_STAFF = tuple(word("member", part) for part in ("said", "answered", "correctiontitle", "letter", "bounce"))
# In files and rows that no page of the member's repeats.
NEVER_SHOWN = tuple(
    word("member", part)
    for part in ("export", "code", "draftpage", "consent", "notice", "correctiontitle", "correctionnote")
)
OWN_PAGES = (
    *("people:edit", "people:messages", "people:welcome", "people:find_organisation", "members:privacy"),
    *("communities:mine", "moderation:standing"),
    *("me", "publications:mine", "publications:upload", "notifications:notices", "notifications:preferences"),
    *("notifications:address", "account_email", "usersessions_list", "mfa_index", "socialaccount_connections"),
)
STAFF_PAGES = (
    *("review", "trail", "people:reports", "notifications:outbox", "notifications:suspended", "imports:list"),
    "webinars:board",
)
LINK = re.compile(r'(?:href|src|action)="([^"]+)"|<(?:loc|id|link)>([^<]+)<')
SAME_PATH = 4  # questions asked of one page: the rest differ in filters only
PAGES = 150


def forbidden(role: str, world: World) -> list[str]:
    """Words that a reader must meet nowhere."""
    addresses = [person.email for name, person in world.people.items() if name != role]
    words = [*private.ONLY_ME, *addresses, *groups.forbidden(role)]
    if role != "member":
        words += private.MEMBERS_OWN
    if role not in ("member", "other_member"):
        words += private.BETWEEN_TWO
    if role in ("visitor", "unverified"):
        words += private.FOR_MEMBERS
    if role not in ("staff", "administrator"):
        words += [mark(state, part) for state in ("draft", "in_review") for part in ("title", "abstract", "name")]
    if role in ("staff", "administrator"):
        return [one for one in words if one not in (*READ_BY_STAFF, *addresses)]
    return [*words, *private.STAFFS_OWN]


def own_pages(world: World) -> list[str]:
    profiles = [profile.get_absolute_url() for profile in world.profiles.values()]
    reply = world.private.reply
    about_reply = f"{reverse('people:report', args=[reply.sender.profile.handle])}?message={reply.pk}"
    drafts = [reverse("publications:draft_details", args=[world.private.alike.key])]
    drafts += [reverse("publications:contribution", args=[world.publications["own_in_review"].pk])]
    return [*map(reverse, OWN_PAGES), *profiles, about_reply, *drafts]


def beginnings(world: World) -> list[str]:
    files = [world.profiles[one].photo for one in ("own", "shy", "half")] + [world.private.draft.file]
    stored = [reverse("files:download", args=[file.key, file.name]) for file in files]
    stored += [reverse("files:preview", args=[file.key]) for file in files]
    said = [thread.get_absolute_url() for thread in world.spoken.threads.values()]
    said += [f"{address}reply/" for address in said] + [world.spoken.files["private"].get_absolute_url()]
    return [*own_pages(world), *groups.pages(world), *map(reverse, STAFF_PAGES), *stored, *said, *surfaces(world)]


def asked_for(world: World) -> list[str]:
    """Questions with the words themselves: what is found must not be told by a count either."""
    words = [*private.MEMBERS_OWN, *private.ONLY_ME, *private.BETWEEN_TWO, *private.STAFFS_OWN]
    return [f"{reverse(name)}?q={one}" for one in words for name in ("search:search", "people:list")]


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    body = b"".join(response) if response.streaming else response.content
    return body.decode(errors="replace") + str(response.headers)


def walk(client: Client, begin: list[str], most: int = PAGES) -> dict[str, str]:
    """Every page that links lead to, as a crawler finds them."""
    seen: dict[str, str] = {}
    waiting, asked = list(dict.fromkeys(begin)), {}
    while waiting and len(seen) < most + len(begin):
        address = waiting.pop(0)
        if address in seen:
            continue
        seen[address] = text = shown(client, address)
        for link in links(address, text):
            path = link.partition("?")[0]
            if link not in seen and asked.get(path, 0) < SAME_PATH:
                asked[path] = asked.get(path, 0) + 1
                waiting.append(link)
    return seen


def links(address: str, text: str) -> Iterator[str]:
    """Addresses of ours, in one language, that a page names."""
    for found in LINK.findall(text):
        link = urlsplit(urldefrag(urljoin(f"http://testserver{address}", unescape("".join(found))))[0])
        if link.netloc == "testserver" and not link.path.startswith(("/static/", "/fr/", "/es/")):
            yield link.path + (f"?{link.query}" if link.query else "")


def met(pages: dict[str, str], words: list[str]) -> list[str]:
    """Where which of the words stands; the address that was asked for may say it itself."""
    begins = r"(?<![\w.])"  # other_member@… is not member@…
    looked_for = re.compile("|".join((begins if "@" in one else "") + re.escape(one) for one in words))
    found = []
    for address, text in pages.items():
        low = text.lower().replace(address.lower(), "")
        found += [f"{address} shows {one}" for one in set(looked_for.findall(low)) if one not in address.lower()]
    return found
