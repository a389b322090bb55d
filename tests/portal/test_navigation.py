import pytest
from django.test import RequestFactory
from django.utils.translation import override
from lxml import html

from portal import navigation

pytestmark = pytest.mark.django_db


def page(client, address):
    return html.fromstring(client.get(address).content.decode())


def test_the_switch_keeps_path_and_query(client):
    tree = page(client, "/en/styleguide/?dir=rtl&theme=dark")
    assert tree.cssselect('.langs a[hreflang="fr"]')[0].get("href") == "/fr/styleguide/?dir=rtl&theme=dark"


def test_the_switch_says_which_language_is_open_and_names_each_in_its_own(client):
    tree = page(client, "/fr/")
    (current,) = tree.cssselect(".langs a[aria-current]")
    assert (current.get("lang"), current.cssselect(".full")[0].text) == ("fr", "Français")


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_page_says_its_own_language(client, language):
    assert page(client, f"/{language}/").get("lang") == language


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/en/discover/?q=a", "/fr/discover/?q=a"), ("/en", "/fr"), ("/entrance/", "/fr/"), ("/p/p1", "/fr/")],
)
def test_an_address_without_a_language_leads_to_the_first_page(path, expected):
    assert navigation.in_language(path, "fr") == expected


def test_each_page_names_itself_in_every_language_and_a_default(client):
    tree = page(client, "/fr/")
    alternates = {link.get("hreflang"): link.get("href") for link in tree.cssselect("link[hreflang]")}
    assert alternates == {
        code: f"http://testserver/{path}/"
        for code, path in (("en", "en"), ("x-default", "en"), ("fr", "fr"), ("es", "es"))
    }


def test_the_canonical_address_drops_what_changes_no_content():
    request = RequestFactory().get("/en/x/?topic=b&sort=used&page=1&q=&format=json&topic=a")
    assert navigation.canonical_path(request) == "/en/x/?topic=b&topic=a"


def test_the_open_section_is_marked_and_its_pages_stand_under_it(client):
    tree = page(client, "/en/discover/countries/")
    assert [link.text for link in tree.cssselect(".nav [aria-current]")] == ["Discover"]
    assert [link.text for link in tree.cssselect('.subnav [aria-current="page"]')] == ["Countries"]


def test_the_sections_stand_in_one_order():
    with override("en"):
        assert [str(section.label) for section in navigation.all_sections("")] == ["Discover", "Learn", "Connect"]


def test_every_link_of_the_map_leads_somewhere(client, world):
    for link in page(client, "/en/").cssselect(".site-footer li a"):
        if not link.get("href").startswith("mailto:"):
            assert client.get(link.get("href"), follow=True).status_code == 200, link.get("href")


def test_staff_alone_find_the_way_to_the_editors_pages(client, member, staff):
    client.force_login(member)
    assert not page(client, "/en/").cssselect('.account a[href*="/staff/"]')
    client.force_login(staff)
    assert page(client, "/en/").cssselect('.account a[href="/en/staff/review/"]')
