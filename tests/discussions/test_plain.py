"""Posts as plain text."""

import pytest

from discussions.markup import to_html
from discussions.plain import plain


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Some **bold** and *soft* words;", "Some bold and soft words;"),
        ("One\nTwo\n\nThree", "One\nTwo\n\nThree"),
        ("# Head\n\nText", "Head\n\nText"),
        ("- one\n- two", "- one\n- two"),
        ("3. three\n4. four", "3. three\n4. four"),
        ("> They said\n> so\n\nTrue.", "> They said\n> so\n\nTrue."),
        ("[The report](https://a.example/x) says", "The report (https://a.example/x) says"),
        ("See https://a.example/x.", "See https://a.example/x."),
        ("Fish & <b>chips</b>", "Fish & <b>chips</b>"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a; b\n1; 2"),
        ("```\nx  = 1\n```", "x  = 1"),
    ],
)
def test_it_says_what_the_page_says(typed, said):
    assert plain(to_html(typed), 1500) == said


def test_what_is_long_is_cut_at_a_word():
    text = plain(to_html("word " * 600), 1500)
    assert len(text) <= 1500
    assert text.endswith("word…")


def test_a_word_without_end_is_cut_as_well():
    assert len(plain(to_html("x" * 3000), 1500)) == 1500
