"""Addresses of the former platform lead on where the table knows the way."""

import pytest
from django.core.exceptions import ValidationError

from content.models import OldAddress

pytestmark = pytest.mark.django_db


@pytest.fixture
def row():
    return OldAddress.objects.create(path="/discover/blog/réforme", target="/discover/publications/")


def test_an_old_address_answers_301_in_the_language_of_its_reader(client, row):
    response = client.get("/discover/blog/r%C3%A9forme", headers={"Accept-Language": "fr"})
    assert (response.status_code, response["Location"]) == (301, "/fr/discover/publications/")
    assert {"Accept-Language", "Cookie"} <= {part.strip() for part in response["Vary"].split(",")}


@pytest.mark.parametrize("path", ["/Discover/Blog/R%C3%A9forme", "/discover/blog/r%C3%A9forme/"])
def test_capitals_and_a_slash_at_the_end_make_no_difference(client, row, path):
    assert client.get(path).status_code == 301


def test_a_row_with_a_query_goes_before_one_without(client, row):
    OldAddress.objects.create(path="/discover/blog/réforme?f[0]=topic:7", target="/discover/topics/")
    answers = [client.get(f"/discover/blog/r%C3%A9forme{query}")["Location"] for query in ("?f[0]=topic:7", "?page=2")]
    assert answers == ["/en/discover/topics/", "/en/discover/publications/"]


def test_a_short_address_is_led_to_without_a_language(client):
    OldAddress.objects.create(path="/node/12", target="/p/p12")
    assert client.get("/node/12")["Location"] == "/p/p12"


def test_each_use_of_a_row_is_counted(client, row):
    client.get("/discover/blog/r%C3%A9forme")
    client.get("/discover/blog/r%C3%A9forme")
    row.refresh_from_db()
    assert row.hits == 2
    assert row.last_hit_at is not None


def test_what_is_there_is_not_led_away(client):
    OldAddress.objects.create(path="/en", target="/discover/publications/")
    assert client.get("/en/styleguide/").status_code == 200
    assert client.get("/en/").status_code != 301


@pytest.mark.parametrize("address", ["/discover/nothing/other", "/a%00b", "/a?b=%00", "/en/discover/goals/1%00/"])
def test_an_address_nobody_knows_is_not_found(client, row, address):
    assert client.get(address).status_code == 404


def test_a_target_never_leads_to_another_host(client):
    OldAddress.objects.create(path="/node/13", target="//elsewhere.example/")
    assert client.get("/node/13")["Location"].startswith("/en//elsewhere.example/")


def test_staff_may_paste_an_address_as_a_browser_shows_it(client, staff):
    client.force_login(staff)
    client.post("/en/staff/admin/content/oldaddress/add/", {"path": "/Node/R%C3%A9forme/", "target": "/search/"})
    assert OldAddress.objects.get().path == "/node/réforme"


@pytest.mark.parametrize(
    "target", ["discover/x/", "//elsewhere.example/", "/fr/discover/x/", "https://elsewhere.example/"]
)
def test_a_target_that_would_lead_nowhere_is_refused_beside_its_field(target):
    with pytest.raises(ValidationError) as refused:
        OldAddress(path="/old", target=target).full_clean(validate_unique=False)
    assert list(refused.value.message_dict) == ["target"]


@pytest.mark.django_db
def test_the_style_sheet_is_named_before_the_page_begins(client):
    assert client.get("/en/discover/topics/glossary/")["Link"].endswith("portal.css>; rel=preload; as=style")
    assert "Link" not in client.get("/en/opensearch.xml")
