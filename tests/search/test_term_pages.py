"""Pages of terms: what carries them, and their addresses when they move."""

import json

import pytest
from lxml import html

from search import services
from taxonomy.models import Goal, Region
from taxonomy.services import merge_topics
from tests import factories

pytestmark = pytest.mark.usefixtures("tantivy")


def tree(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return html.fromstring(response.content.decode())


def shelf_count(page, kind):
    return int(page.cssselect(f"#shelf-{kind} .label")[0].text_content())


@pytest.fixture
def topics(library):
    assistance = library.topic("Social assistance", "Assistance sociale", "Asistencia social")
    cash = library.topic(
        "Cash transfers", "Transferts monétaires", under=assistance, en=["cash grants"], fr=["espèces"]
    )
    library.add("Cash in Kenya", topics=[cash])
    library.add("Assistance in Mali", topics=[assistance])
    library.add("A draft on cash", topics=[cash], status="draft")
    services.rebuild_index()
    return assistance, cash


def test_a_topic_gathers_itself_and_what_is_below_it_with_the_count_of_the_search(client, topics):
    page = tree(client, "/en/discover/topics/social-assistance/")
    assert shelf_count(page, "publication") == 2
    (link,) = page.cssselect("a.more")
    data = json.loads(client.get(f"{link.get('href')}&format=json").content)
    assert data["count"] == 2


def test_a_topic_tells_its_names_and_its_neighbours(client, topics):
    facts = tree(client, "/en/discover/topics/cash-transfers/").cssselect(".facts")[0].text_content()
    assert "cash grants" in facts
    assert "Social assistance" in facts
    assert "Transferts monétaires" in facts
    assert "espèces" not in facts


def test_a_merged_topic_leads_to_the_other_for_good(client, topics):
    assistance, cash = topics
    merge_topics(topic=cash, into=assistance)
    response = client.get("/fr/discover/topics/cash-transfers/")
    assert response.status_code == 301
    assert response["Location"] == "/fr/discover/topics/social-assistance/"


def test_a_topic_nobody_had_is_not_found(client, topics):
    assert client.get("/en/discover/topics/nonsense/").status_code == 404


def test_the_index_of_topics_counts_as_their_pages_do(client, topics):
    text = " ".join(tree(client, "/en/discover/topics/").cssselect(".branches")[0].text_content().split())
    assert text == "Social assistance 2 Cash transfers1"


def test_a_country_gathers_publications_and_organisations(client, library):
    kenya = library.country("KE", "Kenya")
    library.add("In Kenya", countries=[kenya])
    factories.organisation("Hunger Safety Net", country=kenya)
    services.rebuild_index()
    page = tree(client, "/en/discover/countries/kenya/")
    assert shelf_count(page, "publication") == 1
    assert shelf_count(page, "organisation") == 1


def test_a_region_gathers_what_its_countries_have(client, library):
    sahel = Region.objects.create(slug="sahel", kind=Region.Kind.GROUP, name_en="Sahel")
    library.add("In Mali", countries=[library.country("ML", "Mali", sahel)])
    services.rebuild_index()
    page = tree(client, "/en/discover/regions/sahel/")
    assert shelf_count(page, "publication") == 1
    assert "Mali" in page.cssselect(".columns")[0].text_content()


def test_a_goal_gathers_what_its_targets_have(client, library):
    poverty = Goal.objects.create(code="1", short_en="No poverty", text_en="End poverty", position=1)
    floors = Goal.objects.create(code="1.3", goal=poverty, text_en="Systems for all", position=2)
    library.add("On floors").goals.add(floors)
    services.rebuild_index()
    assert shelf_count(tree(client, "/en/discover/goals/1/"), "publication") == 1
    assert shelf_count(tree(client, "/en/discover/goals/1.3/"), "publication") == 1


def test_the_glossary_is_in_the_alphabet_of_the_reader(client, library):
    library.topic("Youth", "Jeunesse")
    library.topic("Education", "Éducation")
    services.rebuild_index()
    letters = [heading.text for heading in tree(client, "/fr/discover/topics/glossary/").cssselect("h2[id^=letter]")]
    assert letters == ["E", "J"]


def test_tabs_of_the_search_count_what_they_show(client, library):
    library.add("Hunger in Kenya")
    factories.organisation("Hunger Safety Net")
    services.rebuild_index()
    tabs = {tab.text_content(): tab.get("href") for tab in tree(client, "/en/search/?q=hunger").cssselect(".tabs a")}
    assert set(tabs) == {
        "Everything (2)",
        "Publications (1)",
        "Stakeholders (1)",
        "Webinars (0)",
        "Blog (0)",
        "Events (0)",
        "Communities (0)",
        "Discussions (0)",
    }
    assert json.loads(client.get(f"{tabs['Stakeholders (1)']}&format=json").content)["count"] == 1


def test_one_search_finds_an_organisation_by_each_of_its_names(client, library):
    factories.organisation(
        "International Labour Organization", name_fr="Organisation internationale du Travail",
        acronym_en="ILO", acronym_fr="OIT",
    )  # fmt: skip
    services.rebuild_index()
    for words in ("OIT", "ILO", "organisation internationale du travail"):
        data = json.loads(client.get("/en/search/", {"q": words, "format": "json"}).content)
        assert data["count"] == 1, words
