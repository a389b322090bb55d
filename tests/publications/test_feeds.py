"""Feeds, read back with feedparser and lxml."""

import feedparser
import pytest
from django.utils import timezone
from lxml import etree
from model_bakery import baker

from content.feeds import Feed, FeedEntry, document
from publications import feeds
from tests import factories

pytestmark = pytest.mark.django_db

BASE = "https://portal.example"
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = '</title><script>alert(1)</script> & ]]> "q" \x0b\u202e 🌍\nline'
FEED = Feed("Publications", "Portal", f"{BASE}/feed/", f"{BASE}/", f"{BASE}/feed/?page=2")


def read(*entries: FeedEntry):
    return feedparser.parse(document(FEED, entries, timezone.now()))


def test_an_entry_is_known_by_the_permanent_address():
    made = factories.publication("Cash transfers", organisations=[factories.organisation("UNICEF")])
    (entry,) = read(feeds.entry(made, BASE)).entries
    assert entry.id == f"{BASE}/p/p{made.pk}"
    assert entry.link == f"{BASE}/en/discover/publications/{made.slug}/"
    assert (entry.title, entry.author) == ("Cash transfers", "UNICEF")


def test_an_entry_says_its_language_and_when_it_changed():
    made = factories.publication(
        title="", title_es="Transferencias", original_language="es", abstract_es="Cuánto cuestan."
    )
    (entry,) = read(feeds.entry(made, BASE)).entries
    assert entry.title_detail.language == "es"
    assert entry.summary == "Cuánto cuestan."
    assert entry.updated_parsed[:6] == made.updated_at.utctimetuple()[:6]
    assert entry.published_parsed[:6] == made.published_at.utctimetuple()[:6]


def test_files_are_enclosed_with_their_size():
    stored = baker.make("files.StoredFile", key="k1", name="r.pdf", kind="pdf", media_type="application/pdf", size=3100)
    (entry,) = read(feeds.entry(factories.publication(files=[stored]), BASE)).entries
    (file,) = entry.enclosures
    assert (file.href, file.type, file.length) == (f"{BASE}/files/k1/r.pdf", "application/pdf", "3100")


def test_a_hostile_title_is_text():
    made = factories.publication(HOSTILE, abstract_en=HOSTILE)
    written = document(FEED, [feeds.entry(made, BASE)], timezone.now())
    tree = etree.fromstring(written.encode())
    shown = '</title><script>alert(1)</script> & ]]> "q" 🌍 line'
    assert tree.findtext(f"{ATOM}entry/{ATOM}title") == shown
    assert tree.findtext(f"{ATOM}entry/{ATOM}summary") == shown


def test_a_feed_has_what_atom_requires():
    tree = etree.fromstring(document(FEED, [], timezone.now()).encode())
    assert {child.tag.removeprefix(ATOM) for child in tree} == {"id", "title", "updated", "author", "link"}
    assert {link.get("rel") for link in tree.iter(f"{ATOM}link")} == {"self", "alternate", "next"}
    assert tree.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
