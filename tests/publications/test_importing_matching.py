"""Which records are the same, and which only look alike."""

from __future__ import annotations

import pytest
from model_bakery import baker

from publications.importing.matching import Library
from publications.importing.records import Draft, Name
from publications.importing.vocabulary import Vocabulary, country_words
from publications.titles import title_key
from taxonomy.models import Country
from tests.factories import publication

TITLE = "Cash transfers and the nutrition of small children"


def draft(title: str = TITLE, year: int | None = 2018, number: int = 1, author: str = "", **fields) -> Draft:
    authors = [Name(author)] if author else []
    defaults = {
        "abstracts": {},
        "language": "en",
        "languages": ["en"],
        "type_id": 1,
        "licence_id": 1,
        "key": f"k{number}",
        "titles": {"en": title},
    }
    return Draft(
        file="a.ris", number=number, title_key=title_key(title), year=year, authors=authors,
        **(defaults | fields),
    )  # fmt: skip


def there(title: str = TITLE, year: int | None = 2018, **fields):
    return publication(title, year=year, **fields)


def found(*drafts: Draft):
    """What the last draft is the same as, the others having been taken before."""
    library = Library(drafts, source="test", country_words=country_words(Vocabulary()))
    for one in drafts[:-1]:
        library.add(one)
    match = library.find(drafts[-1])
    return match and (match[0].record or match[0].entry)


pytestmark = pytest.mark.django_db


def test_the_same_doi_is_the_same_record_whatever_the_title():
    known = there("Another title altogether", doi="10.1000/a")
    assert found(draft(doi="10.1000/a")) == known.pk


def test_one_letter_more_is_the_same_title():
    known = there()
    for title in (
        "Cash transferss and the nutrition of small children",
        TITLE.replace("small", "smal"),
        TITLE.upper() + "!",
    ):
        assert found(draft(title)) == known.pk


def test_a_translated_title_is_the_same_title():
    known = there(title_fr="Les transferts monétaires et la nutrition des enfants")
    assert found(draft("Les transferts monétaires et la nutrition des enfants")) == known.pk


def test_a_translated_title_of_the_same_run_is_the_same_title():
    both = draft(number=1, titles={"en": TITLE, "fr": "Les transferts monétaires et la nutrition des enfants"})
    assert found(both, draft("Les transferts monetaires et la nutrition des enfants", number=2)) == ("a.ris", 1)


def test_another_year_is_another_edition():
    there()
    assert found(draft(year=2019)) is None


def test_two_dois_are_two_publications():
    there(doi="10.1000/a")
    assert found(draft(doi="10.1000/b")) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Inventory of social assistance programmes, volume 1", "Inventory of social assistance programmes, volume 2"),
        ("Inventory of social assistance programmes, part II", "Inventory of social assistance programmes, part III"),
        ("Inventory of social assistance programmes, part A", "Inventory of social assistance programmes, part B"),
        ("Social protection and the state in Iran", "Social protection and the state in Iraq"),
    ],
)
def test_titles_that_differ_by_a_number_or_a_country_are_different(one, other):
    for iso2, name in (("IR", "Iran"), ("IQ", "Iraq")):
        baker.make(Country, iso2=iso2, iso3=f"{iso2}X", m49=iso2, slug=iso2.lower(), name_en=name)
    there(one)
    assert found(draft(other)) is None


def test_a_title_that_many_have_needs_the_same_author_too():
    known = there("Editorial", authors=[("Mwangi", "Grace")])
    assert found(draft("Editorial", author="Gómez")) is None
    assert found(draft("Editorial", author="Mwangi")) == known.pk


def test_where_one_has_no_year_title_and_author_decide():
    known = there(year=None, authors=[("Mwangi", "Grace")])
    assert found(draft(author="Mwangi")) == known.pk
    assert found(draft(author="Gómez")) is None


def test_entries_of_the_same_run_are_compared_too():
    assert found(draft(number=1), draft(TITLE.replace("small", "smal"), number=2)) == ("a.ris", 1)


def test_a_withdrawn_record_is_known_still():
    known = there(status="withdrawn", withdrawn_at="2020-01-01T00:00Z", withdrawal_reason="Wrong figures")
    assert found(draft()) == known.pk


def test_looking_takes_the_same_queries_for_one_and_for_many(django_assert_num_queries):
    for number in range(5):
        there(f"{TITLE} {number}")
    few, many = [draft(number=1)], [draft(f"{TITLE} {number}", number=number) for number in range(60)]
    for drafts in (few, many):
        with django_assert_num_queries(3):  # of those years, without a year, by key
            Library(drafts, source="test", country_words={})
