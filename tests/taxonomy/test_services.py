import pytest
from model_bakery import baker

from publications.models import Publication
from search.models import Change
from taxonomy import services
from taxonomy.models import Topic, TopicFormerSlug

pytestmark = pytest.mark.django_db


def add(parent, **fields):
    topic = Topic(**fields)
    return Topic.objects.add_child(parent, instance=topic) if parent else Topic.objects.add_root(instance=topic)


@pytest.fixture
def root():
    return add(None, slug="social-assistance", label_en="Social assistance", position=10)


@pytest.fixture
def cash(root):
    return add(root, slug="cash", label_en="Cash", label_fr="Espèces", position=10)


@pytest.fixture
def transfers(root):
    return add(root, slug="cash-transfers", label_en="Cash transfers", label_fr="Transferts", position=20)


def publication_about(*topics):
    publication = baker.make(Publication, slug=f"about-{len(topics)}", title_en="About")
    publication.topics.set(topics)
    return publication


def merge(topic, into):
    services.merge_topics(topic=topic, into=into)
    return Topic.objects.get(pk=into.pk)


def test_merging_moves_links_of_floors_above(cash, transfers):
    publication = publication_about(cash)
    merge(cash, transfers)
    assert [topic.slug for topic in publication.topics.all()] == ["cash-transfers"]


def test_a_record_with_both_topics_keeps_one_link(cash, transfers):
    publication = publication_about(cash, transfers)
    merge(cash, transfers)
    assert publication.topics.count() == 1


def test_names_of_the_merged_topic_become_synonyms_once(cash, transfers):
    cash.names.create(language="en", text="Money")
    cash.names.create(language="en", text="cash transfers")
    into = merge(cash, transfers)
    assert set(into.names.values_list("language", "text")) == {("en", "Cash"), ("fr", "Espèces"), ("en", "Money")}


def test_the_address_of_the_merged_topic_leads_to_the_target(cash, transfers):
    into = merge(cash, transfers)
    assert Topic.objects.by_slug("cash") == into
    assert not Topic.objects.filter(slug="cash").exists()


def test_addresses_that_led_to_the_merged_topic_lead_to_the_target(cash, transfers):
    TopicFormerSlug.objects.create(slug="money", topic=cash)
    assert Topic.objects.by_slug("money") == cash
    assert merge(cash, transfers) == Topic.objects.by_slug("money")


def test_topics_below_the_merged_one_move_below_the_target(cash, transfers):
    add(cash, slug="mobile-money", label_en="Mobile money", position=10)
    into = merge(cash, transfers)
    assert [child.slug for child in Topic.objects.get_children(into)] == ["mobile-money"]
    assert Topic.objects.find_problems() == ([], [], [], [], [])


def test_related_topics_of_the_merged_one_become_related_to_the_target(root, cash, transfers):
    pensions = add(root, slug="pensions", label_en="Pensions", position=30)
    cash.related.add(pensions, transfers)
    assert set(merge(cash, transfers).related.all()) == {pensions}


def test_a_topic_is_not_merged_into_one_below_it(root, cash):
    with pytest.raises(services.MergeRefused):
        merge(root, cash)


def test_a_topic_is_not_merged_into_itself(cash):
    with pytest.raises(services.MergeRefused):
        merge(cash, cash)


def test_the_search_queue_hears_of_records_whose_topics_were_merged(cash, transfers):
    publication = publication_about(cash)
    Change.objects.all().delete()
    merge(cash, transfers)
    assert Change.objects.filter(kind="publication", object_id=publication.pk).exists()


def test_a_renamed_slug_keeps_the_old_address(cash):
    services.rename_topic_slug(topic=cash, slug="money")
    assert Topic.objects.by_slug("cash").slug == "money"


def test_a_topic_takes_back_a_slug_that_it_had(cash):
    services.rename_topic_slug(topic=cash, slug="money")
    services.rename_topic_slug(topic=cash, slug="cash")
    assert Topic.objects.by_slug("money").slug == "cash"
    assert list(TopicFormerSlug.objects.values_list("slug", flat=True)) == ["money"]


def test_a_slug_of_another_topic_is_refused(cash, transfers):
    with pytest.raises(services.SlugTaken):
        services.rename_topic_slug(topic=cash, slug="cash-transfers")


def test_a_slug_that_another_topic_had_is_refused(cash, transfers):
    services.rename_topic_slug(topic=transfers, slug="transfers")
    with pytest.raises(services.SlugTaken):
        services.rename_topic_slug(topic=cash, slug="cash-transfers")
