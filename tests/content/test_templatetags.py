import re

from django.template import Context, Template

from content.templatetags import content as tags
from content.translations import Words


def test_a_cover_is_small_always_the_same_and_different_for_another_record():
    assert tags.cover("publication", 1) == tags.cover("publication", 1) != tags.cover("publication", 2)
    assert len(tags.cover("publication", 1)) < 420


def test_the_bars_of_a_cover_stand_inside_it():
    for number in range(1, 200):
        starts = re.findall(r"M0 (-?\d+)h", tags.cover("publication", number))
        assert min(int(start) for start in starts) >= 0


def test_a_foreign_text_carries_its_language_and_direction():
    assert tags.lang_attributes(Words("نص", "ar", True)) == ' lang="ar" dir="rtl"'
    assert tags.lang_attributes(Words("Text", "en", False)) == ""


def test_an_icon_is_hidden_from_those_who_listen():
    assert 'aria-hidden="true"' in tags.icon("download")


def test_a_link_is_named_by_its_host():
    assert tags.host("https://www.ilo.org/a?b") == "ilo.org"


def test_lines_of_a_pdf_become_paragraphs():
    lines = "A sentence that a page has broken\nin two and a hyphen-\nated word.\n\nAnother paragraph."
    template = Template("{% for paragraph in text|paragraphs %}[{{ paragraph }}]{% endfor %}")
    assert template.render(Context({"text": lines})) == (
        "[A sentence that a page has broken in two and a hyphenated word.][Another paragraph.]"
    )
