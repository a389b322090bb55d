"""Lists: facets, chips, pages, groups of languages, data."""

import json

import pytest
from lxml import html

from search import services
from taxonomy.services import rename_topic_slug
from tests import factories

pytestmark = pytest.mark.usefixtures("tantivy")

LIST = "/en/discover/publications/"


def page(client, address=LIST, status=200):
    response = client.get(address)
    assert response.status_code == status, response
    return html.fromstring(response.content.decode())


def titles(tree):
    return [link.text_content().strip() for link in tree.cssselect(".record__title")]


@pytest.fixture
def places(library):
    kenya, uganda, mali = (library.country(*names) for names in (("KE", "Kenya"), ("UG", "Uganda"), ("ML", "Mali")))
    library.add("In Kenya", countries=[kenya])
    library.add("In both", countries=[kenya, uganda])
    library.add("In Mali", countries=[mali])
    services.rebuild_index()


def test_two_countries_widen_and_a_second_facet_narrows(client, places, library):
    library.add("Elsewhere")
    services.rebuild_index()
    assert set(titles(page(client, f"{LIST}?country=KE&country=UG"))) == {"In Kenya", "In both"}
    assert titles(page(client, f"{LIST}?country=KE&type=nothing")) == []


def test_each_filter_in_use_has_a_chip_that_takes_it_away(client, places):
    tree = page(client, f"{LIST}?country=KE&country=ML&from=2000")
    chips = {chip.text_content().strip(): chip.get("href") for chip in tree.cssselect(".chip--on")}
    assert chips["Remove filter Kenya"] == f"{LIST}?country=ML&from=2000"
    assert chips["Remove filter From 2000"] == f"{LIST}?country=KE&country=ML"


def test_an_option_says_what_ticking_it_would_add(client, places):
    tree = page(client, f"{LIST}?country=KE")
    counts = {
        option.text_content().strip(): option.getnext().text_content()
        for option in tree.cssselect("#filters .option > span:not(.option__count)")
    }
    assert counts["Kenya"] == "2"
    assert counts["Mali"] == "1"


def test_ticked_values_stay_in_sight_beyond_the_ten_shown(client, library):
    countries = [library.country(f"A{letter}", f"Country {letter}") for letter in "ABCDEFGHIJKLM"]
    for number, country in enumerate(countries):
        for _ in range(20 - number):
            library.add(countries=[country])
    services.rebuild_index()
    tree = page(client, f"{LIST}?country=AM")
    boxes = tree.cssselect("#filters input[name=country]")
    assert len(boxes) == 11
    assert [box.get("value") for box in boxes if box.get("checked") is not None] == ["AM"]
    (link,) = [link for link in tree.cssselect("#filters a.meta") if "countries" in link.text_content()]
    assert link.text_content() == "All 13 countries"
    everything = page(client, link.get("href"))
    assert len(everything.cssselect("form.values input[type=checkbox]")) == 13


def test_the_page_of_all_values_finds_by_name_and_keeps_the_choice(client, places):
    tree = page(client, f"{LIST}values/country/?type=report&find=MAL")
    assert [box.get("value") for box in tree.cssselect("form.values input[type=checkbox]")] == ["ML"]
    assert tree.cssselect("form.values input[name=type]")[0].get("value") == "report"


def test_a_facet_nobody_knows_is_not_found(client, db):
    assert client.get(f"{LIST}values/passwords/").status_code == 404


def test_a_year_that_cannot_be_read_is_said_beside_the_field(client, places):
    tree = page(client, f"{LIST}?from=20x9")
    (field,) = tree.cssselect("#filters input[name=from]")
    assert field.get("value") == "20x9"
    assert tree.cssselect(f"#{field.get('aria-describedby')}")[0].text_content().startswith("Write a year")


def test_pages_link_to_each_other_and_end(client, library):
    for _ in range(45):
        library.add()
    services.rebuild_index()
    tree = page(client, f"{LIST}?page=2")
    assert len(titles(tree)) == 20
    assert tree.cssselect(".pager a[rel=prev]")[0].get("href") == LIST
    assert tree.cssselect(".pager a[rel=next]")[0].get("href") == f"{LIST}?page=3"
    page(client, f"{LIST}?page=4", status=404)


def test_nothing_found_offers_the_right_spelling_and_fewer_filters(client, library):
    library.add("Insurance against famine")
    services.rebuild_index()
    tree = page(client, f"{LIST}?q=faminne")
    assert "Search for “famine” instead" in tree.text_content()
    tree = page(client, f"{LIST}?q=insurance&lang=fr")
    assert "Remove the filters (1 result)" in tree.text_content()


def test_the_same_list_as_data(client, places):
    data = json.loads(client.get(f"{LIST}?country=KE&format=json").content)
    assert data["count"] == 2
    assert {result["title"] for result in data["results"]} == {"In Kenya", "In both"}
    assert all(result["url"].startswith("http://testserver/en/discover/publications/") for result in data["results"])
    assert data["facets"]["country"] == {"KE": 2, "UG": 1, "ML": 1}


def test_a_record_withdrawn_before_the_index_heard_is_not_shown(client, library):
    kept = library.add("Still here")
    gone = library.add("Gone")
    services.rebuild_index()
    type(gone).objects.filter(pk=gone.pk).update(status="draft")
    assert titles(page(client)) == [kept.title_en]
    assert titles(page(client, f"{LIST}?q=gone")) == []


@pytest.mark.parametrize("number", [1, 20])
@pytest.mark.parametrize("query", ["", "?q=report", "?country=KE"])
def test_a_list_costs_six_queries_at_most_whatever_its_length(
    client, library, number, query, django_assert_max_num_queries, settings
):
    settings.PAGE_CACHE_SECONDS = 0
    kenya = library.country("KE", "Kenya")
    for _ in range(number):
        factories.publication("A report", type=library.type, licence=library.licence, organisations=[]).countries.add(
            kenya
        )
    services.rebuild_index()
    client.get(LIST)  # vocabulary and content types are read once per process
    with django_assert_max_num_queries(6):
        client.get(LIST + query)


def test_an_address_with_the_former_slug_of_a_topic_keeps_its_list_and_its_feed(client, library):
    topic = library.topic("Gender")
    library.add("Pay", topics=[topic])
    library.add("Other")
    rename_topic_slug(topic=topic, slug="women")
    services.rebuild_index()
    assert titles(page(client, f"{LIST}?topic=gender")) == ["Pay"]
    assert client.get(f"{LIST}?topic=gender&format=json").json()["count"] == 1
    assert client.get(f"{LIST}feed/?topic=gender").content.count(b"<entry") == 1
