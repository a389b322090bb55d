"""What every engine must do. Each test runs on Tantivy and on Whoosh."""

from __future__ import annotations

import pytest

from publications.models import Publication
from search import services
from search.query import Query
from taxonomy.models import Region
from tests.search.conftest import find, pks

HOSTILE = [
    "\0",
    "a\0b",
    '"',
    '""',
    '"unbalanced',
    "AND OR NOT",
    "title:x AND (y",
    "*",
    "?*~^:\\/[]{}()!+-&&||",
    "🙂",
    "🙂 women",
    "الحماية الاجتماعية",
    "社会保障",
    "\ud800",
    "'; DROP TABLE search_change; --",
    "<script>alert(1)</script>",
    "x" * 100_000,
    "women " * 20_000,
    '"' * 5_000,
    "é" * 300,
    "%s %(a)s {0} {{ x }}",
    "-women",
    "women~2",
    "the",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_raises(engine, library, text):
    library.add("Women and work")
    services.rebuild_index()
    results = find(text, facets=("type", "topic"), filters={"topic": (text[:200],)})
    assert results.count == 0
    find(text, facets=("type",))


@pytest.mark.parametrize("page", [-1, 0, 99_999_999, 2**40])
def test_no_page_raises(engine, library, page):
    library.add("Women and work")
    services.rebuild_index()
    assert find("women", page=page).count == 1
    assert len(find("women", page=page).hits) == (1 if page < 2 else 0)


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [
        ("es", "La protección de la niñez", ["proteccion", "protección", "Protecciones", "PROTECCIÓN"]),
        ("es", "Mujeres jóvenes", ["mujer", "mujeres", "joven", "jovenes"]),
        ("es", "Pensión", ["pensiones", "pension"]),
        ("es", "Regiones y países", ["región", "pais"]),
        ("fr", "Accès à l’emploi", ["emploi", "d'emplois", "l’emploi", "EMPLOIS"]),
        ("fr", "Égalité des employées", ["egalite", "égalités", "l'égalité", "employé"]),
        ("fr", "Régimes sociaux", ["régime social", "regime sociale"]),
        ("fr", "Cœur du réseau", ["coeur", "réseaux"]),
        ("fr", "Travaux publics", ["travail public", "travaux"]),
        ("en", "Children’s benefits", ["child benefit", "children", "benefits"]),
        ("en", "Countries and policies", ["country policy", "policies"]),
        ("en", "Labour organisations", ["labor organization", "labour organisation"]),
    ],
)
def test_accents_plurals_and_elisions_are_one(engine, library, language, written, typed):
    publication = library.add(written, language=language)
    library.add("Something else", language=language)
    services.rebuild_index()
    assert {text: pks(find(text)) for text in typed} == {text: [publication.pk] for text in typed}


def test_every_word_is_required(engine, library):
    both = library.add("Pensions of women")
    library.add("Pensions")
    library.add("Women")
    services.rebuild_index()
    assert pks(find("women pensions")) == [both.pk]


def test_words_may_stand_in_different_fields(engine, library):
    publication = library.add("Pensions", abstract="How rural households fare.", doi="10.1234/abcd")
    services.rebuild_index()
    assert pks(find("rural pensions")) == [publication.pk]
    assert pks(find("10.1234/abcd")) == [publication.pk]


def test_quotation_marks_ask_for_words_side_by_side(engine, library):
    phrase = library.add("The social protection floor")
    library.add("Protection of social workers")
    services.rebuild_index()
    assert pks(find('"social protection"')) == [phrase.pk]
    assert pks(find("« social protection »")) == [phrase.pk]
    assert find("social protection").count == 2


def test_a_title_outranks_a_text(engine, library):
    text = library.add("Budgets", abstract="A word on pensions and much else that is written here.")
    title = library.add("Pensions", abstract="Budgets.")
    services.rebuild_index()
    assert pks(find("pensions")) == [title.pk, text.pk]


def test_nothing_found_has_empty_facets(engine, library):
    library.add("Women")
    services.rebuild_index()
    results = find("zebra", facets=("type", "topic", "year"))
    assert results.count == 0
    assert results.facets == {"type": (), "topic": (), "year": ()}


def test_facets_equal_the_database(engine, library):
    """Values of several words, with commas and accents, several to a record."""
    gender = library.topic("Gender")
    women = library.topic("Women, work & équité", under=gender)
    health = library.topic("Health")
    region = Region.objects.create(slug="west-africa", kind="subregion", name_en="West Africa")
    mali, peru = library.country("ML", "Mali", region), library.country("PE", "Peru")
    for number in range(30):
        library.add(
            f"Record {number}",
            language=("en", "fr", "es")[number % 3],
            topics=[[women], [health], [women, health], []][number % 4],
            countries=[[mali, peru], [mali], []][number % 3],
            tags=[["año uno, dos", "x y"], ["x y"], []][number % 3],
            type=library.type_called(("report", "policy-brief")[number % 2]),
            year=2000 + number % 5,
        )
    services.rebuild_index()
    facets = find(facets=("type", "topic", "country", "region", "lang", "tag", "year", "kind")).facets
    assert facets == {
        "type": _truth("type__slug"),
        "topic": tuple(
            sorted({"gender": 15, "women-work-equite": 15, "health": 15}.items(), key=lambda item: (-item[1], item[0]))
        ),
        "country": _truth("countries__iso2"),
        "region": (("west-africa", 20),),
        "lang": (("en", 10), ("es", 10), ("fr", 10)),
        "tag": _truth("tags__slug"),
        "year": tuple((str(2000 + year), 6) for year in range(5)),
        "kind": (("publication", 30),),
    }


def _truth(path: str) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for value in Publication.objects.published().exclude(**{path: None}).values_list(path, flat=True):
        counts[value] = counts.get(value, 0) + 1
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def test_choosing_a_value_gives_exactly_its_count(engine, library):
    topics = [library.topic(name) for name in ("Gender", "Health", "Old age, care")]
    for number in range(24):
        library.add(f"Common {number}", topics=[topics[number % 3], topics[number % 2]], year=2010 + number % 4)
    services.rebuild_index()
    results = find("common", facets=("topic", "year"))
    for facet, values in results.facets.items():
        for value, count in values:
            assert find("common", filters={facet: (value,)}).count == count, (facet, value)


def test_values_of_one_facet_add_up_and_facets_narrow_each_other(engine, library):
    gender, health = library.topic("Gender"), library.topic("Health")
    brief = library.type_called("brief")
    a = library.add("A", topics=[gender], year=2001)
    b = library.add("B", topics=[health], year=2002)
    library.add("C", topics=[health], year=2003, type=brief)
    services.rebuild_index()
    results = find(filters={"topic": ("gender", "health"), "type": ("report",)}, facets=("topic", "type", "year"))
    assert set(pks(results)) == {a.pk, b.pk}
    assert results.facets["topic"] == (("gender", 1), ("health", 1))
    assert results.facets["type"] == (("report", 2), ("brief", 1)), "a facet's own filter does not narrow it"
    assert results.facets["year"] == (("2001", 1), ("2002", 1))


def test_years(engine, library):
    for year in (1999, 2005, 2010, None):
        library.add(f"Of {year}", year=year)
    services.rebuild_index()
    assert find(year_from=2000).count == 2
    assert find(year_to=2005).count == 2
    assert find(year_from=2000, year_to=2005, facets=("year",)).facets["year"] == (("2005", 1),)
    assert find(filters={"year": ("1999", "2010", "x", "²")}).count == 2


def test_a_broader_topic_finds_the_narrower(engine, library):
    gender = library.topic("Gender")
    violence = library.topic("Violence", under=gender)
    publication = library.add("A record", topics=[violence])
    services.rebuild_index()
    assert pks(find(filters={"topic": ("gender",)})) == [publication.pk]


def test_pages_join_up(engine, library):
    for number in range(25):
        library.add(f"Common word {number}", year=2000)
    services.rebuild_index()
    for sort in ("best", "newest", "used"):
        pages = [pks(find("common", page=page, size=10, sort=sort)) for page in (1, 2, 3, 4)]
        assert [len(page) for page in pages] == [10, 10, 5, 0]
        assert len({pk for page in pages for pk in page}) == 25


def test_sorting(engine, library):
    old = library.add("Common", year=2001, view_count=5)
    new = library.add("Common too", year=2020, view_count=1)
    read = library.add("Common as well", year=2010, view_count=9)
    services.rebuild_index()
    assert pks(find("common", sort="newest")) == [new.pk, read.pk, old.pk]
    assert pks(find("common", sort="used")) == [read.pk, old.pk, new.pk]
    assert pks(find(sort="best")) == [new.pk, read.pk, old.pk], "without words, best is newest"
    assert pks(find("common", sort="nonsense"))[0] == old.pk, "an unknown order is the best one"


def test_equal_records_have_one_order(engine, library):
    made = [library.add("Common", year=2001).pk for _ in range(6)]
    services.rebuild_index()
    first = {sort: pks(find("common", sort=sort)) for sort in ("newest", "used")}
    Publication.objects.get(pk=made[2]).save()
    services.follow_changes()
    assert {sort: pks(find("common", sort=sort)) for sort in first} == first


@pytest.mark.parametrize("status", ["draft", "in_review", "changes_asked", "withdrawn"])
def test_what_is_not_public_is_nowhere(engine, library, status):
    secret = library.topic("Secret topic")
    library.add("Zanzibarium unveiled", abstract="Zanzibarium", status=status, topics=[secret], tags=["zanzi"])
    library.add("Public")
    services.rebuild_index()
    assert find("zanzibarium").count == 0
    assert find("zanzibariun").suggestion == ""
    results = find(facets=("topic", "tag", "type"))
    assert results.count == 1
    assert results.facets == {"topic": (), "tag": (), "type": (("report", 1),)}


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_a_record_that_stops_being_public_leaves(engine, library, status):
    publication = library.add("Zanzibarium unveiled", tags=["zanzi"])
    services.rebuild_index()
    assert find("zanzibarium").count == 1
    publication.status, publication.published_at = status, None
    publication.withdrawn_at, publication.withdrawal_reason = publication.updated_at, "Wrong"
    publication.save()
    services.follow_changes()
    assert find("zanzibarium").count == 0
    assert find("zanzibariun").suggestion == ""
    assert find(facets=("tag",)).facets == {"tag": ()}


def test_a_deleted_record_leaves(engine, library):
    publication = library.add("Going")
    library.add("Staying")
    services.rebuild_index()
    publication.delete()
    services.follow_changes()
    assert [find("going").count, find("staying").count, find().count] == [0, 1, 1]


def test_a_new_record_and_a_changed_one_are_found(engine, library):
    changed = library.add("Before")
    services.rebuild_index()
    new = library.add("Newcomer", year=2012)
    changed.title_en = "Afterwards"
    changed.save()
    services.follow_changes()
    assert pks(find("newcomer")) == [new.pk]
    assert [find("before").count, find("afterwards").count] == [0, 1]
    assert find(facets=("year",)).facets["year"] == (("2012", 1),)


def test_tabs_count_what_each_tab_holds(engine, library):
    from stakeholders.models import Organisation

    library.add("Kenya study")
    library.add("Another Kenya study")
    Organisation.objects.create(
        name_en="Kenya office", slug="k", type="ngo", status="published", published_at="2024-01-01T00:00Z"
    )
    services.rebuild_index()
    counts = services.counts_by_kind(Query(text="kenya", kind="publication"))
    assert counts == {"publication": 2, "organisation": 1}
    assert {kind: find("kenya", kind=kind).count for kind in counts} == counts


def test_all_values_of_a_facet(engine, library):
    topics = [library.topic(f"Topic {number:03}") for number in range(40)]
    for topic in topics:
        library.add("Common", topics=[topic])
    services.rebuild_index()
    assert len(find(facets=("topic",), facet_size=10).facets["topic"]) == 10
    values = services.facet_values(Query(filters={"topic": ("topic-003",)}), "topic")
    assert values == tuple((topic.slug, 1) for topic in topics)


def test_unknown_facets_and_filters_are_left_out(engine, library):
    library.add("Common")
    services.rebuild_index()
    results = find(facets=("type", "no_such"), filters={"no_such": ("x",)})
    assert (results.count, dict(results.facets)) == (1, {"type": (("report", 1),)})


def test_haystack_speaks_to_the_engine(engine, library):
    from haystack.query import SearchQuerySet

    gender = library.topic("Gender")
    publication = library.add("Pensions for women", topics=[gender])
    library.add("Pensions")
    services.rebuild_index()
    found = SearchQuerySet().auto_query("pensions").narrow('topic:"gender"').facet("topic")
    assert [result.object for result in found] == [publication]
    assert found.facet_counts()["fields"]["topic"] == [("gender", 1)]
    assert SearchQuerySet().models(Publication).count() == 2
