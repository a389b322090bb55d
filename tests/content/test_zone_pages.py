"""Pages that say the time: on the reader's clock, and kept for each zone apart."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path, reverse
from django.utils import timezone

from content import zones
from content.caching import public_page

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 12, 10, 13, tzinfo=UTC)
made = []


@public_page("publication")
def says_time(request):
    made.append(zones.cookie(request))
    return HttpResponse(zones.for_reader(MOMENT).words, content_type="text/html")


@public_page("publication")
def says_none(request):
    made.append(zones.cookie(request))
    return HttpResponse("The same for all", content_type="text/html")


@public_page("publication")
def ends_soon(request):
    made.append("")
    response = HttpResponse("Not yet", content_type="text/html")
    response.changes_at = MOMENT
    return response


urlpatterns = [path("time/", says_time), path("none/", says_none), path("soon/", ends_soon)]


@pytest.fixture(autouse=True)
def fresh():
    made.clear()


def ask(client, address, zone=""):
    client.cookies.clear()
    if zone:
        client.cookies[zones.COOKIE] = zone
    return client.get(address).content.decode()


@override_settings(ROOT_URLCONF=__name__)
def test_no_reader_is_shown_the_clock_of_another(client):
    shown = [ask(client, "/time/", zone) for zone in ("", "America/Lima", "Africa/Nairobi", "")]
    assert [one.rpartition(", ")[2] for one in shown] == ["13:00", "08:00", "16:00", "13:00"]


@override_settings(ROOT_URLCONF=__name__)
def test_a_page_that_says_the_time_is_made_once_for_each_zone(client):
    for zone in ("Africa/Nairobi", "America/Lima") * 3:
        ask(client, "/time/", zone)
    assert made == ["Africa/Nairobi", "America/Lima"]


@override_settings(ROOT_URLCONF=__name__)
def test_a_made_up_zone_is_no_page_of_its_own(client):
    for zone in ("", "Mars/Olympus", "../../etc/passwd"):
        ask(client, "/time/", zone)
    assert len(made) == 1


@override_settings(ROOT_URLCONF=__name__)
def test_a_page_without_times_is_one_for_all_zones(client):
    assert {ask(client, "/none/", zone) for zone in ("", "Africa/Nairobi")} == {"The same for all"}
    assert len(made) == 1


@override_settings(ROOT_URLCONF=__name__)
def test_caches_on_the_way_are_told_that_the_page_hangs_on_the_cookie(client):
    assert "Cookie" in client.get("/time/")["Vary"]
    assert "Cookie" not in client.get("/none/").get("Vary", "")


@override_settings(ROOT_URLCONF=__name__)
def test_a_page_that_changes_with_the_clock_is_kept_until_then(client):
    with time_machine.travel(MOMENT - timedelta(seconds=50), tick=False) as clock:
        for _ in range(2):
            client.get("/soon/")
        assert len(made) == 1
        clock.shift(51)
        client.get("/soon/")
    assert len(made) == 2


def test_a_visitor_chooses_a_zone_and_is_back_where_they_were(client):
    answer = client.post(reverse("time_zone"), {"zone": "Africa/Nairobi", "next": "/en/styleguide/"})
    assert (answer.status_code, answer["Location"]) == (302, "/en/styleguide/")
    assert client.cookies[zones.COOKIE].value == "Africa/Nairobi"
    assert "Your time, in Nairobi" in client.get("/en/styleguide/").content.decode()


def test_a_members_choice_is_their_accounts_and_no_cookie(client, member):
    client.force_login(member)
    client.post(reverse("time_zone"), {"zone": "America/Lima", "next": "/en/styleguide/"})
    member.refresh_from_db()
    assert member.time_zone == "America/Lima"
    assert zones.COOKIE not in client.cookies
    assert "Your time, in Lima" in client.get("/en/styleguide/").content.decode()


def test_nobody_is_sent_to_another_site(client):
    answer = client.post(reverse("time_zone"), {"zone": "Africa/Nairobi", "next": "https://elsewhere.example/"})
    assert answer["Location"] == reverse("home")


def test_a_made_up_zone_is_refused_beside_the_field(client):
    answer = client.post(reverse("time_zone"), {"zone": "Mars/Olympus"})
    assert answer.status_code == 200
    assert answer.context["form"].errors["zone"] == ["Choose a time zone of the list"]
    assert zones.COOKIE not in answer.cookies


def test_nothing_is_kept_that_changes_this_very_moment(client):
    with override_settings(ROOT_URLCONF=__name__), time_machine.travel(MOMENT, tick=False):
        assert timezone.now() == MOMENT
        client.get("/soon/")
        client.get("/soon/")
    assert len(made) == 2
