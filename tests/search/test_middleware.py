"""Without an index, pages say so and show what there is."""

import pytest

from tests import factories

pytestmark = pytest.mark.usefixtures("tantivy")  # an index of our own, never built

PAGES = ["discover/publications/", "search/?q=cash", "discover/topics/", "discover/publications/values/topic/"]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_that_needs_the_index_says_so_and_shows_the_newest(client, address):
    factories.publication("Cash transfers in Kenya")
    factories.publication("A secret draft", status="draft", published_at=None)
    response = client.get(f"/en/{address}")
    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    text = response.content.decode()
    assert "Search is not available at the moment" in text
    assert "Cash transfers in Kenya" in text
    assert "A secret draft" not in text


def test_records_and_the_front_page_do_not_need_the_index(client):
    publication = factories.publication("Cash transfers in Kenya")
    assert client.get(publication.get_absolute_url()).status_code == 200
    assert client.get("/en/").status_code == 200


def test_data_says_it_as_data(client, db):
    response = client.get("/en/discover/publications/?format=json")
    assert response.status_code == 503
    assert response.json() == {"error": "Search is not available at the moment."}
