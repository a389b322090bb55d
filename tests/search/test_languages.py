"""A question in one language finds records in the others, through the vocabulary. On both engines."""

from __future__ import annotations

import pytest

from search import services
from taxonomy.models import Topic, TopicName
from tests.search.conftest import find, pks


@pytest.fixture
def transfers(library):
    assistance = library.topic("Social assistance", "Assistance sociale", "Asistencia social")
    return library.topic(
        "Cash transfers", "Transferts monétaires", "Transferencias monetarias", under=assistance,
        en=["cash grants", "CTP"], es=["transferencias en efectivo"],
    )  # fmt: skip


@pytest.fixture
def mali(library):
    return library.country("ML", "Mali", fr="Mali", es="Malí")


def test_a_french_question_finds_english_and_spanish(engine, library, transfers, mali):
    fr = library.add("Les transferts monétaires au Mali", language="fr")
    en = library.add("Cash transfers in Mali")
    es = library.add("Programas de transferencias en efectivo", language="es", countries=[mali])
    carried = library.add("A quite different title", topics=[transfers], countries=[mali])
    library.add("Pensions in Mali")
    library.add("Transferts monétaires au Niger", language="fr")
    services.rebuild_index()
    results = find("transferts monétaires au Mali")
    assert set(pks(results)) == {fr.pk, en.pk, es.pk, carried.pk}
    assert [hit.group for hit in results.hits] == ["own", "other", "other", "other"]
    assert pks(results)[0] == fr.pk
    assert (results.language, results.own_count, results.other_count) == ("fr", 1, 3)
    matched = {hit.pk: (hit.matched.text, hit.matched.language) for hit in results.hits if hit.matched}
    assert matched == {
        en.pk: ("Cash transfers", "en"),
        es.pk: ("transferencias en efectivo", "es"),
        carried.pk: ("Cash transfers", "en"),
    }


def test_set_and_order_are_the_same_for_every_reader(engine, library, transfers):
    for number in range(6):
        library.add(
            ("Cash transfers", "Transferts monétaires", "Transferencias monetarias")[number % 3] + f" {number}",
            language=("en", "fr", "es")[number % 3],
        )
    services.rebuild_index()
    for text in ("transferts monétaires", "cash transfers", "transferencias monetarias", "CTP"):
        answers = [find(text, language=language, size=4, facets=("lang",)) for language in ("en", "fr", "es")]
        assert len({(answer.count, tuple(pks(answer)), tuple(answer.facets["lang"])) for answer in answers}) == 1


def test_pages_run_through_both_groups(engine, library, transfers):
    own = {library.add(f"Transferts monétaires {number}", language="fr").pk for number in range(7)}
    other = {library.add(f"Cash transfers {number}").pk for number in range(7)}
    services.rebuild_index()
    for sort in ("best", "newest"):
        pages = [find("transferts monétaires", page=page, size=4, sort=sort) for page in (1, 2, 3, 4)]
        found = [pk for page in pages for pk in pks(page)]
        assert set(found[:7]) == own
        assert set(found[7:]) == other
        assert {(page.own_count, page.other_count) for page in pages} == {(7, 7)}


def test_a_translated_title_is_in_the_own_group(engine, library, transfers):
    both = library.add("Cash transfers", title_fr="Les transferts en espèces")
    only = library.add("Cash transfers again")
    services.rebuild_index()
    results = find("transferts monétaires")
    assert [(hit.pk, hit.group) for hit in results.hits] == [(both.pk, "own"), (only.pk, "other")]


def test_the_longest_name_wins(engine, library, transfers):
    conditional = library.topic("Conditional cash transfers", "Transferts monétaires conditionnels", under=transfers)
    library.add("Cash transfers")
    found = library.add("Conditional cash transfers")
    services.rebuild_index()
    results = find("transferts monétaires conditionnels")
    assert pks(results) == [found.pk]
    assert [expansion.slug for expansion in results.expansions] == [conditional.slug]


def test_a_word_of_several_languages_takes_no_side(engine, library):
    library.topic("Pensions", "Pensions", "Pensiones")
    fr = library.add("Pensions au Mali", language="fr")
    en = library.add("Pensions")
    services.rebuild_index()
    results = find("pensions", language="es")
    assert set(pks(results)) == {fr.pk, en.pk}
    assert results.language == ""
    assert results.other_count == 0


def test_quoted_words_are_not_expanded(engine, library, transfers):
    library.add("Cash transfers")
    fr = library.add("Transferts monétaires", language="fr")
    services.rebuild_index()
    assert pks(find('"transferts monétaires"')) == [fr.pk]


def test_short_names_count_only_in_capitals(engine, library):
    library.country("US", "United States", fr="États-Unis")
    library.topic("Universal basic income", en=["UBI"])
    publication = library.add("A record of the United States")
    income = library.add("Universal basic income")
    services.rebuild_index()
    assert find("us").count == 0
    assert pks(find("ubi")) == [income.pk]
    assert pks(find("États-Unis")) == [publication.pk]


def test_a_new_synonym_counts_as_soon_as_the_index_follows(engine, library, transfers):
    en = library.add("Cash transfers")
    services.rebuild_index()
    assert find("money for nothing").count == 0
    TopicName.objects.create(topic=transfers, language="en", text="money for nothing")
    services.follow_changes()
    results = find("money for nothing")
    assert pks(results) == [en.pk]
    assert results.expansions[0].slug == "cash-transfers"


def test_a_renamed_topic_changes_its_records(engine, library, transfers):
    publication = library.add("A title", topics=[transfers])
    services.rebuild_index()
    parent = Topic.objects.get_parent(transfers)
    parent.slug = "assistance"
    parent.save()
    services.follow_changes()
    assert pks(find(filters={"topic": ("assistance",)})) == [publication.pk]
    assert find(filters={"topic": ("social-assistance",)}).count == 0


def test_records_of_a_merged_topic_carry_the_other(engine, library, transfers):
    from taxonomy.services import merge_topics

    grants = library.topic("Cash grants and vouchers")
    publication = library.add("A title", topics=[grants])
    services.rebuild_index()
    merge_topics(topic=grants, into=transfers)
    services.follow_changes()
    assert pks(find(filters={"topic": ("cash-transfers",)})) == [publication.pk]
    assert find(filters={"topic": (grants.slug,)}).count == 0
    assert pks(find("cash grants and vouchers")) == [publication.pk], "its name became a synonym"


def test_organisations_are_found_by_every_name(engine, library):
    from stakeholders.models import Organisation, OrganisationName

    ilo = Organisation.objects.create(
        name_en="International Labour Organization", name_fr="Organisation internationale du Travail",
        acronym_en="ILO", acronym_fr="OIT", slug="ilo", type="international", status="published",
        published_at="2024-01-01T00:00Z",
    )  # fmt: skip
    OrganisationName.objects.create(organisation=ilo, text="Bureau international du Travail")
    services.rebuild_index()
    for text in ("OIT", "ilo", "Organisation internationale du Travail", "bureau international du travail"):
        assert pks(find(text, kind="organisation")) == [ilo.pk], text


def test_a_broader_topic_is_counted_as_its_own_list_shows_it(engine, library):
    above = library.topic("Social assistance")
    library.topic("Cash transfers", under=above)
    kenya = library.country("KE", "Kenya")
    library.add("Here", topics=[above], countries=[kenya])
    library.add("Elsewhere", topics=[above])
    services.rebuild_index()
    missed = find("cash transfers", kind="publication", filters={"country": ("KE",)})
    assert (missed.count, missed.broader.count) == (0, 2)


def test_a_broader_topic_is_offered_on_a_miss(engine, library, transfers):
    library.add("A record", topics=[Topic.objects.get_parent(transfers)])
    services.rebuild_index()
    broader = find("cash transfers").broader
    assert (broader.slug, broader.count, broader.labels["fr"]) == ("social-assistance", 1, "Assistance sociale")
