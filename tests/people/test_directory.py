"""The directory: who is found, what is counted, and that it stays quick."""

from __future__ import annotations

import pytest
from django.urls import reverse
from lxml import html

from people import services
from people.models import Profile, Term
from stakeholders.models import Organisation
from taxonomy.models import Topic
from taxonomy.services import rename_topic_slug
from tests import factories

pytestmark = pytest.mark.django_db


def ask(client, question: str = "") -> dict:
    return client.get(f"{reverse('people:list')}?{question}&format=json").json()


def names(answer: dict) -> list[str]:
    return [row["name"] for row in answer["results"]]


@pytest.fixture
def some(kenya, uganda, cash):
    shown = {"everything": "public"}
    factories.profile("Ángela Ríos", country=kenya, languages=["es", "en"], topics=[cash], **shown)
    factories.profile("Brian Otieno", country=kenya, languages=["sw"], **shown)
    factories.profile("Carol Nalwoga", country=uganda, languages=["en"], topics=[cash], **shown)


def test_members_stand_in_the_order_of_their_names_whatever_the_accents(some, client):
    assert names(ask(client)) == ["Ángela Ríos", "Brian Otieno", "Carol Nalwoga"]


def test_the_newest_can_come_first(some, client):
    assert names(ask(client, "sort=newest"))[0] == "Carol Nalwoga"


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("q=angela", 1), ("q=RIOS+ang", 1), ("q=otieno+angela", 0), ("q=o", 1), ("country=KE", 2),
        ("country=KE&country=UG", 3), ("country=KE&topic=cash-transfers", 1), ("topic=social-assistance", 2),
        ("lang=en&country=UG", 1), ("lang=fr", 0), ("q=%00&country=%00", 3), ("q=!!", 3),
    ],
)  # fmt: skip
def test_words_begin_names_and_filters_widen_within_and_narrow_across(some, client, question, found):
    answer = ask(client, question)
    assert (answer["count"], len(answer["results"])) == (found, found)


def test_a_facet_counts_without_its_own_filter(some, client):
    facets = ask(client, "country=KE")["facets"]
    assert facets["country"] == {"KE": 2, "UG": 1}
    assert facets["topic"] == {"cash-transfers": 1, "social-assistance": 1}


def test_each_count_beside_a_filter_is_what_the_filter_shows(some, client):
    for facet, values in ask(client, "lang=en")["facets"].items():
        for value, number in values.items():
            asked = f"{facet}={value}" if facet == "lang" else f"lang=en&{facet}={value}"
            assert ask(client, asked)["count"] == number, (facet, value)


def test_the_page_has_the_parts_of_every_list(some, client):
    tree = html.fromstring(client.get(f"{reverse('people:list')}?country=KE").content.decode())
    assert tree.cssselect("#count")[0].text_content() == "2 members"
    assert [one.text for one in tree.cssselect(".facets summary")] == ["Country", "Expertise", "Language"]
    assert [one.text_content().split()[-1] for one in tree.cssselect(".chip--on")] == ["Kenya"]


def test_nothing_found_offers_the_way_back(some, client):
    told = client.get(f"{reverse('people:list')}?q=nobodyofthatname&country=KE").content.decode()
    assert "We looked for “nobodyofthatname” in the names of members." in told


def test_all_values_of_a_filter_stand_on_a_page_of_their_own(some, client):
    tree = html.fromstring(client.get(reverse("people:facet", args=["country"]) + "?find=ken").content.decode())
    assert [one.get("value") for one in tree.cssselect('.values__list input[name="country"]')] == ["KE"]
    assert client.get(reverse("people:facet", args=["word"])).status_code == 404


@pytest.mark.parametrize("page", ["2", "0", "x"])
def test_there_is_no_page_after_the_last(some, client, page):
    assert client.get(f"{reverse('people:list')}?page={page}").status_code == 404


def test_the_queries_are_as_many_for_one_member_as_for_twenty(
    kenya, cash, client, cast, django_assert_max_num_queries, django_assert_num_queries
):
    cast.enter(client, "member")
    employer = factories.organisation()
    given = {"country": kenya, "topics": [cash], "organisations": [employer], "everything": "public"}
    factories.profile("First One", **given)
    client.get(reverse("people:list"))
    with django_assert_max_num_queries(25) as one:
        client.get(f"{reverse('people:list')}?sort=newest")
    for number in range(20):
        factories.profile(f"Member {number}", **given)
    with django_assert_num_queries(len(one)):
        client.get(f"{reverse('people:list')}?sort=newest")


def test_a_renamed_topic_still_finds_those_who_know_it(some, client, cash, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        rename_topic_slug(topic=cash, slug="cash")
    assert ask(client, "topic=cash")["count"] == ask(client, "topic=cash-transfers")["count"] == 2


def test_a_merged_topic_counts_as_the_one_it_became(some, client, cash, django_capture_on_commit_callbacks):
    from taxonomy.services import merge_topics

    other = Topic.objects.add_root(instance=Topic(slug="money", label_en="Money"))
    with django_capture_on_commit_callbacks(execute=True):
        merge_topics(topic=cash, into=Topic.objects.get(pk=other.pk))
    assert ask(client, "topic=money")["count"] == 2


def test_an_organisation_of_another_kind_moves_its_people_within_a_minute(
    db, client, django_capture_on_commit_callbacks
):
    employer = factories.organisation(type="ngo")
    factories.profile(organisations=[employer], everything="public")
    employer.type = Organisation.Type.RESEARCH
    employer.save()
    with django_capture_on_commit_callbacks(execute=True):
        services.keep_in_step()
    assert ask(client)["facets"]["type"] == {"research": 1}


def test_whom_nobody_finds_has_no_term(kenya, cash):
    profile = factories.profile(country=kenya, topics=[cash], everything="public", listing="nobody")
    assert not Term.objects.filter(profile=profile).exists()
    assert Profile.objects.get(pk=profile.pk).listed_for == ""


def test_no_term_is_public_of_whom_members_alone_find(kenya, cash):
    profile = factories.profile(country=kenya, topics=[cash], everything="public", listing="members")
    assert set(Term.objects.filter(profile=profile).values_list("is_public", flat=True)) == {False}


def test_the_first_page_counts_whom_its_reader_finds(client, cast):
    factories.profile(listing="members")
    factories.profile()

    def figure() -> str:
        tree = html.fromstring(client.get("/en/").content.decode())
        return {one.cssselect("a")[0].text: one.cssselect("b")[0].text for one in tree.cssselect(".stat")}["Members"]

    assert figure() == "1"
    cast.enter(client, "member")
    assert figure() == "2"
