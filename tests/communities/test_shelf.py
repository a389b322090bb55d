"""What a community recommends: put there by members, shown where it may be, named to nobody where it is private."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from communities import numbers
from communities import shelf_services as services
from communities.models import ShelfItem
from content.services import about
from tests import factories
from tests.communities import documents
from tests.communities.documents import errors, url

pytestmark = pytest.mark.django_db
SHELVE = reverse("communities:shelve")
WHY = "Five pages, and the best figures there are."


@pytest.fixture
def group():
    return factories.community("Cash and care", access="private")


@pytest.fixture
def amina(group, client):
    return documents.member_of(group, client)


def html(response) -> str:
    return " ".join(response.content.decode().split())


def shelved(group, record, **fields) -> ShelfItem:
    return ShelfItem.objects.create(community=group, **about(record), **fields)


def put(client, record, group, note: str = WHY):
    return client.post(f"{SHELVE}?record={services.code_of(record)}", {"community": group.slug, "note": note})


class TestShelve:
    def test_a_record_stands_there_with_who_and_why(self, client, group, amina):
        record = factories.publication("Pensions in Nepal")
        assert put(client, record, group).url == url("shelf", group)
        shown = html(client.get(url("shelf", group)))
        assert "Pensions in Nepal" in shown
        assert WHY in shown
        assert str(amina) in shown

    def test_an_organisation_too(self, client, group, amina):
        record = factories.organisation("Development Pathways")
        put(client, record, group)
        assert "Development Pathways" in html(client.get(url("shelf", group)))

    def test_once_in_each_community(self, client, group, amina):
        record = factories.publication()
        put(client, record, group)
        response = put(client, record, group)
        assert errors(response) == {"community": ["It stands on the shelf of this community already."]}
        assert ShelfItem.objects.count() == 1

    def test_a_reason_is_needed_and_what_was_chosen_is_kept(self, client, group, amina):
        response = put(client, factories.publication(), group, note=" ")
        assert errors(response) == {"note": ["Say in a sentence why it is worth reading"]}
        assert f'value="{group.slug}" selected' in html(response)

    def test_only_communities_in_which_one_may_write_are_offered(self, client, group, amina):
        paused, archived = factories.community("Paused"), factories.community("Over", archived_at=timezone.now())
        for one in (paused, archived):
            factories.membership(one, amina)
        factories.pause(paused, amina)
        factories.community("Of others")
        response = client.get(f"{SHELVE}?record={services.code_of(factories.publication())}")
        assert list(response.context["communities"]) == [group]

    @pytest.mark.parametrize("fields", [{}, {"archived_at": timezone.now()}])
    def test_no_other_community_takes_it(self, client, group, amina, fields):
        other = factories.community("Of others", **fields)
        assert list(errors(put(client, factories.publication(), other))) == ["community"]

    def test_who_is_in_no_community_is_told(self, client, other_member):
        client.force_login(other_member)
        shown = html(client.get(f"{SHELVE}?record={services.code_of(factories.publication())}"))
        assert "You are in no community in which you can write." in shown

    @pytest.mark.parametrize("code", ["", "p", "p0", "x1", "p99999999999999999999999", "12", "p1/", "%00"])
    def test_a_code_that_leads_nowhere_is_not_found(self, client, amina, code):
        assert client.get(f"{SHELVE}?record={code}").status_code == 404

    def test_a_draft_is_not_found_not_even_ones_own(self, client, group, amina):
        record = factories.publication(status="draft", published_at=None, owner=amina)
        assert put(client, record, group).status_code == 404

    def test_it_needs_signing_in(self, client):
        assert "/accounts/login/" in client.get(f"{SHELVE}?record=p1").url

    def test_takes_as_many_queries_for_twenty_communities_as_for_one(
        self, client, amina, django_assert_num_queries, django_assert_max_num_queries
    ):
        address = f"{SHELVE}?record={services.code_of(factories.publication())}"
        client.get(address)  # the card is kept
        with django_assert_max_num_queries(20) as one:
            client.get(address)
        number_of_queries = len(one)
        for number in range(19):
            factories.membership(factories.community(f"Number {number}"), amina)
        with django_assert_num_queries(number_of_queries):
            client.get(address)


class TestShelf:
    def test_what_was_withdrawn_stands_there_no_more_and_is_not_counted(self, client, group, amina):
        record = factories.publication("Withdrawn since")
        shelved(group, record)
        gone = {"status": "withdrawn", "withdrawn_at": timezone.now(), "withdrawal_reason": "An error."}
        type(record).objects.filter(pk=record.pk).update(**gone)
        assert "Withdrawn since" not in html(client.get(url("shelf", group)))
        assert numbers.shelf(group, amina) == 0

    def test_of_a_private_one_a_stranger_learns_nothing(self, client, group, other_member):
        shelved(group, factories.publication())
        client.force_login(other_member)
        assert client.get(url("shelf", group)).status_code == 404

    def test_who_put_it_there_takes_it_off_and_is_asked_first(self, client, group, amina):
        item = shelved(group, factories.publication("Pensions in Nepal"), by=amina)
        assert "Pensions in Nepal" in html(client.get(url("shelf_remove", group, item.pk)))
        assert ShelfItem.objects.exists()
        client.post(url("shelf_remove", group, item.pk))
        assert not ShelfItem.objects.exists()

    def test_a_moderator_takes_it_off(self, client, group):
        item = shelved(group, factories.publication(), by=documents.member_of(group))
        documents.member_of(group, client, role="facilitator")
        assert client.post(url("shelf_remove", group, item.pk)).status_code == 302

    def test_what_stands_there_no_more_is_not_taken_off(self, client, group, amina):
        record = factories.publication()
        item = shelved(group, record, by=amina)
        type(record).objects.update(status="withdrawn", withdrawn_at=timezone.now(), withdrawal_reason="An error.")
        assert client.post(url("shelf_remove", group, item.pk)).status_code == 404

    def test_another_member_does_not(self, client, group, amina):
        item = shelved(group, factories.publication(), by=documents.member_of(group))
        assert client.post(url("shelf_remove", group, item.pk)).status_code == 403

    def test_not_through_another_community(self, client, group, amina):
        other = factories.community()
        item = shelved(other, factories.publication(), by=amina)
        assert client.post(url("shelf_remove", group, item.pk)).status_code == 404

    def test_takes_as_many_queries_for_twenty_as_for_one(
        self, client, group, amina, django_assert_num_queries, django_assert_max_num_queries
    ):
        def fill(number: int) -> None:
            for place in range(number):
                shelved(group, factories.publication(f"Number {place}"), by=documents.member_of(group))
            shelved(group, factories.organisation(), by=amina)

        fill(1)
        client.get(url("shelf", group))
        with django_assert_max_num_queries(40) as one:
            client.get(url("shelf", group))
        number_of_queries = len(one)
        fill(17)
        client.get(url("shelf", group))  # each card is read once
        with django_assert_num_queries(number_of_queries):
            client.get(url("shelf", group))


class TestPanel:
    @pytest.fixture(autouse=True)
    def index(self, tantivy):
        """Pages of organisations ask it."""

    @pytest.fixture(params=["publication", "organisation"])
    def record(self, request):
        return getattr(factories, request.param)()

    def test_names_the_communities_that_everybody_may_know_of(self, client, record):
        for name, access in (("All welcome", "open"), ("On request", "request")):
            shelved(factories.community(name, access=access), record)
        shown = html(client.get(record.get_absolute_url()))
        assert "On the shelf of" in shown
        assert "All welcome" in shown
        assert "On request" in shown

    def test_never_a_private_one_not_even_to_its_members(self, client, group, record):
        shelved(group, record)
        for user in (None, documents.member_of(group, role="admin"), factories.member(is_staff=True)):
            if user:
                client.force_login(user)
            for query in ("", "?format=json"):
                shown = client.get(f"{record.get_absolute_url()}{query}").content.decode()
                assert group.name not in shown
                assert "On the shelf of" not in shown

    def test_members_are_led_to_sharing_it_and_visitors_are_not(self, client, record, other_member):
        way = f"{SHELVE}?record={services.code_of(record)}"
        assert way not in html(client.get(record.get_absolute_url()))
        client.force_login(other_member)
        assert way in html(client.get(record.get_absolute_url()))

    def test_a_kept_page_learns_of_it(self, client, record, django_capture_on_commit_callbacks):
        open_one = factories.community("All welcome")
        by = documents.member_of(open_one)
        assert "On the shelf of" not in html(client.get(record.get_absolute_url()))
        with django_capture_on_commit_callbacks(execute=True):
            item = services.shelve(community=open_one, record=record, note=WHY, by=by)
        assert "All welcome" in html(client.get(record.get_absolute_url()))
        with django_capture_on_commit_callbacks(execute=True):
            services.take_off(item=item, by=by)
        assert "All welcome" not in html(client.get(record.get_absolute_url()))

    def test_what_stands_beside_it_stays_inside(self, client, record):
        shelved(factories.community("On request", access="request"), record, note=WHY)
        assert WHY not in html(client.get(record.get_absolute_url()))

    def test_takes_as_many_queries_for_twenty_as_for_one(
        self, client, record, other_member, django_assert_num_queries, django_assert_max_num_queries
    ):
        client.force_login(other_member)
        shelved(factories.community(), record)
        client.get(record.get_absolute_url())
        with django_assert_max_num_queries(60) as one:
            client.get(record.get_absolute_url())
        number_of_queries = len(one)
        for number in range(19):
            shelved(factories.community(f"Number {number}"), record)
        with django_assert_num_queries(number_of_queries):
            client.get(record.get_absolute_url())
