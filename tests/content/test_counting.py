from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import OperationalError
from django.utils import timezone
from model_bakery import baker

from content import counting
from content.models import DailySalt, Visit

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile Safari/604.1"


@pytest.fixture(autouse=True)
def no_salt_of_another_test():
    counting._salt.cache_clear()
    yield
    counting._salt.cache_clear()


@pytest.fixture
def record():
    return baker.make("stakeholders.Organisation", slug="an-institute", name="An institute")


@pytest.fixture
def visit(rf, record):
    """Reads the record's page as somebody."""

    def read(*, agent=FIREFOX, address="203.0.113.7", user=None, method="get", count=counting.count_view, **headers):
        request = getattr(rf, method)("/", REMOTE_ADDR=address, headers={"User-Agent": agent} | headers)
        request.user = user or AnonymousUser()
        count(request, "organisation", record.pk)
        record.refresh_from_db()
        return record.view_count

    return read


def test_ten_reloads_are_one_view(visit):
    assert [visit() for _ in range(10)][-1] == 1


def test_two_readers_are_two_views(visit):
    visit(address="203.0.113.7")
    assert visit(address="203.0.113.8") == 2


def test_two_people_behind_one_address_are_told_apart_by_their_browsers(visit):
    visit(agent=FIREFOX)
    assert visit(agent=SAFARI) == 2


def test_coming_back_the_next_day_counts_again(visit, time_machine):
    time_machine.move_to("2026-11-20 12:00Z")
    visit()
    time_machine.move_to("2026-11-21 12:00Z")
    assert visit() == 2


def test_a_view_and_a_download_are_counted_apart(visit, record):
    visit()
    visit(count=counting.count_download)
    assert (record.view_count, record.download_count) == (1, 1)


def test_a_member_is_counted_like_anybody(visit, member):
    assert visit(user=member) == 1


def test_staff_are_not_counted(visit, staff):
    assert visit(user=staff) == 0


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "Mozilla/5.0 (compatible; YandexBot/3.0)",
        "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
        "WhatsApp/2.24",
        "python-requests/2.32",
        "curl/8.0",
        "Mozilla/5.0 HeadlessChrome/140.0",
    ],
)
def test_machines_are_not_counted(visit, agent):
    assert visit(agent=agent) == 0


def test_a_page_fetched_ahead_is_not_counted_before_it_is_read(visit):
    assert visit(**{"Sec-Purpose": "prefetch;prerender"}) == 0
    assert visit() == 1


@pytest.mark.parametrize("method", ["head", "post"])
def test_only_reading_counts(visit, method):
    assert visit(method=method) == 0


def test_nothing_stored_tells_address_or_browser(visit):
    visit(address="203.0.113.77")
    stored = [str(value) for row in (*Visit.objects.values(), *DailySalt.objects.values()) for value in row.values()]
    assert not any("203.0.113.77" in value or "Firefox" in value for value in stored)


def test_the_same_reader_cannot_be_recognised_the_next_day(visit, time_machine):
    time_machine.move_to("2026-11-20 12:00Z")
    visit()
    time_machine.move_to("2026-11-21 12:00Z")
    visit()
    first, second = Visit.objects.values_list("visitor", flat=True)
    assert first != second


def test_behind_our_proxy_readers_are_told_apart_by_what_the_proxy_saw(visit, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    visit(address="10.0.0.1", **{"X-Forwarded-For": "203.0.113.7"})
    assert visit(address="10.0.0.1", **{"X-Forwarded-For": "203.0.113.8"}) == 2


def test_behind_our_proxy_an_invented_address_makes_no_second_reader(visit, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    visit(address="10.0.0.1", **{"X-Forwarded-For": "203.0.113.7"})
    assert visit(address="10.0.0.1", **{"X-Forwarded-For": "198.51.100.1, 203.0.113.7"}) == 1


def test_without_a_proxy_of_ours_a_forwarded_address_is_a_mere_claim(visit):
    visit(**{"X-Forwarded-For": "198.51.100.1"})
    assert visit(**{"X-Forwarded-For": "198.51.100.2"}) == 1


def test_forgetting_deletes_hashes_and_salts_but_no_count(visit, record, time_machine):
    time_machine.move_to("2026-11-20 12:00Z")
    visit()
    time_machine.move_to("2026-11-23 12:00Z")
    counting.forget_visitors()
    assert not Visit.objects.exists()
    assert not DailySalt.objects.exists()
    record.refresh_from_db()
    assert record.view_count == 1


def test_forgetting_keeps_today_so_that_a_reload_still_counts_once(visit):
    visit()
    counting.forget_visitors()
    assert visit() == 1
    assert DailySalt.objects.get().day == timezone.now().date()


def test_a_salt_that_is_gone_is_not_kept_in_memory(visit, time_machine):
    time_machine.move_to("2026-11-20 12:00Z")
    visit()
    before = counting._salt((timezone.now()).date())
    time_machine.shift(timedelta(days=3))
    counting.forget_visitors()
    time_machine.shift(timedelta(days=-3))
    assert counting._salt(timezone.now().date()) != before


def test_a_database_too_busy_to_count_spoils_no_page(visit, monkeypatch):
    def busy(day):
        raise OperationalError("database is locked")

    monkeypatch.setattr(counting, "_salt", busy)
    assert visit() == 0
    monkeypatch.undo()
    assert visit() == 1
