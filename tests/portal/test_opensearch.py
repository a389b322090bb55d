import pytest
from lxml import etree

pytestmark = pytest.mark.django_db

NAMES = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_each_language_describes_its_search(client, language):
    response = client.get(f"/{language}/opensearch.xml")
    assert response["Content-Type"].startswith("application/opensearchdescription+xml")
    tree = etree.fromstring(response.content)
    found = {url.get("type"): url.get("template") for url in tree.findall("o:Url", NAMES)}
    assert found["text/html"] == f"http://testserver/{language}/search/?q={{searchTerms}}"
    assert found["application/json"].endswith("/search/?q={searchTerms}&format=json")
    assert tree.findtext("o:Language", namespaces=NAMES) == language
    assert 0 < len(tree.findtext("o:ShortName", namespaces=NAMES)) <= 16
