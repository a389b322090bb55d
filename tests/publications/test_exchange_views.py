import json
from xml.etree import ElementTree

import pytest
import segno
from django.utils import timezone
from lxml import html
from model_bakery import baker

from tests import factories

pytestmark = pytest.mark.django_db

LIST = "/en/discover/publications/"


@pytest.mark.parametrize(
    ("ending", "media_type"),
    [
        ("bib", "application/x-bibtex"),
        ("ris", "application/x-research-info-systems"),
        ("json", "application/vnd.citationstyles.csl+json"),
        ("csv", "text/csv"),
        ("txt", "text/plain"),
    ],
)
def test_a_citation_is_a_file_named_after_the_record(client, ending, media_type):
    made = factories.publication("Niñez")
    response = client.get(f"{LIST}{made.slug}/cite.{ending}")
    assert response["Content-Type"] == f"{media_type}; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="{made.slug}.{ending}"'
    assert "niñez" in response.content.decode().lower()


def test_an_unknown_format_is_not_found(client):
    made = factories.publication()
    assert client.get(f"{LIST}{made.slug}/cite.docx").status_code == 404


@pytest.mark.parametrize("ending", ["cite.bib", "qr.svg"])
def test_a_draft_cannot_be_cited(client, ending):
    made = factories.publication(status="draft", published_at=None)
    assert client.get(f"{LIST}{made.slug}/{ending}").status_code == 404


def test_the_citation_of_a_withdrawn_record_says_why(client):
    made = factories.publication(
        status="withdrawn", withdrawn_at=timezone.now(), withdrawal_reason="It was a duplicate."
    )
    assert client.get(f"{LIST}{made.slug}/cite.bib").status_code == 410


@pytest.mark.parametrize("ending", ["cite.bib", "qr.svg", "../feed/"])
def test_ways_out_are_only_read(client, ending):
    made = factories.publication()
    address = f"{LIST}feed/" if ending.startswith("..") else f"{LIST}{made.slug}/{ending}"
    assert client.post(address).status_code == 405


def test_a_citation_costs_the_same_queries_however_many_names(client, django_assert_max_num_queries):
    topics = baker.make("taxonomy.Country", _quantity=5)
    made = factories.publication(
        authors=[(f"Family{n}", "Ann") for n in range(20)],
        organisations=[factories.organisation(f"Organisation {n}") for n in range(20)],
    )
    made.countries.set(topics)
    with django_assert_max_num_queries(10):
        client.get(f"{LIST}{made.slug}/cite.bib")


def test_the_page_shows_three_styles_and_five_files(client):
    made = factories.publication("Cash transfers", authors=[("Ba", "Awa")])
    tree = html.fromstring(client.get(f"/fr/discover/publications/{made.slug}/").content)
    assert [p.text_content() for p in tree.xpath("//*[@class='cite']")] == [
        f"Ba, A. (2019). Cash transfers. http://testserver/p/p{made.pk}",
        f"Ba, Awa. 2019. Cash Transfers. http://testserver/p/p{made.pk}.",
        f"Awa Ba. 2019. Cash transfers. http://testserver/p/p{made.pk}",
    ]
    files = tree.xpath("//section[@id='cite']//a/@href")
    assert [address.rsplit(".", 1)[1] for address in files] == ["bib", "ris", "json", "csv", "txt"]


def test_the_qr_code_is_a_drawing_of_the_permanent_address(client):
    made = factories.publication()
    response = client.get(f"{LIST}{made.slug}/qr.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert "public" in response["Cache-Control"]
    drawn = ElementTree.fromstring(response.content).findall(".//{http://www.w3.org/2000/svg}path")[-1].get("d")
    expected = segno.make(f"http://testserver/p/p{made.pk}", error="m", micro=False).svg_inline(border=4)
    assert f'd="{drawn}"' in expected


def test_a_record_is_served_as_data(client):
    made = factories.publication(
        "Cash transfers",
        title_fr="Transferts monétaires",
        authors=[("Ba", "Awa")],
        abstract_en="What they cost.",
        organisations=[factories.organisation("UNICEF")],
    )
    data = json.loads(client.get(f"/fr/discover/publications/{made.slug}/?format=json").content)
    assert (data["title"], data["title_language"]) == ("Transferts monétaires", "fr")
    assert data["titles"] == {"en": "Cash transfers", "fr": "Transferts monétaires"}
    assert data["authors"] == [{"family": "Ba", "given": "Awa"}]
    assert data["organisations"][0]["name"] == "UNICEF"
    assert data["permanent_url"] == f"http://testserver/p/p{made.pk}"


# ---------- The short address ----------


def test_the_short_address_leads_to_the_record_in_the_language_of_the_reader(client):
    made = factories.publication()
    response = client.get(f"/p/p{made.pk}", headers={"Accept-Language": "es"})
    assert (response.status_code, response["Location"]) == (302, f"/es/discover/publications/{made.slug}/")
    assert "Accept-Language" in response["Vary"]


def test_the_short_address_survives_a_new_name(client):
    made = factories.publication()
    type(made).objects.filter(pk=made.pk).update(slug="renamed", title_en="Renamed")
    assert client.get(f"/p/p{made.pk}")["Location"] == "/en/discover/publications/renamed/"


def test_the_short_address_of_a_withdrawn_record_leads_to_the_reason(client):
    made = factories.publication(
        status="withdrawn", withdrawn_at=timezone.now(), withdrawal_reason="It was a duplicate."
    )
    response = client.get(f"/p/p{made.pk}", follow=True)
    assert response.status_code == 410
    assert "It was a duplicate." in response.content.decode()


def test_the_short_address_of_a_draft_does_not_exist(client):
    made = factories.publication(status="draft", published_at=None)
    assert client.get(f"/p/p{made.pk}").status_code == 404


@pytest.mark.parametrize("code", ["p", "p0", "x1", "1", "p-1", "p1.5", "p٣", "p" + "9" * 40, "pp1", "%00"])
def test_a_short_address_that_is_none_is_not_found(client, code):
    assert client.get(f"/p/{code}").status_code == 404
