"""What people come for, done as they would: a French reader finds evidence in other languages (J2), a practitioner on a
slow phone reads and keeps a document (J14)."""

from __future__ import annotations

import re
import urllib.request
from urllib.parse import parse_qs, urlsplit

import pytest
import rispy
from pybtex.database import parse_string

from tests.browser import kinds, rooms
from tests.browser.conftest import Reader
from tests.browser.site import until

QUESTION = "transferts monétaires"
LIST = "/discover/publications/"
SCREENS = pytest.mark.parametrize("width", [1280, 390, 320])
READERS = pytest.mark.parametrize("role", [None, rooms.MEMBER], ids=["visitor", "member"])
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def titles(reader: Reader) -> list[str]:
    """Where the rows lead, without the language: the same list in any language."""
    links = reader.page.locator("article.record .record__title a").all()
    return [re.sub(r"^/../", "/", link.get_attribute("href") or "") for link in links]


def open_filters(reader: Reader) -> None:
    if not reader.page.locator("#filters").is_visible():
        reader.page.locator("a.filter-open").click()


def tick(reader: Reader, facet: str, value: str) -> None:
    option = f"input[name={facet}][value='{value}']"
    box = reader.page.locator(f"#filters {option}")
    if not box.is_visible():
        reader.page.locator(f"#filters details:has({option}) > summary").click()
    box.check()


def show_results(reader: Reader) -> None:
    reader.page.locator("#filters .facets__apply button").click()
    reader.page.wait_for_load_state()


def switch(reader: Reader, language: str) -> None:
    reader.page.locator(f".langs a[hreflang={language}]").click()
    reader.page.wait_for_url(f"**/{language}/**")


@SCREENS
@SCRIPTS
def test_a_french_reader_finds_evidence_in_other_languages(width, scripts, visit):
    reader = visit(language="fr", width=width, scripts=scripts)
    reader.open("/")
    assert reader.path == "/fr/"
    assert reader.page.locator("html").get_attribute("lang") == "fr"
    assert reader.page.locator(".langs a").count() == 3
    box = reader.page.locator("input[name=q]:visible").first
    box.fill(QUESTION)
    box.press("Enter")
    reader.page.wait_for_url("**q=*")
    headings = reader.page.locator("#results h3.floor").all_inner_texts()
    assert [heading.rsplit(None, 1)[0] for heading in headings] == ["En français", "Dans d’autres langues"]
    assert reader.page.locator("#results h3.floor").nth(1).is_visible()
    foreign = reader.page.locator("article.record .record__title[lang]")
    assert {title.get_attribute("lang") for title in foreign.all()} >= {"en"}


@SCREENS
@SCRIPTS
def test_two_countries_a_type_and_the_second_page_survive_the_switch_of_language(width, scripts, visit, chromium, site):
    reader = visit(language="fr", width=width, scripts=scripts)
    reader.open(f"/fr{LIST}")
    open_filters(reader)
    tick(reader, "country", "US")
    tick(reader, "country", "IN")
    tick(reader, "type", "working-paper")
    show_results(reader)
    assert parse_qs(urlsplit(reader.page.url).query)["country"] in (["IN", "US"], ["US", "IN"])
    assert reader.page.locator(".chip--on").count() == 3
    reader.page.locator(".pager a[href*='page=2']").first.click()
    reader.page.wait_for_url("**page=2*")
    before, shared = titles(reader), reader.path
    assert len(before) > 5
    switch(reader, "es")
    assert reader.path == shared.replace("/fr/", "/es/", 1)
    assert titles(reader) == before
    assert reader.page.locator("html").get_attribute("lang") == "es"
    somebody_else = visit(language="en", width=width, scripts=scripts)
    somebody_else.open(shared)
    assert titles(somebody_else) == before


@SCREENS
@SCRIPTS
def test_an_english_record_says_so_on_a_spanish_page(width, scripts, visit, site):
    found = site.data(f"/es{LIST}?format=json&type=working-paper&lang=en")["results"]
    record = next(row for row in found if row["title_language"] == "en")
    reader = visit(language="es", width=width, scripts=scripts)
    reader.open(record["url"].removeprefix(site.base))
    assert reader.page.locator("html").get_attribute("lang") == "es"
    assert reader.page.locator("h1").get_attribute("lang") == "en"
    assert "solo está en inglés" in reader.page.locator(".notice").first.inner_text()


@SCRIPTS
def test_a_question_without_answer_offers_ways_on(scripts, visit):
    reader = visit(language="fr", width=390, scripts=scripts)
    reader.open(f"/fr{LIST}?q=transferts+monetairse&country=KE")
    ways = reader.page.locator("main a[href]").all_inner_texts()
    assert any("transferts mon" in way for way in ways), ways
    reader.page.locator("main a", has_text="transferts mon").first.click()
    reader.page.wait_for_load_state()
    assert titles(reader)


def test_citations_are_read_by_other_programs(visit):
    reader = visit(language="fr", scripts=False)
    reader.open(f"/fr{LIST}?q=transferts+mon%C3%A9taires")
    reader.page.locator("article.record .record__title a").first.click()
    reader.page.wait_for_load_state()
    title = reader.page.locator("meta[name=citation_title]").get_attribute("content")

    def saved(name: str) -> str:
        with reader.page.expect_download() as waiting:
            reader.page.locator("#cite a", has_text=name).click()
        return waiting.value.path().read_text("utf-8")

    (entry,) = parse_string(saved("BibTeX"), "bibtex").entries.values()
    assert re.sub(r"[{}]", "", entry.fields["title"]) == title
    (reference,) = rispy.loads(saved("RIS"))
    assert reference["title"] == title


def test_a_translation_is_outdated_once_its_original_changes(visit, site):
    address = kinds.address("with translations", site)
    reader = visit(language="es")
    reader.open(f"/es{address}")
    assert "desactualizada" not in reader.page.locator("main").inner_text()
    staff = visit(language="en")
    staff.open("/en/staff/admin/")
    staff.page.fill("input[name=login]", "staff@demo.example")
    staff.page.fill("input[name=password]", "demo-portal")
    staff.page.locator("main .btn--main").click()
    staff.page.wait_for_url("**/staff/admin/")
    slug = address.rstrip("/").rsplit("/", 1)[1]
    staff.open(f"/en/staff/admin/publications/publication/?q={slug}")
    staff.page.locator("#result_list tbody a").first.click()
    staff.page.wait_for_load_state()
    abstract = staff.page.locator("textarea[name=abstract_en]")
    abstract.fill(abstract.input_value() + " A sentence that no translator has seen.")
    staff.page.locator("[name=_save]").first.click()
    staff.page.wait_for_load_state()
    assert staff.page.locator(".errornote").count() == 0

    def is_said() -> bool:
        reader.open(f"/es{address}")
        return "desde" in reader.page.locator("main").inner_text() and bool(
            re.search(r"desactualizad\w+ desde", reader.page.locator("main").inner_text())
        )

    assert until(is_said, 40), reader.page.locator("main").inner_text()[-1500:]


@SCRIPTS
@READERS
def test_a_practitioner_on_a_slow_phone_reads_the_text_edition(scripts, role, visit, site):
    reader = visit(width=320, scripts=scripts, role=role)
    reader.open(f"/en{kinds.address('text edition', site).removesuffix('text/')}")
    reader.page.locator("a[href$='/text/']").first.click()
    reader.page.wait_for_load_state()
    assert len(reader.page.locator("main").inner_text().split()) > 80
    assert reader.page.locator("main img, main video, main audio").count() == 0


@READERS
def test_a_download_that_broke_off_goes_on_where_it_stopped(role, visit, site):
    reader = visit(width=320, role=role)
    reader.open(f"/en{kinds.address('text edition', site).removesuffix('text/')}")
    address = site.base + reader.page.locator("a[download][href^='/files/']").first.get_attribute("href")
    cookies = {"Cookie": "; ".join(f"{one['name']}={one['value']}" for one in reader.context.cookies())}
    with urllib.request.urlopen(urllib.request.Request(address, headers=cookies)) as whole:
        bytes_of_all, tag = whole.read(), whole.headers["ETag"]
    half = len(bytes_of_all) // 2
    with urllib.request.urlopen(urllib.request.Request(address, headers=cookies)) as cut:
        first = cut.read(half)  # and the line breaks
    rest = urllib.request.Request(address, headers=cookies | {"Range": f"bytes={half}-", "If-Range": tag})
    with urllib.request.urlopen(rest) as more:
        assert more.status == 206
        assert more.headers["Content-Range"] == f"bytes {half}-{len(bytes_of_all) - 1}/{len(bytes_of_all)}"
        second = more.read()
    assert first + second == bytes_of_all
