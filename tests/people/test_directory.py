"""The directory: who is found, what is counted, and that it stays quick."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.test import TestCase
from django.urls import reverse
from lxml import html

from people.models import Block
from people.search_indexes import InsideIndex, MemberIndex
from search import services as search
from search.query import Query
from stakeholders.models import Organisation
from taxonomy.models import Topic
from taxonomy.services import rename_topic_slug
from tests import factories
from tests.search.test_contract import HOSTILE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("either_index")]


def ask(client, question: str = "") -> dict:
    """The answer once the index has followed, and kept pages ended with it."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        search.follow_changes()
    return client.get(f"{reverse('people:list')}?{question}&format=json").json()


def names(answer: dict) -> list[str]:
    return [row["name"] for row in answer["results"]]


@pytest.fixture
def some(kenya, uganda, cash):
    shown = {"everything": "public"}
    factories.profile("Ángela Ríos", country=kenya, languages=["es", "en"], topics=[cash], **shown)
    factories.profile("Brian Otieno", country=kenya, languages=["sw"], **shown)
    factories.profile("Carol Nalwoga", country=uganda, languages=["en"], topics=[cash], **shown)
    search.follow_changes()


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
    ask(client)
    client.get(reverse("people:list"))
    with django_assert_max_num_queries(25) as one:
        client.get(f"{reverse('people:list')}?sort=newest")
    for number in range(20):
        factories.profile(f"Member {number}", **given)
    search.follow_changes()
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


def test_an_organisation_of_another_kind_moves_its_people(client):
    employer = factories.organisation(type="ngo")
    factories.profile(organisations=[employer], everything="public")
    assert ask(client)["facets"]["type"] == {"ngo": 1}
    employer.type = Organisation.Type.RESEARCH
    employer.save()
    assert ask(client)["facets"]["type"] == {"research": 1}


def documents(index, profile) -> str:
    return repr(list(index.prepared_for([profile.pk])))


def test_whom_nobody_finds_is_in_no_index(kenya, cash):
    profile = factories.profile(country=kenya, topics=[cash], everything="public", listing="nobody")
    assert documents(MemberIndex(), profile) == documents(InsideIndex(), profile) == "[]"


def test_whom_members_alone_find_is_not_in_the_index_of_visitors(kenya, cash):
    profile = factories.profile(country=kenya, topics=[cash], everything="public", listing="members")
    assert documents(MemberIndex(), profile) == "[]"
    assert "cash-transfers" in documents(InsideIndex(), profile)


def test_what_members_alone_see_is_not_in_the_index_of_visitors(kenya, cash):
    profile = factories.profile("Amina Diallo", country=kenya, topics=[cash], languages=["sw"], everything="members")
    told = documents(MemberIndex(), profile)
    assert "amina" in told
    assert not any(f"'{value}'" in told for value in ("KE", "cash-transfers", "social-assistance", "sw"))


def test_what_a_member_keeps_to_themselves_is_in_no_index(kenya, cash):
    profile = factories.profile(country=kenya, topics=[cash], languages=["sw"], everything="me")
    assert not any(f"'{value}'" in documents(InsideIndex(), profile) for value in ("KE", "cash-transfers", "sw"))


def test_no_member_is_in_the_search_of_everything(some, client):
    assert search.search(Query(text="Otieno")).count == search.search(Query()).count == 0
    assert search.search(Query(kind="member")).count == 0
    assert search.search(Query(text="Otiena")).suggestion == ""
    assert search.counts_by_kind(Query()) == {}


def test_counts_leave_out_whom_the_reader_does_not_meet(some, client, cast, kenya):
    other = factories.profile("Dora Kamau", country=kenya, languages=["sw"], everything="public")
    cast.enter(client, "member")
    assert ask(client, "lang=sw")["facets"]["country"] == {"KE": 2}
    Block.objects.create(blocker=cast.person("member"), blocked=other.user)
    answer = ask(client, "lang=sw")
    assert (answer["count"], names(answer)) == (1, ["Brian Otieno"])
    assert answer["facets"]["country"] == {"KE": 1}
    assert answer["facets"]["lang"] == {"en": 2, "es": 1, "sw": 1}


def test_names_alike_stand_in_the_order_of_all_their_letters(client):
    shown = [f"Christopher Okello-Mukasa {letter}" for letter in "DACB"]
    for name in shown:
        factories.profile(name)
    assert names(ask(client)) == sorted(shown)


@pytest.mark.parametrize("change", ["opts_out", "is_closed", "is_deleted"])
def test_who_leaves_is_out_of_lists_and_counts(some, client, change):
    left = factories.profile("Dora Kamau")
    assert ask(client)["count"] == 4
    if change == "opts_out":
        left.listing = "nobody"
        left.save()
    elif change == "is_closed":
        left.user.is_active = False
        left.user.save()
    else:
        left.user.delete()
    answer = ask(client)
    assert (answer["count"], len(answer["results"])) == (3, 3)


def test_no_words_raise(some, client):
    for text in HOSTILE:
        question = urlencode({"q": text.encode("utf-8", "replace")[:2000], "sort": "newest"})
        assert client.get(f"{reverse('people:list')}?{question}").status_code == 200


def test_signing_in_changes_no_index(some, client, cast):
    factories.profile(user=cast.person("member"))
    search.follow_changes()
    cast.enter(client, "member")
    assert search.follow_changes() == 0


def test_the_first_page_counts_whom_its_reader_finds(client, cast):
    factories.profile(listing="members")
    factories.profile()

    search.follow_changes()

    def figure() -> str:
        tree = html.fromstring(client.get("/en/").content.decode())
        return {one.cssselect("a")[0].text: one.cssselect("b")[0].text for one in tree.cssselect(".stat")}["Members"]

    assert figure() == "1"
    cast.enter(client, "member")
    assert figure() == "2"
