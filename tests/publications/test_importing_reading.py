"""Files to references: formats by content, encodings by their bytes, broken references by themselves."""

from __future__ import annotations

import json

import pytest

from publications.importing.decoding import decode
from publications.importing.reading import read

RIS = (
    "TY  - RPRT\nTI  - Cash transfers in Kenya\nAU  - Mwangi, Grace\nPY  - 2018\nUR  - https://example.org/a\nER  - \n"
)
BIBTEX = "@techreport{a, title = {Cash transfers in Kenya}, author = {Grace Mwangi}, year = 2018}\n"
CSV = "title,authors,year\nCash transfers in Kenya,Grace Mwangi,2018\n"
CSL = json.dumps([{"type": "report", "title": "Cash transfers in Kenya", "issued": {"date-parts": [[2018, 5]]}}])


@pytest.fixture
def given(tmp_path):
    def write(content: str | bytes, name: str = "references.txt"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.mark.parametrize(
    ("content", "format_"),
    [(RIS, "RIS"), (BIBTEX, "BibTeX"), (CSV, "CSV"), (CSL, "CSL-JSON")],
    ids=["ris", "bib", "csv", "csl"],
)
def test_the_content_decides_the_format_and_not_the_name(given, content, format_):
    report, (reference,) = read(given(content, "wrong.xml"))
    assert (report.format, report.read) == (format_, 1)
    assert reference.titles[""] == "Cash transfers in Kenya"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_a_table_may_use_any_usual_delimiter(given, mark):
    _report, (reference,) = read(given(f"Titre{mark}Année\n« A, b »{mark}2018\n"))
    assert reference.titles[""].startswith("« A")


def test_columns_may_be_named_in_spanish_and_hold_several_languages(given):
    table = "Título_es;Title_en;Autores;Año;Países\nTransferencias;Transfers;Ana Gómez;2018;Perú; \n"
    _report, (reference,) = read(given(table))
    assert reference.titles == {"es": "Transferencias", "en": "Transfers"}
    assert [name.family for name in reference.authors] == ["Gómez"]
    assert reference.countries == ["Perú"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_encoding_is_found(given, encoding):
    text = RIS.replace("Cash transfers in Kenya", "L’égalité à l’école – où en est-on ?")
    _report, (reference,) = read(given(text.encode(encoding)))
    assert reference.titles[""] == "L’égalité à l’école – où en est-on ?"


def test_a_few_stray_bytes_do_not_turn_a_utf8_file_into_another_encoding():
    text, encoding = decode("é".encode() * 50 + b" caf\xe9 " + "ñ".encode() * 50)
    assert encoding == "utf-8"
    assert "café" in text
    assert text.startswith("éé")


def test_nul_and_control_characters_are_dropped(given):
    _report, (reference,) = read(given(RIS.replace("Cash", "C\x00a\x07sh")))
    assert reference.titles[""] == "Cash transfers in Kenya"


def test_a_broken_reference_costs_itself_and_not_the_file(given):
    text = "@article{a, title = {One}}\n@techreport{ author = {B}, title = {Lost}\n}\n@article{c, title = {Three}}\n"
    report, references = read(given(text))
    assert report.read == len(references)
    assert [bool(reference.problem) for reference in references].count(True) == 1
    assert {"One", "Three"} <= {title for reference in references for title in reference.titles.values()}


def test_tags_with_tabs_and_without_spaces_are_read(given):
    _report, (reference,) = read(given("1.\nTY-RPRT\nTI\t- A title\nAU  -Mwangi,Grace\nER-\n"))
    assert reference.titles[""] == "A title"


def test_lines_without_a_tag_belong_to_the_line_before(given):
    _report, (reference,) = read(given("TY  - RPRT\nTI  - A long\ntitle\nKW  - one\ntwo\nER  - \n"))
    assert reference.titles[""] == "A long title"
    assert reference.keywords == ["one", "two"]


def test_a_chapter_takes_the_year_and_the_publisher_of_its_book(given):
    text = "@inbook{a, title={Part}, crossref={b}}\n@book{b, title={Whole}, publisher={Grimble}, year=1974}\n"
    _report, (part, _whole) = read(given(text))
    assert part.titles[""] == "Part"
    assert part.journal == "Whole"
    assert part.organisations == ["Grimble"]
    assert "1974" in part.dates


def test_tex_accents_become_letters(given):
    text = r"@misc{a, title={Pol{\'i}tica de {\~n}i{\~n}os \& ma{\^i}trise}, author={{\v R}eh{\r u}{\v r}ek, Radim}}"
    _report, (reference,) = read(given(text))
    assert reference.titles[""] == "Política de ñiños & maîtrise"
    assert reference.authors[0].family == "Řehůřek"


def test_an_organisation_in_braces_stays_whole(given):
    _report, (reference,) = read(given("@misc{a, title={A}, author={{World Bank} and Grace Mwangi}}"))
    assert [(name.family, name.given) for name in reference.authors] == [("World Bank", ""), ("Mwangi", "Grace")]


@pytest.mark.parametrize("content", ["", "   \n", "<html></html>", "[1, 2", '{"a": 1}', "a;b;c\n1;2;3\n", "PMID- 1\n"])
def test_what_is_no_list_of_references_is_refused_with_a_sentence(given, content):
    report, references = read(given(content))
    assert references == []
    assert report.problem.endswith(".")


def test_a_file_that_is_not_there_is_refused_with_a_sentence(tmp_path):
    report, references = read(tmp_path / "nowhere.ris")
    assert "cannot be opened" in report.problem
    assert references == []


def test_json_with_surprises_in_every_place_is_read(given):
    odd = [{"type": 3, "title": ["A", "B"], "author": "Mwangi", "issued": {"date-parts": [[]]}}, 5, {"title": None}]
    report, references = read(given(json.dumps(odd)))
    assert report.read == 3
    assert references[0].titles[""] == "A"
    assert references[1].problem
