import pytest
from django.urls import reverse

from content import caching
from taxonomy import loading
from taxonomy.models import Country, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, cast):
    staff = cast.person("staff")
    staff.is_superuser = False
    staff.save()
    client.force_login(staff)
    return client


@pytest.fixture
def cash():
    return add("cash", 10)


@pytest.fixture
def pensions():
    return add("pensions", 20)


def add(slug, position):
    return Topic.objects.add_root(instance=Topic(slug=slug, label_en=slug.title(), position=position))


def save(client, topic, **changes):
    data = {
        "treebeard_position": "sorted-child",
        "treebeard_ref_node": "",
        "position": topic.position,
        "label_en": topic.label_en,
        "names-TOTAL_FORMS": 0,
        "names-INITIAL_FORMS": 0,
    }
    return client.post(reverse("admin:taxonomy_topic_change", args=[topic.pk]), data | changes)


def test_every_page_of_the_vocabulary_opens_for_an_editor(desk):
    loading.load_vocabulary()
    for name in ("topic", "country", "region", "goal", "publicationtype", "licence", "tag"):
        assert desk.get(reverse(f"admin:taxonomy_{name}_changelist")).status_code == 200
        assert desk.get(reverse(f"admin:taxonomy_{name}_add")).status_code == 200
    for row in (Topic.objects.first(), Country.objects.first()):
        address = reverse(f"admin:taxonomy_{row._meta.model_name}_change", args=[row.pk])
        assert desk.get(address).status_code == 200


def test_a_label_is_edited_in_each_language(desk, cash):
    save(desk, cash, label_fr="Espèces")
    cash.refresh_from_db()
    assert (cash.label_en, cash.label_fr) == ("Cash", "Espèces")


def test_a_topic_moves_below_another(desk, cash, pensions):
    save(desk, cash, treebeard_ref_node=pensions.pk)
    assert [topic.slug for topic in Topic.objects.get_children(Topic.objects.get(pk=pensions.pk))] == ["cash"]


def test_a_new_address_leaves_the_old_one_working(desk, cash):
    save(desk, cash, new_slug="money")
    assert Topic.objects.by_slug("cash").slug == "money"


def test_an_address_of_another_topic_is_refused(desk, cash, pensions):
    response = save(desk, cash, new_slug="pensions")
    assert "new_slug" in response.context["adminform"].form.errors


def test_merging_leads_to_the_topic_that_is_left(desk, cash, pensions):
    response = save(desk, cash, merge_into=pensions.pk)
    assert response.url == reverse("admin:taxonomy_topic_change", args=[pensions.pk])
    assert Topic.objects.by_slug("cash").pk == pensions.pk


def test_a_topic_is_not_merged_into_itself(desk, cash):
    response = save(desk, cash, merge_into=cash.pk)
    assert "merge_into" in response.context["adminform"].form.errors


def test_kept_pages_are_stale_after_an_edit_of_the_vocabulary(desk, cash, django_capture_on_commit_callbacks):
    before = caching.generations().get("vocabulary")
    with django_capture_on_commit_callbacks(execute=True):
        save(desk, cash, label_en="Money")
    assert caching.generations().get("vocabulary") != before


def test_an_editor_may_not_delete_a_topic(desk, cash):
    assert desk.post(reverse("admin:taxonomy_topic_delete", args=[cash.pk])).status_code == 403
