import shutil

import pytest
import yaml

from taxonomy import changes, services
from taxonomy.loading import FOLDER, load_vocabulary
from taxonomy.models import Country, Goal, Licence, PublicationType, Region, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """The vocabulary with three topics of our own."""
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    write_topics(tmp_path, topic("assistance"), topic("cash", "assistance"), topic("pensions"))
    return tmp_path


def topic(slug, broader=None, **fields):
    entry = {"slug": slug, "label": {"en": slug.title(), "fr": f"{slug} (fr)", "es": f"{slug} (es)"}}
    return entry | ({"broader": broader} if broader else {}) | fields


def write_topics(folder, *topics):
    (folder / "topics.yaml").write_text(yaml.safe_dump(list(topics), allow_unicode=True, sort_keys=False))


def tree():
    return [(node.depth, node.slug) for node in Topic.objects.all()]


def test_the_whole_vocabulary_loads():
    load_vocabulary()
    assert Country.objects.count() == 249
    assert Goal.objects.filter(goal=None).count() == 17
    assert 60 <= Topic.objects.count() <= 130
    assert PublicationType.objects.filter(medium="video").exists()
    assert Licence.objects.filter(slug="link-only", is_open=False).exists()
    assert Topic.objects.find_problems() == ([], [], [], [], [])


def test_every_term_has_its_three_labels():
    load_vocabulary()
    for model, field in [(Topic, "label"), (Topic, "definition"), (Region, "name"), (Country, "name"), (Goal, "text")]:
        for language in ("en", "fr", "es"):
            assert not model.objects.filter(**{f"{field}_{language}": ""}).exists()


def test_a_country_belongs_to_its_regions_and_those_above_them():
    load_vocabulary()
    regions = set(Country.objects.get(iso2="KE").regions.values_list("slug", flat=True))
    assert {"africa", "sub-saharan-africa"} <= regions


def test_a_target_names_its_goal():
    load_vocabulary()
    assert Goal.objects.get(code="1.3").goal.code == "1"


def test_loading_again_changes_nothing_and_asks_little(folder, django_assert_max_num_queries):
    load_vocabulary(folder)
    with django_assert_max_num_queries(16):
        report = load_vocabulary(folder)
    assert not any(report.loaded.values())


def test_topics_stand_in_the_order_of_the_file(folder):
    load_vocabulary(folder)
    assert tree() == [(1, "assistance"), (2, "cash"), (1, "pensions")]


def test_a_topic_put_elsewhere_in_the_file_moves(folder):
    load_vocabulary(folder)
    write_topics(folder, topic("pensions"), topic("assistance"), topic("new", "pensions"), topic("cash", "pensions"))
    load_vocabulary(folder)
    assert tree() == [(1, "pensions"), (2, "new"), (2, "cash"), (1, "assistance")]
    assert Topic.objects.find_problems() == ([], [], [], [], [])


def test_a_topic_that_staff_added_stays_where_it_is_when_the_file_moves_others(folder):
    load_vocabulary(folder)
    cash = Topic.objects.get(slug="cash")
    Topic.objects.add_child(cash, instance=Topic(slug="ours", label_en="Ours", position=10))
    write_topics(folder, topic("pensions"), topic("assistance"), topic("cash", "pensions"))
    load_vocabulary(folder)
    assert tree() == [(1, "pensions"), (2, "cash"), (3, "ours"), (1, "assistance")]


def test_a_label_renamed_in_the_file_keeps_the_slug(folder):
    load_vocabulary(folder)
    write_topics(folder, topic("assistance", label={"en": "Help"}), topic("cash", "assistance"), topic("pensions"))
    load_vocabulary(folder)
    assert Topic.objects.get(slug="assistance").label_en == "Help"


def test_what_staff_edited_stays_while_the_file_says_the_same(folder):
    load_vocabulary(folder)
    Topic.objects.filter(slug="cash").update(label_en="Ready money")
    write_topics(
        folder, topic("assistance"), topic("cash", "assistance", unesco="https://u.example/1"), topic("pensions")
    )
    load_vocabulary(folder)
    cash = Topic.objects.get(slug="cash")
    assert (cash.label_en, cash.unesco_uri) == ("Ready money", "https://u.example/1")


def test_a_topic_gone_from_the_file_is_reported_and_kept(folder):
    load_vocabulary(folder)
    write_topics(folder, topic("assistance"), topic("cash", "assistance"))
    assert load_vocabulary(folder).vanished == ["topic pensions"]
    assert Topic.objects.filter(slug="pensions").exists()


def test_a_topic_that_staff_merged_does_not_come_back(folder):
    load_vocabulary(folder)
    services.merge_topics(topic=Topic.objects.get(slug="cash"), into=Topic.objects.get(slug="pensions"))
    report = load_vocabulary(folder)
    assert report.merged == ["cash → pensions"]
    assert not Topic.objects.filter(slug="cash").exists()


def test_a_topic_whose_slug_staff_changed_is_still_the_file_s(folder):
    load_vocabulary(folder)
    services.rename_topic_slug(topic=Topic.objects.get(slug="cash"), slug="money")
    load_vocabulary(folder)
    assert sorted(Topic.objects.values_list("slug", flat=True)) == ["assistance", "money", "pensions"]


def test_names_added_by_staff_stay_and_names_gone_from_the_file_go(folder):
    names = {"synonyms": {"en": ["Benefits", "Aid"]}, "acronyms": {"fr": ["AS"]}}
    write_topics(folder, topic("assistance", **names))
    load_vocabulary(folder)
    assistance = Topic.objects.get(slug="assistance")
    assistance.names.create(language="es", text="Ayuda")
    write_topics(folder, topic("assistance", synonyms={"en": ["Benefits"]}, acronyms={"fr": ["AS"]}))
    load_vocabulary(folder)
    known = set(assistance.names.values_list("language", "kind", "text"))
    assert known == {("en", "synonym", "Benefits"), ("fr", "acronym", "AS"), ("es", "synonym", "Ayuda")}


def test_related_topics_are_related_both_ways(folder):
    write_topics(folder, topic("assistance", related=["pensions"]), topic("pensions"))
    load_vocabulary(folder)
    assert [t.slug for t in Topic.objects.get(slug="pensions").related.all()] == ["assistance"]


def test_a_topic_under_an_unknown_one_stops_the_loading_and_leaves_nothing(folder):
    write_topics(folder, topic("cash", "nowhere"))
    with pytest.raises(ValueError, match="cash"):
        load_vocabulary(folder)
    assert not Country.objects.exists()


def test_floors_above_hear_of_terms_that_changed(folder, monkeypatch):
    load_vocabulary(folder)
    heard = []
    monkeypatch.setattr(changes, "_listeners", [lambda model, pks: heard.append((model, list(pks)))])
    write_topics(folder, topic("assistance", label={"en": "Help"}), topic("cash", "assistance"), topic("pensions"))
    load_vocabulary(folder)
    assert heard == [(Topic, [Topic.objects.get(slug="assistance").pk])]
