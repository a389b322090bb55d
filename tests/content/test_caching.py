"""Whole anonymous pages: kept until what they show changes, whether or not a worker is there."""

import pytest

from content import services
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def publication():
    return factories.publication("Pensions for all")


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """What follows a commit, which a test's transaction never comes to."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_a_kept_page_costs_no_query_and_is_not_sent_twice(client, publication, django_assert_num_queries):
    first = client.get(publication.get_absolute_url())
    with django_assert_num_queries(0):
        again = client.get(publication.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)


def test_withdrawing_ends_the_kept_page_before_any_worker_comes(client, publication, staff, committed):
    assert client.get(publication.get_absolute_url()).status_code == 200
    with committed():
        services.withdraw(record=publication, by=staff, reason="It was counted twice.")
    assert client.get(publication.get_absolute_url()).status_code == 410


def test_an_edit_shows_at_once(client, publication, staff, committed):
    client.get(publication.get_absolute_url())
    publication.title_en = "Pensions for some"
    with committed():
        services.save_record(record=publication, by=staff)
    assert "Pensions for some" in client.get(publication.get_absolute_url()).content.decode()


def test_what_somebody_signed_in_was_shown_is_not_kept(client, publication, staff):
    client.force_login(staff)
    shown = client.get(publication.get_absolute_url())
    client.logout()
    assert shown.content != client.get(publication.get_absolute_url()).content
    assert "ETag" not in shown


def test_each_language_and_each_question_is_a_page_of_its_own(client, publication):
    address = publication.get_absolute_url()
    pages = {client.get(one).content for one in (address, address.replace("/en/", "/fr/"), f"{address}?format=json")}
    assert len(pages) == 3
