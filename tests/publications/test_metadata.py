import json
from urllib.parse import parse_qs

import pytest
from lxml import html
from model_bakery import baker

from publications.citations import csl_item
from publications.metadata import coins, json_ld, metadata
from tests import factories

pytestmark = pytest.mark.django_db

BASE = "https://portal.example"
HOSTILE = '</script><script>alert(1)</script> "quoted" & \\u003c \u202e 🌍\nline'


@pytest.fixture
def publication():
    stored = baker.make(
        "files.StoredFile",
        key="k1",
        name="report.pdf",
        kind="pdf",
        media_type="application/pdf",
        size=3100,
        language="en",
    )
    return factories.publication(
        "Cash transfers",
        authors=[("de la Cruz", "María José"), ("Öğüt", "Ç.")],
        organisations=[factories.organisation("UNICEF", website="https://unicef.example")],
        files=[stored],
        doi="10.1/x",
        month=2,
        abstract_en="What they cost.",
    )


def page(client, publication, language="en"):
    response = client.get(f"/{language}/discover/publications/{publication.slug}/")
    assert response.status_code == 200
    return html.fromstring(response.content)


def contents(tree, name):
    return tree.xpath("//head/meta[@name=$name]/@content", name=name)


def data_block(tree):
    (block,) = tree.xpath("//script[@type='application/ld+json']/text()")
    return json.loads(block)


def test_google_scholar_finds_what_it_asks_for(client, publication):
    tree = page(client, publication)
    assert contents(tree, "citation_title") == ["Cash transfers"]
    assert contents(tree, "citation_author") == ["de la Cruz, María José", "Öğüt, Ç."]
    assert contents(tree, "citation_publication_date") == ["2019/02"]
    assert contents(tree, "citation_technical_report_institution") == ["UNICEF"]
    assert contents(tree, "citation_pdf_url") == ["http://testserver/files/k1/report.pdf"]
    assert contents(tree, "citation_language") == ["en"]


def test_dublin_core_says_the_same(client, publication):
    tree = page(client, publication)
    assert contents(tree, "DC.creator") == ["de la Cruz, María José", "Öğüt, Ç."]
    assert contents(tree, "DC.date") == ["2019-02"]
    assert contents(tree, "DC.identifier") == [f"http://testserver/p/p{publication.pk}", "https://doi.org/10.1/x"]
    assert contents(tree, "DC.rights") == ["https://creativecommons.org/licenses/by/4.0/"]


def test_schema_org_describes_the_record(client, publication):
    data = data_block(page(client, publication))
    assert data["@context"] == "https://schema.org"
    assert data["@type"] == "Report"
    assert [author["name"] for author in data["author"]] == ["María José de la Cruz", "Ç. Öğüt"]
    assert data["publisher"] == [{"@type": "Organization", "name": "UNICEF", "url": "https://unicef.example"}]
    assert data["encoding"][0]["contentUrl"] == "http://testserver/files/k1/report.pdf"
    assert data["datePublished"] == "2019-02"


def test_a_hostile_title_stays_inside_its_tags(client):
    made = factories.publication(HOSTILE, abstract_en=HOSTILE, authors=[(HOSTILE, HOSTILE)])
    tree = page(client, made)
    assert data_block(tree)["name"] == '</script><script>alert(1)</script> "quoted" & \\u003c 🌍 line'
    assert contents(tree, "citation_title") == ['</script><script>alert(1)</script> "quoted" & \\u003c 🌍 line']
    # Data blocks (application/ld+json) are not run, and are the only script elements a page may hold.
    assert {script.get("type") for script in tree.iter("script")} == {"application/ld+json"}


def test_data_blocks_hold_nothing_that_looks_like_markup():
    written = json_ld({"name": "<!-- </script> & >"})
    assert not set(written) & set("<>&")
    assert json.loads(written)["name"] == "<!-- </script> & >"


def test_the_description_is_in_the_language_of_the_reader(client):
    made = factories.publication(abstract_en="What they cost.", abstract_fr="Ce qu’ils coûtent.")
    assert contents(page(client, made, "fr"), "description") == ["Ce qu’ils coûtent."]


def test_a_long_abstract_is_cut_at_a_word():
    made = factories.publication(abstract_en="word " * 1000)
    description = metadata(made, base=BASE).description
    assert len(description) <= 300
    assert description.endswith("word…")


def test_a_bare_record_says_nothing_it_does_not_know(client):
    made = factories.publication(
        "Bare", year=None, licence=factories.licence("link-only", label_en="Link only", url="")
    )
    tree = page(client, made)
    assert not contents(tree, "citation_publication_date")
    assert not contents(tree, "citation_author")
    assert contents(tree, "description") == ["Bare"]
    assert "datePublished" not in data_block(tree)
    assert all(tree.xpath("//head/meta[@name or @property]/@content"))


def test_link_relations_lead_to_files_licence_and_exports(client, publication):
    links = {(link.get("rel"), link.get("type")): link.get("href") for link in page(client, publication).iter("link")}
    at = f"http://testserver/en/discover/publications/{publication.slug}/"
    assert links["item", "application/pdf"] == "http://testserver/files/k1/report.pdf"
    assert links["cite-as", None] == "https://doi.org/10.1/x"
    assert links["license", None] == "https://creativecommons.org/licenses/by/4.0/"
    assert links["alternate", "application/x-bibtex"] == f"{at}cite.bib"
    assert links["alternate", "application/json"] == f"{at}?format=json"


def test_coins_carries_the_record_in_one_attribute(client, publication):
    (title,) = page(client, publication).xpath("//body//span[@class='Z3988']/@title")
    found = parse_qs(title)
    assert found["rft.btitle"] == ["Cash transfers"]
    assert found["rft.au"] == ["de la Cruz, María José", "Öğüt, Ç."]
    assert found["rft_id"] == ["info:doi/10.1/x", f"http://testserver/p/p{publication.pk}"]
    assert coins(csl_item(publication, base=BASE))
