import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.utils.translation import override
from lxml import html

from portal import guide, views
from portal.home import figures
from search import services
from tests import factories
from tests.engines import use_engine

pytestmark = pytest.mark.django_db


def page(response):
    return html.fromstring(response.content.decode())


# ---------- Home ----------


def test_home_counts_what_is_published(client, settings, tmp_path, monkeypatch):
    use_engine("tantivy", tmp_path / "none", settings, monkeypatch)
    factories.publication()
    factories.publication(status="draft", published_at=None)
    assert {str(link.label): number for link, number in figures()} == {
        "Publications": 1,
        "Stakeholders": 0,
        "Blog": 0,
        "Events": 0,
        "Webinars": 0,
        "Webinar series": 0,
        "Communities": 0,
        "Discussions": 0,
        "Countries": 0,
        "Topics": 0,
    }  # members are counted by the index, and here is none


def test_home_shows_the_newest_and_no_more_than_four(client):
    for number in range(6):
        factories.publication(f"Title {number}")
    titles = [title.text_content().strip() for title in page(client.get("/en/")).cssselect(".record__title")]
    assert titles == ["Title 5", "Title 4", "Title 3", "Title 2"]


def test_home_offers_the_topics_most_used(client, tantivy, library):
    people = library.topic("Population groups")
    gender, pensions = library.topic("Gender", under=people), library.topic("Pensions", under=people)
    library.add(topics=[gender])
    library.add(topics=[gender, pensions])
    library.add(topics=[pensions], status="draft")
    services.rebuild_index()
    assert [chip.text for chip in page(client.get("/en/")).cssselect(".chip")] == ["Gender", "Pensions"]


def test_an_empty_house_still_opens(client):
    response = client.get("/fr/")
    assert response.status_code == 200
    assert "La bibliothèque est encore vide." in response.content.decode()


def test_the_front_door_leads_to_the_readers_language(client):
    assert client.get("/", headers={"Accept-Language": "es-PE,es"})["Location"] == "/es/"


# ---------- Pages for what goes wrong ----------


def test_a_failure_of_ours_answers_without_a_database(django_db_blocker):
    connection.close()
    with django_db_blocker.block(), override("fr"):
        response = views.failed(RequestFactory().get("/fr/"))
    assert response.status_code == 500
    assert "Une erreur est survenue de notre côté" in response.content.decode()


def test_a_view_that_fails_shows_that_page(monkeypatch, settings):
    monkeypatch.setattr(guide, "context", lambda request: 1 / 0)
    response = Client(raise_request_exception=False).get("/es/styleguide/")
    assert response.status_code == 500
    assert page(response).get("lang") == "es"


def test_too_many_requests_say_when_to_come_back():
    request = RequestFactory().get("/en/")
    request.LANGUAGE_CODE = "en"
    from django.contrib.auth.models import AnonymousUser

    request.user = AnonymousUser()
    response = views.too_many(request, seconds=120)
    assert (response.status_code, response["Retry-After"]) == (429, "120")


def test_a_form_that_was_open_too_long_is_explained_in_our_words(staff):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/fr/accounts/login/", {"login": "a"})
    assert response.status_code == 403
    assert "Le formulaire est resté ouvert trop longtemps" in response.content.decode()


def test_what_was_written_in_it_is_handed_back_and_nothing_else(member):
    text = "Registries age: who moved away is still paid, and who moved in is not. " * 3
    client = Client(enforce_csrf_checks=True)
    typed = {"text": text, "title": "Registries", "csrfmiddlewaretoken": "x" * 90}
    response = client.post("/en/connect/communities/new/", typed)
    assert text.strip() in response.content.decode()
    assert b"x" * 90 not in response.content
    assert "no-store" in response["Cache-Control"]


# ---------- Style guide ----------


@pytest.mark.parametrize("query", ["", "?dir=rtl", "?theme=dark"])
def test_the_style_guide_shows_both_directions_and_the_dark(client, query):
    root = page(client.get(f"/en/styleguide/{query}"))
    assert root.get("dir") == ("rtl" if "rtl" in query else "ltr")
    assert root.get("data-theme") == ("dark" if "dark" in query else None)


def test_the_style_guide_shows_every_component(client):
    factories.publication()
    shown = set(page(client.get("/en/styleguide/")).xpath("//@class"))
    names = {name for value in shown for name in value.split()}
    assert names >= {
        *(
            "btn--main",
            "chip--on",
            "label--bad",
            "record",
            "facts",
            "cite",
            "notice--warn",
            "error-summary",
            "field--bad",
        ),
        *("option", "steps", "tabs", "pager", "facets", "search", "table", "table--facts", "people", "stat", "door"),
    }


@pytest.mark.parametrize("name", ["403", "404", "410", "429", "500"])
def test_the_style_guide_shows_the_pages_nobody_hopes_to_see(client, name):
    assert page(client.get(f"/en/styleguide/?page={name}")).cssselect("h1")


def test_the_same_sentence_stands_at_the_field_and_above_the_form(client):
    root = page(client.get("/en/styleguide/"))
    above = {link.text: link.get("href") for link in root.cssselect(".error-summary a")}
    at = {error.cssselect(".vh")[0].tail: error.get("id") for error in root.cssselect(".field .field__error")}
    assert above["Enter the title as it appears on the document"] == "#id_title"
    assert set(at) == set(above)


def test_a_control_is_tied_to_its_hint_and_its_error(client):
    (year,) = page(client.get("/en/styleguide/")).cssselect("#id_year")
    assert year.get("aria-invalid") == "true"
    assert year.get("aria-describedby").split() == ["id_year_helptext", "id_year_error"]
