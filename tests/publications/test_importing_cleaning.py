"""Single values as they come, in one form."""

from __future__ import annotations

import pytest

from publications.importing import cleaning


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("10.1000/ABC", "10.1000/abc"),
        ("doi: 10.1000/abc.", "10.1000/abc"),
        ("https://doi.org/10.1000/abc", "10.1000/abc"),
        ("http://dx.doi.org/10.1016/j.actamat.2016.09.028", "10.1016/j.actamat.2016.09.028"),
        ("DOI:10.1890/0012-9615(2001)071[0187:BUATDF]2.0.CO;2", "10.1890/0012-9615(2001)071[0187:buatdf]2.0.co;2"),
        ("10.1", ""),
        ("https://example.org/10.1000/abc", ""),
    ],
)
def test_a_doi_has_one_form(given, expected):
    assert cleaning.doi(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (["2018/05//"], (2018, 5, None)),
        (["2018"], (2018, None, None)),
        (["May 2018"], (2018, 5, None)),
        (["mai 2018"], (2018, 5, None)),
        (["15 de mayo de 2018"], (2018, 5, 15)),
        (["2018", "JAN 23"], (2018, 1, 23)),
        (["2013/04/18", "2014-01-01"], (2013, 4, 18)),
        (["2018-13-40"], (2018, None, None)),
        (["03/05/2018"], (2018, None, None)),
        (["23/05/2018"], (2018, 5, 23)),
        (["in press"], (None, None, None)),
        (["10000"], (None, None, None)),
        (["2999"], (None, None, None)),
        (["c2011"], (2011, None, None)),
    ],
)
def test_dates_are_read_as_far_as_they_are_sure(given, expected):
    assert cleaning.date(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("<i>Cash</i> &amp; <b>care</b>", "Cash & care"),
        ("effects (p < 0.05 and q > 1)", "effects (p < 0.05 and q > 1)"),
        ('a <a href="x">link</a>.', "a link."),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "alert(1)"),
        ("a\x00b\n c", "ab c"),
        ("NA", ""),
        ("No Title", ""),
    ],
)
def test_markup_goes_and_words_stay(given, expected):
    assert cleaning.text(given) == expected


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("eng", "en"), ("fre", "fr"), ("fra", "fr"), ("English", "en"), ("Français", "fr"), ("espagnol", "es"),
        ("Castellano", "es"), ("pt-BR", "pt"), ("", ""), ("Klingonese", ""),
    ],
)  # fmt: skip
def test_languages_are_known_by_code_and_by_name(given, expected):
    assert cleaning.language(given) == expected


@pytest.mark.parametrize(
    ("given", "family", "first"),
    [
        ("Mwangi, Grace W.", "Mwangi", "Grace W."),
        ("Grace Mwangi", "Mwangi", "Grace"),
        ("Holloway R G", "Holloway", "R G"),
        ("Shannon,Claude E.", "Shannon", "Claude E."),
        ("Institute of Development Studies", "Institute of Development Studies", ""),
        ("UNICEF", "UNICEF", ""),
    ],
)
def test_names_are_split_where_they_are_people(given, family, first):
    name = cleaning.name(given)
    assert (name.family, name.given) == (family, first)


@pytest.mark.parametrize(
    ("given", "families"),
    [
        ("Mwangi, Grace; Gómez, Ana", ["Mwangi", "Gómez"]),
        ("Grace Mwangi and Ana Gómez", ["Mwangi", "Gómez"]),
        ("Liu R., Adler D.G.", ["Liu", "Adler"]),
        ("Liu, R., Adler, D.G.", ["Liu", "Adler"]),
        ("et al.", []),
    ],
)
def test_several_people_in_one_cell_are_parted(given, families):
    assert [name.family for name in cleaning.names(given)] == families


def test_a_link_is_the_first_sound_one_that_is_not_a_doi():
    values = ["file://C:/a.pdf", "//", "https://doi.org/10.1000/a", "www.example.org/a."]
    assert cleaning.link(values) == "https://www.example.org/a"
    assert cleaning.link(["https://example.org/" + "a" * 600]) == ""


@pytest.mark.parametrize(("given", "expected"), [("978-0-306-40615-7", "9780306406157"), ("0012-9658", ""), ("x", "")])
def test_an_isbn_is_kept_only_if_its_check_digit_is_right(given, expected):
    assert cleaning.isbn(given) == expected
