import pytest
from lxml import etree
from model_bakery import baker

from content import registry
from content.sitemaps import Records, document
from tests import factories

pytestmark = pytest.mark.django_db

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return etree.fromstring(response.content)


def files(client):
    return read(client, "/sitemap.xml").xpath("//s:sitemap/s:loc/text()", namespaces=NAMES)


def addresses(client, path):
    return read(client, path).xpath("//s:url/s:loc/text()", namespaces=NAMES)


def records():
    return Records(registry.get("publication"))


def test_the_index_names_only_files_that_exist(client):
    factories.publication(organisations=[factories.organisation()])
    for name in ("topics", "countries", "regions", "goals"):
        assert f"http://testserver/sitemap-{name}-0.xml" not in files(client)
    baker.make("taxonomy.Country", iso2="KE", slug="kenya", name_en="Kenya")
    for address in files(client):
        assert addresses(client, address.removeprefix("http://testserver"))
    assert "http://testserver/sitemap-publication-0.xml" in files(client)


def test_a_record_is_listed_once_in_each_language(client):
    made = factories.publication()
    assert addresses(client, "/sitemap-publication-0.xml") == [
        f"http://testserver/{code}/discover/publications/{made.slug}/" for code in ("en", "fr", "es")
    ]


def test_each_address_names_its_counterparts_and_itself(client):
    made = factories.publication()
    for url in read(client, "/sitemap-publication-0.xml"):
        found = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", NAMES)}
        page = f"discover/publications/{made.slug}/"
        assert found == {code: f"http://testserver/{code}/{page}" for code in ("en", "fr", "es")} | {
            "x-default": f"http://testserver/en/{page}"
        }


def test_an_address_says_when_its_record_changed(client):
    made = factories.publication()
    (changed,) = set(read(client, "/sitemap-publication-0.xml").xpath("//s:lastmod/text()", namespaces=NAMES))
    assert changed == f"{made.updated_at:%Y-%m-%dT%H:%M:%SZ}"


@pytest.mark.parametrize("status", ["draft", "in_review", "changes_asked"])
def test_what_is_not_public_is_on_no_map(client, status):
    factories.publication(status=status, published_at=None)
    assert "http://testserver/sitemap-publication-0.xml" not in files(client)
    assert client.get("/sitemap-publication-0.xml").status_code == 404


def test_files_go_by_ranges_of_keys(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("content.sitemaps.RECORDS", 2)
    made = [factories.publication() for _ in range(5)]
    numbers = records().numbers()
    assert numbers == sorted({publication.pk // 2 for publication in made})
    with django_assert_num_queries(1):
        slugs = [address.paths["en"].split("/")[-2] for address in records().addresses(numbers[1])]
    assert slugs == [publication.slug for publication in made if publication.pk // 2 == numbers[1]]


def test_an_index_costs_the_same_queries_for_any_number_of_files(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr("content.sitemaps.RECORDS", 1)
    for _ in range(5):
        factories.publication()
    with django_assert_num_queries(1):
        assert len(records().numbers()) == 5


def test_a_whole_file_keeps_to_the_limits(monkeypatch):
    from content.sitemaps import RECORDS, Address

    path = "/en/discover/publications/" + "a" * 120 + "/"
    written = document([Address(dict.fromkeys(("en", "fr", "es"), path))] * RECORDS, "https://portal.example")
    assert written.count("<url>") <= 50_000
    assert len(written.encode()) <= 50 * 1024 * 1024


@pytest.mark.parametrize("path", ["/sitemap-nothing-0.xml", "/sitemap-publication-99999.xml", "/sitemap-pages-1.xml"])
def test_a_file_that_is_not_there_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_terms_and_lists_are_on_the_map(client):
    baker.make("taxonomy.Country", iso2="KE", slug="kenya", name_en="Kenya")
    assert "http://testserver/fr/discover/countries/kenya/" in addresses(client, "/sitemap-countries-0.xml")
    assert {"http://testserver/en/", "http://testserver/es/discover/publications/"} <= set(
        addresses(client, "/sitemap-pages-0.xml")
    )


def test_a_crawler_that_has_a_file_is_told_so(client):
    factories.publication()
    first = client.get("/sitemap-publication-0.xml")
    assert client.get("/sitemap-publication-0.xml", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_robots_are_told_of_the_map(client):
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()
