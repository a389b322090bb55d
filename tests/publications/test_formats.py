"""The files are read back by readers that are not ours."""

import csv
import io
import json
import re

import pytest
import rispy
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pybtex.database import parse_string

from publications.formats import bibtex, csl_json, csv_table, ris, text
from tests import factories

pytestmark = pytest.mark.django_db

BASE = "https://portal.example"
HOSTILE = '</script> & \\LaTeX{} {unbalanced $x_1$ 100% #1 ~ ^ "q" @article{x, 🌍\nTY  - BOOK\nER  - \n'
ON_ONE_LINE = " ".join(HOSTILE.split())
TEX = {
    "textbackslash": "\\",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textasciitilde": "~",
    "textasciicircum": "^",
}


def untex(value: str) -> str:
    """What LaTeX would print."""
    value = re.sub(r"(?<!\\)\{(\w+)\}", r"\1", value)
    value = re.sub(r"\\([&%$#_])", r"\1", value)
    return re.sub(r"\\(text\w+)\{\}", lambda found: TEX[found[1]], value)


def read_bibtex(*publications):
    return list(parse_string(bibtex(publications, BASE), "bibtex").entries.values())


def read_csv(*publications):
    return list(csv.DictReader(io.StringIO(csv_table(publications, BASE).removeprefix("\ufeff"), newline="")))


# ---------- BibTeX ----------


def test_bibtex_keeps_accents_as_they_are():
    (entry,) = read_bibtex(
        factories.publication("Protección social en la niñez: où en est-on ?", authors=[("Öğüt", "Çağla")])
    )
    assert entry.fields["title"] == "Protección social en la niñez: où en est-on ?"
    assert entry.persons["author"][0].last_names == ["Öğüt"]


def test_bibtex_names_organisations_as_one():
    name = "Ministry of Labour, Employment and Social Security"
    (entry,) = read_bibtex(factories.publication(organisations=[factories.organisation(name)]))
    (person,) = entry.persons["author"]
    assert str(person) == f"{{{name}}}"
    assert entry.fields["institution"] == name


def test_bibtex_reads_particles_as_part_of_the_name():
    (entry,) = read_bibtex(factories.publication(authors=[("van der Berg", "Sara"), ("Diop", "Fatou")]))
    first, second = entry.persons["author"]
    assert (first.prelast_names, first.last_names, first.first_names) == (["van", "der"], ["Berg"], ["Sara"])
    assert second.last_names == ["Diop"]


def test_bibtex_keys_are_plain_and_unique():
    people = [("Öğüt", "Ç")]
    made = [
        factories.publication(authors=people),
        factories.publication(authors=people),
        factories.publication(year=None),
    ]
    keys = list(parse_string(bibtex(made, BASE), "bibtex").entries)
    assert len(set(keys)) == 3
    assert all(re.fullmatch(r"[a-z0-9_]+", key) for key in keys)


def test_bibtex_says_type_number_and_identifiers():
    kind = factories.publication_type("journal-article", csl_type="article-journal", bibtex_type="article")
    made = factories.publication(type=kind, journal="Social Policy", doi="10.1/a_b", isbn="978-92", month=2)
    (entry,) = read_bibtex(made)
    assert entry.type == "article"
    assert {name: entry.fields[name] for name in ("journal", "doi", "isbn", "year", "month", "url")} == {
        "journal": "Social Policy",
        "doi": "10.1/a_b",
        "isbn": "978-92",
        "year": "2019",
        "month": "2",
        "url": f"{BASE}/p/p{made.pk}",
    }


def test_bibtex_of_a_hostile_record_is_one_entry_that_says_the_same():
    made = factories.publication(HOSTILE, authors=[(HOSTILE[:40], HOSTILE[:40])], abstract_en=HOSTILE, journal=HOSTILE)
    (entry,) = read_bibtex(made)
    assert untex(entry.fields["title"]) == ON_ONE_LINE
    assert untex(entry.fields["abstract"]) == ON_ONE_LINE


def test_bibtex_protects_acronyms():
    (entry,) = read_bibtex(factories.publication("What GDP and IPC-IG say of McKay"))
    assert entry.fields["title"] == "What {GDP} and {IPC}-{IG} say of {McKay}"


# ---------- RIS ----------


def test_ris_says_who_what_when_and_where():
    made = factories.publication(
        "La protection sociale à l’école",
        authors=[("de la Cruz", "María José")],
        month=2,
        day=3,
        doi="10.1/x",
        organisations=[factories.organisation("UNICEF")],
        title_fr="La protection sociale à l’école",
        original_language="fr",
    )
    (entry,) = rispy.loads(ris([made], BASE))
    assert entry["type_of_reference"] == "RPRT"
    assert entry["title"] == "La protection sociale à l’école"
    assert entry["authors"] == ["de la Cruz, María José"]
    assert (entry["year"], entry["date"], entry["language"]) == ("2019", "2019/02/03", "fr")
    assert (entry["publisher"], entry["doi"], entry["urls"]) == ("UNICEF", "10.1/x", [f"{BASE}/p/p{made.pk}"])


def test_ris_holds_one_tag_a_line_whatever_a_title_holds():
    made = factories.publication(HOSTILE, abstract_en=HOSTILE, authors=[(HOSTILE[:60], HOSTILE[:60])])
    written = ris([made], BASE)
    lines = [line for line in written.splitlines() if line]
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert sum(line.startswith("TY") for line in lines) == sum(line.startswith("ER") for line in lines) == 1
    (entry,) = rispy.loads(written)
    assert entry["title"] == ON_ONE_LINE


def test_ris_without_a_year_has_no_year():
    (entry,) = rispy.loads(ris([factories.publication(year=None)], BASE))
    assert "year" not in entry


# ---------- CSL JSON, CSV, text ----------


def test_csl_json_is_a_list_of_items():
    made = [factories.publication(HOSTILE), factories.publication("Niñez")]
    first, second = json.loads(csl_json(made, BASE))
    assert (first["title"], second["title"]) == (ON_ONE_LINE, "Niñez")
    assert second["id"] == f"p{made[1].pk}"


def test_csv_begins_with_the_mark_that_spreadsheets_need():
    assert csv_table([], BASE).encode().startswith(b"\xef\xbb\xbfid,title")


def test_csv_keeps_a_record_on_its_row():
    made = factories.publication(HOSTILE, authors=[("Öğüt", "Ç."), ("Plato", "")])
    (row,) = read_csv(made)
    assert row["title"] == ON_ONE_LINE
    assert row["authors"] == "Öğüt, Ç.; Plato"


@pytest.mark.parametrize("title", ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "\t=1"])
def test_csv_never_holds_a_formula(title):
    (row,) = read_csv(factories.publication(title))
    assert row["title"] == "'" + title.strip() or row["title"].startswith("'")


def test_text_gives_three_styles_in_the_language_of_the_reader():
    with override("fr"):
        written = text([factories.publication(authors=[("Ba", "Awa")], year=None)], BASE)
    assert written.count("Cash") + written.count("cash") == 3
    assert "Texte brut" in written
    assert "s.\u00a0d." in written
    assert "<i>" not in written


strange = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@given(title=strange, family=strange)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_every_reader_finds_one_record(title, family):
    made = factories.publication("x")
    made.title_en = title
    made.authors.all()
    author = made.authors.model(publication=made, family=family)
    made._prefetched_objects_cache = {"authors": [author]}
    assert len(read_bibtex(made)) == 1
    assert len(rispy.loads(ris([made], BASE))) == 1
    assert len(read_csv(made)) == 1
