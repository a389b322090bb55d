"""What becomes of a text that somebody wrote."""

import pytest
from lxml import html

from discussions.markup import links_in, mentioned_in, quoted, to_html, with_people


@pytest.mark.parametrize(
    "written",
    [
        "<script>alert(1)</script>",
        "[press](javascript:alert(1))",
        '<img src=x onerror="alert(1)">',
        "![a picture](https://elsewhere.example/spy.png)",
        'https://x.example/"onmouseover="alert(1)',
        "[a](data:text/html,x)",
    ],
)
def test_nothing_written_becomes_a_tag_or_a_picture_of_its_own(written):
    tree = html.fragment_fromstring(to_html(written), create_parent=True)
    assert not tree.cssselect("script, img")
    assert all(set(link.keys()) <= {"href", "rel"} and link.get("href").startswith("https:") for link in tree.iter("a"))


def test_an_address_that_is_typed_is_a_link_without_the_stop_behind_it():
    assert 'href="https://a.example/b?c=1&amp;d=2"' in to_html("See https://a.example/b?c=1&d=2.")


def test_links_give_no_rank_and_no_trace():
    assert 'rel="nofollow noopener noreferrer ugc"' in to_html("[here](https://a.example)")


def test_a_mention_leads_to_whoever_the_reader_may_see_and_is_plain_text_for_others():
    made = to_html("Ask @amina-diallo", ["amina-diallo"])
    assert '<a href="/en/x/">@amina-diallo</a>' in with_people(made, {"amina-diallo": "/en/x/"})
    assert with_people(made, {}) == "<p>Ask @amina-diallo</p>\n"


@pytest.mark.parametrize(
    "written", ["`@amina`", "me@amina", "[@amina](https://a.example)", "https://a.example/?u=@amina"]
)
def test_code_links_and_addresses_mention_nobody(written):
    assert "<span>" not in to_html(written, ["amina"])


def test_handles_are_found_whatever_their_case_each_once():
    assert mentioned_in("@Amina, @rosa-quispe and @amina, not x@y") == ["amina", "rosa-quispe"]


def test_links_are_counted_written_or_only_typed():
    assert links_in("http://a.example [b](https://b.example/x) www.c.example") == [
        "a.example",
        "b.example",
        "www.c.example",
    ]


def test_headings_stand_below_the_title_of_the_thread():
    assert to_html("# Big\n\n## Small") == "<h3>Big</h3>\n<h4>Small</h4>\n"


def test_a_quote_is_every_line_with_room_for_the_answer():
    assert quoted("one\ntwo\n") == "> one\n> two\n\n"
