"""The calendar narrowed by the vocabulary."""

from __future__ import annotations

import pytest
from django.urls import reverse

from search import services as search
from search.query import Query
from tests import factories

pytestmark = pytest.mark.django_db


def test_topic_with_narrower_ones_country_language_and_kind(client, world):
    parent, child = world.topics
    meeting = factories.event("Cash in Kenya", languages=["fr", "ar"], kind="livestream")
    meeting.topics.set([child])
    meeting.countries.set(world.countries[:1])
    factories.event("Something else", languages=["en"])

    def titles(query: str) -> list[str]:
        rows = client.get(f"{reverse('agenda:list')}?format=json{query}").json()["results"]
        return [row["title"] for row in rows]

    for query in (f"&topic={parent.slug}", "&country=KE", "&lang=ar", "&kind=livestream"):
        assert "Cash in Kenya" in titles(query)
        assert "Something else" not in titles(query)
    assert "Cash in Kenya" not in titles("&lang=es")


@pytest.mark.usefixtures("tantivy")
def test_search_knows_neither_a_hidden_event_nor_a_hidden_organiser():
    event = factories.event("Meeting on shocks")
    event.organisations.add(factories.organisation("Hiddenword", status="draft", published_at=None))
    factories.event("Secretword", status="draft", published_at=None)
    search.rebuild_index()
    found = {word: len(search.search(Query(text=word)).hits) for word in ("shocks", "hiddenword", "secretword")}
    assert found == {"shocks": 1, "hiddenword": 0, "secretword": 0}
