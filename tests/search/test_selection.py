"""What a reader chose, read from an address and written back."""

from urllib.parse import parse_qsl

import pytest
from django.http import Http404, QueryDict
from hypothesis import given
from hypothesis import strategies as st

from search.selection import MAX_TEXT, MAX_VALUES, Selection


def read(query: str) -> Selection:
    return Selection.read(QueryDict(query))


def test_an_address_read_and_written_is_in_one_order():
    chosen = read("page=2&country=UG&topic=gender&country=KE&q=women&sort=newest&from=2016&unknown=1")
    assert chosen.address("/list/") == "/list/?q=women&country=KE&country=UG&topic=gender&from=2016&sort=newest&page=2"


def test_nothing_chosen_is_the_plain_address():
    assert read("").address("/list/") == "/list/"


@given(st.text(), st.lists(st.text(), max_size=5), st.text(max_size=8))
def test_whatever_is_typed_reads_back_as_the_same_choice(text, countries, year):
    query = QueryDict(mutable=True)
    query["q"], query["from"] = text, year
    query.setlist("country", countries)
    chosen = Selection.read(query)
    again = QueryDict(mutable=True)
    for key, value in parse_qsl(chosen.address("").removeprefix("?"), keep_blank_values=True):
        again.appendlist(key, value)
    assert Selection.read(again) == chosen


def test_a_question_is_cut_and_its_control_characters_dropped():
    chosen = read("q=" + "a%00b%0Ac" + "x" * 100_000)
    assert chosen.text.startswith("a b c")
    assert len(chosen.text) == MAX_TEXT


def test_values_beyond_what_a_person_ticks_are_left_out():
    assert len(read("&".join(f"country={n}" for n in range(500))).filters["country"]) == MAX_VALUES


@pytest.mark.parametrize("page", ["0", "-1", "abc", "1.5", "²", "٣", "99999999", "9" * 400, ""])
def test_a_page_that_cannot_be_is_not_found(page):
    with pytest.raises(Http404):
        read(f"page={page}")


def test_a_year_that_cannot_be_read_filters_nothing_and_is_kept_as_typed():
    chosen = read("from=19x&to=2020")
    assert chosen.years == (None, 2020)
    assert chosen.years_unread == ("from",)
    assert chosen.year_from == "19x"


def test_taking_a_value_away_leaves_the_others_and_the_first_page():
    chosen = read("country=KE&country=UG&topic=gender&page=3")
    assert chosen.without("country", "KE").address("") == "?country=UG&topic=gender"
    assert chosen.without("topic", "gender").address("") == "?country=KE&country=UG"


def test_an_unknown_order_is_no_order():
    assert read("sort=drop+table").sort == ""
