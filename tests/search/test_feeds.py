"""The feed of a list gives what the list gives."""

import feedparser
import pytest
from django.utils import timezone
from lxml import etree

from search import services
from tests import factories

pytestmark = pytest.mark.usefixtures("tantivy")

FEED = "/en/discover/publications/feed/"
ATOM = "{http://www.w3.org/2005/Atom}"


def read(client, query="", path=FEED):
    response = client.get(path + query)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return feedparser.parse(response.content)


def test_a_feed_holds_what_its_filters_let_through(client, library):
    library.add("Cash transfers", languages=["en"])
    library.add("Transferts monétaires", language="fr", languages=["fr"])
    services.rebuild_index()
    assert {entry.title for entry in read(client).entries} == {"Cash transfers", "Transferts monétaires"}
    assert [entry.title for entry in read(client, "?lang=fr").entries] == ["Transferts monétaires"]


def test_drafts_are_in_no_feed(client, library):
    library.add("A draft", status="draft")
    services.rebuild_index()
    assert read(client).entries == []


def test_a_feed_knows_its_own_address_and_its_list(client, library):
    library.add("Cash transfers")
    services.rebuild_index()
    links = {link.rel: link.href for link in read(client, "?lang=en&sort=used&utm=x").feed.links}
    assert links["self"] == f"http://testserver{FEED}?lang=en"
    assert links["alternate"] == "http://testserver/en/discover/publications/?lang=en"


def test_a_feed_goes_on_where_its_page_ends(client, library):
    for _ in range(25):
        library.add()
    services.rebuild_index()
    feed = read(client)
    assert len(feed.entries) == 20
    following = next(link.href for link in feed.feed.links if link.rel == "next")
    assert len(read(client, following.removeprefix(f"http://testserver{FEED}")).entries) == 5


def test_a_feed_in_another_language_says_so(client, library):
    library.add("Cash transfers")
    services.rebuild_index()
    tree = etree.fromstring(client.get("/fr/discover/publications/feed/").content)
    assert tree.get("{http://www.w3.org/XML/1998/namespace}lang") == "fr"
    assert tree.find(f"{ATOM}entry").get("{http://www.w3.org/XML/1998/namespace}lang") == "en"


def test_a_reader_who_has_the_feed_is_told_so(client, library, settings):
    library.add("Cash transfers")
    services.rebuild_index()
    first = client.get(FEED)
    assert client.get(FEED, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert client.get(FEED, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304


def test_a_feed_costs_the_same_queries_for_one_entry_and_twenty(
    client, library, settings, django_assert_max_num_queries
):
    settings.PAGE_CACHE_SECONDS = 0
    for _ in range(20):
        library.add()
    services.rebuild_index()
    with django_assert_max_num_queries(8):
        client.get(FEED)


def test_stakeholders_have_a_feed(client, library):
    factories.organisation("UNICEF", published_at=timezone.now())
    services.rebuild_index()
    assert [entry.title for entry in read(client, path="/en/discover/stakeholders/feed/").entries] == ["UNICEF"]
