import pytest
from django.test import RequestFactory

from content.paging import slice_of
from members.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def rows():
    User.objects.bulk_create(User(email=f"{number}@paging.example") for number in range(45))
    return User.objects.order_by("pk")


def test_a_page_holds_its_rows_and_the_way_to_the_others_with_the_filters(rows):
    found = slice_of(RequestFactory().get("/list/?state=late&page=2"), rows, 20)
    assert (len(found.rows), found.count) == (20, 45)
    assert found.pager.previous == "/list/?state=late"
    assert found.pager.next == "/list/?state=late&page=3"


@pytest.mark.parametrize("asked", ["999", "0", "-1", "two", ""])
def test_an_impossible_page_gives_one_there_is(rows, asked):
    assert slice_of(RequestFactory().get("/list/", {"page": asked}), rows, 20).rows
