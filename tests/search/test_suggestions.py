"""Ways out of a question that finds nothing. On both engines."""

from __future__ import annotations

from search import services
from search.spelling import WordList
from tests.search.conftest import find, pks


def test_another_spelling_is_suggested_as_it_is_written(engine, library):
    publication = library.add("La protección de las pensiones", language="es")
    services.rebuild_index()
    results = find("proteccoin pensiones")
    assert results.count == 0
    assert results.suggestion == "protección pensiones"
    assert pks(find(results.suggestion)) == [publication.pk]


def test_names_of_the_vocabulary_are_suggested_where_they_find_something(engine, library):
    topic = library.topic("Microinsurance")
    services.rebuild_index()
    assert find("microinsuranze").suggestion == "", "nothing carries it yet"
    library.add("A record", topics=[topic])
    services.follow_changes()
    assert find("microinsuranze").suggestion == "microinsurance"


def test_words_of_new_records_are_suggested(engine, library):
    services.rebuild_index()
    library.add("Okapi husbandry")
    services.follow_changes()
    assert find("okapo husbendry").suggestion == "okapi husbandry"


def test_nothing_is_suggested_where_something_is_found(engine, library):
    library.add("Pension")
    library.add("Pansion")
    services.rebuild_index()
    assert find("pansion").suggestion == ""


def test_a_suggestion_respects_the_filters(engine, library):
    health = library.topic("Health")
    library.add("Okapi husbandry")
    library.add("Other", topics=[health])
    services.rebuild_index()
    assert find("okapo", filters={"topic": ("health",)}).suggestion == ""
    assert find("okapo").suggestion == "okapi"


def test_what_the_words_find_without_filters(engine, library):
    for number in range(3):
        library.add(f"Okapi {number}", year=2001)
    library.topic("Health")
    services.rebuild_index()
    assert find("okapi", filters={"topic": ("health",)}).without_filters == 3
    assert find("okapi", year_from=2010).without_filters == 3
    assert find("zebra").without_filters == 0


def test_what_is_found_without_filters_stays_in_the_list_of_one_kind(engine, library):
    library.add("Okapi", year=2001)
    services.rebuild_index()
    assert find("okapi", kind="publication", year_from=2010).without_filters == 1
    assert find("okapi", kind="stakeholder", year_from=2010).without_filters == 0


def test_short_words_numbers_and_small_words_are_left_alone():
    words = WordList()
    words.add_all(["Pensions in 2016 and gap", "Pensions"])
    assert [words.closest(word) for word in ("gep", "2017", "with", "pensions")] == [None] * 4
    assert words.closest("penzions") == "pensions"
    assert words.corrected("penzions, 2017!") == "pensions, 2017!"
    assert words.corrected("pensions") == ""
