"""What is shown around a found word. On both engines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from files.models import PageText, StoredFile
from publications.models import Document
from search import reading, services
from search.marking import Marker
from search.vocabulary import Entry, Vocabulary
from tests.search.conftest import find


def file_of(publication, *pages: str, language: str = "") -> StoredFile:
    stored = StoredFile.objects.create(
        key=f"k{publication.pk}", file="x.pdf", name="x.pdf", kind="pdf", media_type="application/pdf", size=1,
        language=language,
    )  # fmt: skip
    PageText.objects.bulk_create(
        PageText(file=stored, number=number, text=text) for number, text in enumerate(pages, start=1)
    )
    Document.objects.create(publication=publication, file=stored)
    return stored


def test_a_phrase_on_page_twelve_is_found_with_its_page(engine, library):
    publication = library.add("A report")
    pages = [f"Page {number} speaks of budgets and of households in general." for number in range(1, 20)]
    pages[11] += " Here stands the uncommon okapi allowance, once."
    file_of(publication, *pages)
    services.rebuild_index()
    for text in ('"okapi allowance"', "okapi allowances"):
        (hit,) = find(text).hits
        assert hit.snippet.page == 12
        assert "<mark>" in hit.snippet.html
        assert "okapi" in hit.snippet.html


def test_an_abstract_is_shown_before_a_file(engine, library):
    publication = library.add("A report", abstract="The okapi allowance in short.")
    file_of(publication, "okapi allowance")
    services.rebuild_index()
    (hit,) = find("okapi").hits
    assert hit.snippet.page is None
    assert hit.snippet.html == "The <mark>okapi</mark> allowance in short."


def test_marks_follow_accents_plurals_and_elisions(engine, library):
    library.add("Les politiques de l’emploi", language="fr", abstract="D’emplois décents et de <b>Politique</b>.")
    services.rebuild_index()
    (hit,) = find("politique emploi").hits
    assert hit.titles["fr"] == "Les <mark>politiques</mark> de <mark>l’emploi</mark>"
    assert hit.snippet.html == "<mark>D’emplois</mark> décents et de &lt;b&gt;<mark>Politique</mark>&lt;/b&gt;."


def test_a_record_found_by_a_translation_is_marked_in_its_own_language(engine, library):
    library.topic("Cash transfers", "Transferts monétaires")
    library.add("The reach of cash transfers")
    services.rebuild_index()
    (hit,) = find("transferts monétaires").hits
    assert hit.titles["en"] == "The reach of <mark>cash transfers</mark>"


def test_a_long_abstract_is_cut_around_its_words(engine, library):
    library.add("A report", abstract="Filler words here. " * 60 + "An okapi at last. " + "More filler words. " * 60)
    services.rebuild_index()
    (hit,) = find("okapi").hits
    assert hit.snippet.html.startswith("… ")
    assert hit.snippet.html.endswith(" …")
    assert len(hit.snippet.html) < 320


def test_browsing_has_no_snippets(engine, library):
    library.add("A report", abstract="Text")
    services.rebuild_index()
    assert find().hits[0].snippet is None


def test_a_replaced_file_is_no_longer_searched(engine, library):
    publication = library.add("A report")
    file_of(publication, "okapi")
    services.rebuild_index()
    assert find("okapi").count == 1
    document = publication.documents.get()
    document.replaced_on = "2024-05-01"
    document.save()
    services.follow_changes()
    assert find("okapi").count == 0


VOCABULARY = Vocabulary([Entry("topic", "cash", {"en": ["Cash transfers"], "fr": ["Transferts monétaires"]})])


@given(
    question=st.text(max_size=60),
    title=st.text(max_size=200),
    text=st.text(max_size=900),
    page=st.text(max_size=900),
)
def test_only_marks_are_added_and_everything_else_is_escaped(question, title, text, page):
    shown = {"titles": {"en": title}, "texts": {"fr": text}, "pages": {"es": f"{page}\f{text}"}, "avail": ["en"]}
    marker = Marker(reading.read(question + " cash transfers <b>", VOCABULARY))
    pieces = [*marker.titles(shown).values()]
    snippet = marker.snippet(shown, ("en",))
    if snippet:
        pieces.append(snippet.html)
    marker.matched(shown)
    for piece in pieces:
        bare = piece.replace("<mark>", "").replace("</mark>", "")
        assert "<" not in bare
        assert ">" not in bare
        assert piece.count("<mark>") == piece.count("</mark>") >= 1


@given(st.text(max_size=400))
def test_any_text_can_be_read(text):
    read = reading.read(text, VOCABULARY)
    assert len(read.clauses) <= reading.MOST_WORDS
    assert read.is_text or not read.clauses


@pytest.mark.parametrize("text", ["cash transfers in kenya", "CASH-TRANSFER", "  transferts   monetaires "])
def test_terms_are_recognised_however_they_are_typed(text):
    assert [expansion.slug for expansion in reading.read(text, VOCABULARY).expansions] == ["cash"]
