import pytest
from lxml import html

from portal.wayfinding import words_of


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/discover/blog/south-africa%E2%80%99s-expanded-works", "south africa expanded works"),
        ("/fr/discover/publications/evaluación-de-impacto/", "evaluación de impacto"),
        ("/sites/default/files/Guide_2018.pdf", "guide"),
        ("/node/1234", ""),
    ],
)
def test_an_address_gives_its_telling_words(path, words):
    assert words_of(path) == words


def test_an_address_without_end_gives_a_few_words():
    assert len(words_of("/" + "word-" * 5000).split()) == 12


@pytest.mark.django_db
def test_an_unknown_address_becomes_a_search_for_its_words(client):
    response = client.get("/en/node/cash-transfers-in-kenya")
    page = html.fromstring(response.content.decode())
    assert response.status_code == 404
    assert page.cssselect("#q")[0].get("value") == "cash transfers in kenya"
    assert page.cssselect("h1")[0].text == "We cannot find that page"


@pytest.mark.django_db
def test_an_unknown_address_shows_what_its_words_find(client, world):
    page = html.fromstring(client.get("/en/node/pensions-in-volume").content.decode())
    assert len(page.cssselect(".record")) == 3


@pytest.mark.django_db
def test_the_words_of_an_address_are_text_and_nothing_else(client):
    page = client.get("/en/%22%3E%3Cscript%3Ealert(1)%3C/script%3E/").content.decode()
    assert "<script>alert" not in page
