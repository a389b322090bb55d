"""An organisation's page."""

import pytest
from lxml import html

pytestmark = pytest.mark.django_db


def read(client, organisation, status=200):
    response = client.get(organisation.get_absolute_url())
    assert response.status_code == status
    return html.fromstring(response.content.decode())


def test_it_shows_its_publications_and_the_way_to_them_all(clients, world):
    page = read(clients["visitor"], world.organisations["published"])
    shelf, *_of_other_types = page.cssselect("section.floor")
    assert shelf.cssselect(".label")[0].text == "1"
    address = f"/en/discover/publications/?org={world.organisations['published'].slug}"
    assert shelf.cssselect(".more")[0].get("href") == address


def test_its_names_in_other_languages_are_marked(clients, world):
    organisation = world.organisations["published"]
    organisation.name_fr = "Organisation nommée"
    organisation.save()
    page = read(clients["visitor"], organisation)
    assert page.cssselect('.facts dd[lang="fr"]')[0].text == "Organisation nommée"


def test_a_stranger_finds_no_draft(clients, world):
    read(clients["other_member"], world.organisations["draft"], status=404)


def test_a_withdrawn_organisation_answers_410(clients, world):
    page = read(clients["visitor"], world.organisations["withdrawn"], status=410)
    assert "The authors found an error in table 2." in page.text_content()


def test_a_view_is_counted(clients, world):
    organisation = world.organisations["published"]
    before = organisation.view_count
    clients["visitor"].get(organisation.get_absolute_url(), headers={"User-Agent": "Mozilla/5.0"})
    organisation.refresh_from_db()
    assert organisation.view_count == before + 1


def test_the_page_costs_few_queries(client, world, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):  # four of them for whoever works there, four for what else is theirs
        read(client, world.organisations["published"])
