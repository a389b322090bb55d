"""No word of the interface stays English on a page in French or Spanish."""

from __future__ import annotations

import copy
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from lxml import etree

from tests import public_pages, reading

pytestmark = pytest.mark.django_db
LONG = 12  # characters: shorter ones and single words may be of both languages, and count only where they stand alone
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|<[^>]+>|\{\w*\}")
SPOKEN = ("aria-label", "title", "alt", "placeholder")


@cache
def translated(language: str) -> tuple[dict[str, str], set[str], set[str]]:
    """Long English pieces, short English texts, and everything that is right in the language."""
    path = Path(settings.BASE_DIR) / "locale" / language / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    pieces, alone, right = {}, set(), set()
    for message in catalogue:
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        targets = message.string if isinstance(message.string, tuple) else (message.string,)
        right |= {one_space(target) for target in targets}
        for source in filter(None, sources):
            if one_space(source) not in map(one_space, targets):
                alone.add(one_space(source))
                longest = max(map(one_space, PLACEHOLDER.split(source)), key=len)
                if len(longest) > LONG and " " in longest:
                    pieces[longest] = source
    return pieces, alone - right, right


def one_space(text: str) -> str:
    return " ".join(text.split())


def own_words(page: str, language: str) -> etree._Element:
    """The page without what it marks as being in another language, and without what a person typed."""
    root, _errors = reading.parse(page)
    root = copy.deepcopy(root)
    for element in list(root.iter()):
        is_foreign = element.get("lang") not in (None, language) if isinstance(element.tag, str) else True
        is_name = element.get("translate") == "no"
        if is_foreign or is_name or element.tag in ("script", "code") or "Z3988" in (element.get("class") or ""):
            keep_tail(element)
    return root


def keep_tail(element: etree._Element) -> None:
    above = element.getparent()
    if above is None:
        return
    before = element.getprevious()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        above.text = (above.text or "") + element.tail
    above.remove(element)


def english_in(page: str, language: str) -> list[str]:
    pieces, alone, right = translated(language)
    root = own_words(page, language)
    spoken = [one_space(value) for one in root.iter() for name in SPOKEN if (value := one.get(name))]
    nodes = [one_space(text) for text in root.itertext()] + spoken
    whole = one_space(" ".join([*root.itertext(), *spoken]))
    found = [f"“{piece}” of “{source}”" for piece, source in pieces.items() if piece in whole and piece not in right]
    return found + [f"“{node}” alone" for node in nodes if node in alone]


@pytest.mark.parametrize("language", ["fr", "es"])
def test_no_page_shows_an_english_word_of_the_interface(language, world, clients):
    found: dict[str, str] = {}
    for address in public_pages.addresses(world):
        page = clients["visitor"].get(f"/{language}{address}").content.decode()
        for problem in english_in(page, language):
            found.setdefault(problem, address)
    assert found == {}


@pytest.mark.parametrize("language", ["fr", "es"])
def test_no_page_for_staff_shows_one_either(language, world, clients):
    found: dict[str, str] = {}
    for record in (*world.publications.values(), *world.organisations.values()):
        address = record.get_absolute_url().replace("/en/", f"/{language}/", 1)
        for problem in english_in(clients["staff"].get(address).content.decode(), language):
            found.setdefault(problem, address)
    assert found == {}


@pytest.mark.parametrize("language", ["fr", "es"])
def test_citations_and_feeds_speak_the_language_too(language, world, clients):
    pieces, _alone, _right = translated(language)
    published = world.publications["published"].get_absolute_url().replace("/en/", f"/{language}/", 1)
    lists = f"/{language}/discover/publications/"
    found = []
    for address in (f"{published}cite.txt", f"{lists}feed/", f"/{language}/opensearch.xml"):
        text = one_space(clients["visitor"].get(address).content.decode())
        found += [f"{address}: {piece}" for piece in pieces if piece in text]
    assert found == []


def test_the_crawl_would_see_an_english_word():
    """The same crawl over an English page finds plenty."""
    page = '<!doctype html><html lang="fr"><title>x</title><body><p>Skip to content</p><a aria-label="Filters">x</a>'
    assert len(english_in(page, "fr")) >= 2
