import pytest

from publications.titles import KEY_LENGTH, title_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Social Protection: A Primer", "social protection – a primer."),
        ("L’Égalité au travail", "L'egalite au travail"),
        ("Protección  social", "PROTECCIO\u0301N SOCIAL"),
        ("Cœurs & mains", "coeurs mains"),
    ],
)
def test_spellings_of_one_title_give_one_key(one, other):
    assert title_key(one) == title_key(other)


def test_another_word_gives_another_key():
    assert title_key("Cash transfers in Kenya") != title_key("Cash transfers in Uganda")


def test_scripts_other_than_latin_keep_their_letters():
    assert title_key("الحماية الاجتماعية") == "الحماية الاجتماعية"


def test_a_key_fits_its_column():
    assert len(title_key("long words " * 2000)) <= KEY_LENGTH
