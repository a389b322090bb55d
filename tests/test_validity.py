"""Every kind of page is valid HTML in every language; what programs read, they can."""

from __future__ import annotations

import json
import re

import feedparser
import pytest
from django.urls import reverse
from lxml import etree

from portal import sitemaps
from tests import public_pages, reading
from tests import world as worlds

pytestmark = pytest.mark.django_db
SANE = 200_000  # bytes of a page


@pytest.mark.parametrize("language", worlds.LANGUAGES)
def test_every_page_is_valid(language, world, clients):
    found = []
    for address in public_pages.addresses(world):
        response = clients["visitor"].get(f"/{language}{address}")
        text = response.content.decode()
        found += [f"{address}: {problem}" for problem in reading.problems(text)]
        if f'lang="{language}"' not in text or len(text) > SANE:
            found.append(f"{address}: language or size ({len(text)})")
    assert found == []


def test_a_page_for_staff_is_valid_too(world, clients):
    records = [*world.publications.values(), *world.organisations.values()]
    found = []
    for record in records:
        text = clients["staff"].get(record.get_absolute_url()).content.decode()
        found += [f"{record.get_absolute_url()}: {problem}" for problem in reading.problems(text)]
    assert found == []


@pytest.mark.parametrize("name", ["publications:feed", "stakeholders:feed"])
def test_feeds_are_read_by_an_independent_reader(name, world, clients):
    feed = feedparser.parse(clients["visitor"].get(reverse(name)).content)
    assert not feed.bozo
    assert feed.entries
    assert all(entry.id and entry.title and entry.updated_parsed for entry in feed.entries)


def test_the_sitemap_leads_to_every_page_and_each_answers(world, clients):
    index = etree.fromstring(clients["visitor"].get("/sitemap.xml").content)
    files = index.xpath("//*[local-name()='loc']/text()")
    assert len(files) >= len(sitemaps.sections())
    for file in files:
        tree = etree.fromstring(clients["visitor"].get(file.removeprefix("http://testserver")).content)
        for address in tree.xpath("//*[local-name()='loc']/text()"):
            assert clients["visitor"].get(address.removeprefix("http://testserver")).status_code == 200, address


def test_every_data_block_is_json(world, clients):
    blocks = []
    for address in public_pages.addresses(world):
        text = clients["visitor"].get(f"/en{address}").content.decode()
        blocks += re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    assert len(blocks) >= len(world.media)
    assert all(json.loads(block)["@context"] == "https://schema.org" for block in blocks)


def test_every_link_inside_the_portal_leads_somewhere(world, clients):
    """From every kind of page, one step on: nothing answers 404."""
    links: dict[str, str] = {}
    for address in public_pages.addresses(world):
        if "styleguide" in address:  # its samples lead nowhere on purpose
            continue
        response = clients["visitor"].get(f"/en{address}")
        if response.status_code == 404:  # it names itself
            continue
        root, _errors = reading.parse(response.content.decode())
        for link in root.iter("a", "link"):
            target = (link.get("href") or "").split("#")[0].removeprefix("http://testserver")
            if target.startswith("/") and not target.startswith("/static/"):
                links.setdefault(target, address)
    broken = [
        f"{target} on {address}: {status}"
        for target, address in links.items()
        if (status := clients["administrator"].head(target).status_code) not in (200, 301, 302, 410)
    ]
    assert broken == []
