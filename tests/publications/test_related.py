"""What to read next."""

import pytest
from lxml import html

from search import services

pytestmark = pytest.mark.usefixtures("tantivy")


def offered(client, publication):
    tree = html.fromstring(client.get(publication.get_absolute_url()).content.decode())
    return [title.text_content().strip() for title in tree.cssselect("section[aria-labelledby=related] .record__title")]


@pytest.fixture
def pensions(library):
    return library.topic("Pensions")


def test_what_shares_most_terms_comes_first(client, library, pensions):
    kenya = library.country("KE", "Kenya")
    read = library.add("Pensions in Kenya", topics=[pensions], countries=[kenya])
    library.add("Pensions elsewhere", topics=[pensions])
    library.add("More pensions in Kenya", topics=[pensions], countries=[kenya])
    library.add("Something else")
    services.rebuild_index()
    assert offered(client, read) == ["More pensions in Kenya", "Pensions elsewhere"]


def test_a_link_made_by_an_editor_comes_before_and_stands_on_both_sides(
    client, library, pensions, django_capture_on_commit_callbacks
):
    read = library.add("Pensions", topics=[pensions])
    library.add("Pensions again", topics=[pensions])
    linked = library.add("On something else")
    read.related.add(linked)
    services.rebuild_index()
    assert offered(client, read) == ["On something else", "Pensions again"]
    assert offered(client, linked) == ["Pensions"]
    with django_capture_on_commit_callbacks(execute=True):
        linked.related.remove(read)
        services.follow_changes()
    assert offered(client, read) == ["Pensions again"]
    assert "Pensions" not in offered(client, linked)


def test_drafts_are_not_offered_even_when_linked(client, library, pensions):
    read = library.add("Pensions", topics=[pensions])
    read.related.add(library.add("A draft", topics=[pensions], status="draft"))
    services.rebuild_index()
    assert offered(client, read) == []


def test_without_an_index_the_page_opens_all_the_same(client, library, pensions):
    assert offered(client, library.add("Pensions", topics=[pensions])) == []
