"""Rows of lists."""

import pytest
from django.utils.translation import override

from publications import cards
from tests import factories

pytestmark = pytest.mark.django_db


def test_twenty_cards_are_read_in_as_many_queries_as_one(django_assert_num_queries):
    pks = [factories.publication().pk for _ in range(20)]
    cards.read(pks)  # the vocabulary is read once per process
    with django_assert_num_queries(2):
        cards.read(pks[:1])
    with django_assert_num_queries(2):
        assert len(cards.read(pks)) == 20


def test_what_is_not_public_has_no_card():
    assert cards.read([factories.publication(status="draft", published_at=None).pk]) == {}


def test_a_card_has_the_words_of_the_reader_or_says_whose_they_are():
    publication = factories.publication(title_en="Pensions", title_fr="Retraites", original_language="en")
    with override("fr"):
        assert str(cards.read([publication.pk])[publication.pk].title) == "Retraites"
    with override("es"):
        title = cards.read([publication.pk])[publication.pk].title
    assert (title.text, title.language, title.is_foreign) == ("Pensions", "en", True)


def test_long_titles_and_texts_are_cut():
    publication = factories.publication(title_en="word " * 100, abstract_en="word " * 100)
    card = cards.read([publication.pk])[publication.pk]
    assert len(card.title.text) <= 300
    assert len(card.text.text) <= 220
    assert card.text.text.endswith("…")
