"""An instant on many clocks, and what a clock says as an instant, across the days on which clocks change."""

from datetime import UTC, datetime

import pytest
from django.utils.translation import override

from content import zones

DECEMBER = datetime(2026, 12, 10, 13, 0, tzinfo=UTC)


def test_the_same_instant_is_another_day_elsewhere():
    suva, brasilia = zones.read(DECEMBER, "Pacific/Fiji"), zones.read(DECEMBER, "America/Sao_Paulo")
    assert (suva.weekday, suva.clock, brasilia.weekday, brasilia.clock) == ("Fri", "01:00", "Thu", "10:00")


@pytest.mark.parametrize(
    ("language", "words", "zone", "city"),
    [
        ("en", "Thursday 10 December 2026, 14:00", "Central European Standard Time", "Paris"),
        ("fr", "jeudi 10 décembre 2026, 14:00", "heure normale d’Europe centrale", "Paris"),
        ("es", "jueves, 10 de diciembre de 2026, 14:00", "hora estándar de Europa central", "París"),
    ],
)
def test_days_zones_and_cities_are_named_in_the_readers_language(language, words, zone, city):
    with override(language):
        reading = zones.read(DECEMBER, "Europe/Paris")
        assert (reading.words, reading.zone_name, reading.city) == (words, zone, city)


def test_the_readers_clock_comes_first_then_utc_then_the_cities_none_twice():
    found = zones.readings(DECEMBER, "Africa/Nairobi", ["Africa/Dakar", "Africa/Nairobi", "Mars/Olympus"])
    assert [(one.zone, one.is_readers) for one in found] == [
        ("Africa/Nairobi", True),
        ("UTC", False),
        ("Africa/Dakar", False),
    ]


def test_utc_is_first_for_who_never_said_where_they_are():
    assert [one.zone for one in zones.readings(DECEMBER, "UTC", ["Africa/Dakar"])] == ["UTC", "Africa/Dakar"]


@pytest.mark.parametrize(
    ("moment", "lima", "nairobi", "new_york"),
    [
        (datetime(2027, 3, 14, 6, 30, tzinfo=UTC), "01:30", "09:30", "01:30"),  # before New York goes forward
        (datetime(2027, 3, 14, 7, 30, tzinfo=UTC), "02:30", "10:30", "03:30"),  # after
        (datetime(2027, 11, 7, 5, 30, tzinfo=UTC), "00:30", "08:30", "01:30"),  # the first of two
        (datetime(2027, 11, 7, 6, 30, tzinfo=UTC), "01:30", "09:30", "01:30"),  # the second
    ],
)
def test_lima_and_nairobi_keep_their_distance_while_new_york_changes_its_clocks(moment, lima, nairobi, new_york):
    places = ("America/Lima", "Africa/Nairobi", "America/New_York")
    assert tuple(zones.read(moment, place).clock for place in places) == (lima, nairobi, new_york)


MISSING = [  # the wall-clock time, its zone, the nearest before and after
    (datetime(2027, 3, 14, 2, 30), "America/New_York", datetime(2027, 3, 14, 1, 59), datetime(2027, 3, 14, 3, 0)),
    (datetime(2027, 3, 28, 2, 0), "Europe/Paris", datetime(2027, 3, 28, 1, 59), datetime(2027, 3, 28, 3, 0)),
    (datetime(2026, 9, 6, 0, 30), "America/Santiago", datetime(2026, 9, 5, 23, 59), datetime(2026, 9, 6, 1, 0)),
    (datetime(2026, 10, 4, 2, 10), "Australia/Lord_Howe", datetime(2026, 10, 4, 1, 59), datetime(2026, 10, 4, 2, 30)),
    (datetime(2011, 12, 30, 12, 0), "Pacific/Apia", datetime(2011, 12, 29, 23, 59), datetime(2011, 12, 31, 0, 0)),
]


@pytest.mark.parametrize(("wall", "zone", "before", "after"), MISSING)
def test_an_hour_that_does_not_exist_is_refused_with_its_neighbours(wall, zone, before, after):
    with pytest.raises(zones.NoSuchHour) as caught:
        zones.instant(wall, zone)
    assert (caught.value.before, caught.value.after) == (before, after)


@pytest.mark.parametrize(("wall", "zone", "before", "after"), MISSING)
def test_the_neighbours_of_a_missing_hour_exist(wall, zone, before, after):
    assert all(len(zones.instants(one, zone)) == 1 for one in (before, after))


def test_the_sentence_about_a_missing_hour_names_both_neighbours_and_the_day_of_another_day():
    wall, zone = datetime(2026, 9, 6, 0, 30), "America/Santiago"
    error = zones.NoSuchHour(datetime(2026, 9, 5, 23, 59), datetime(2026, 9, 6, 1, 0))
    assert zones.refusal(wall, zone, error) == (
        "There is no 00:30 in Santiago on Sunday 6 September 2026: the clocks go forward. "
        "The nearest times are Saturday 5 September 2026, 23:59 and 01:00."
    )


@pytest.mark.parametrize(
    ("wall", "zone", "first", "second"),
    [
        (datetime(2027, 11, 7, 1, 30), "America/New_York", (5, 30), (6, 30)),
        (datetime(2027, 10, 31, 2, 30), "Europe/Paris", (0, 30), (1, 30)),
        (datetime(2027, 4, 3, 23, 30), "America/Santiago", (2, 30), (3, 30)),
    ],
)
def test_an_hour_that_comes_twice_is_two_instants(wall, zone, first, second):
    found = zones.instants(wall, zone)
    assert [(moment.hour, moment.minute) for moment in found] == [first, second]
    assert [zones.instant(wall, zone), zones.instant(wall, zone, later=True)] == found


@pytest.mark.parametrize("zone", ["Africa/Nairobi", "America/Lima", "UTC"])
def test_clocks_that_never_change_have_each_hour_once(zone):
    assert all(len(zones.instants(datetime(2027, 3, 14, hour), zone)) == 1 for hour in range(24))


class Visitor:
    user = None

    def __init__(self, cookie: str) -> None:
        self.COOKIES = {zones.COOKIE: cookie}


@pytest.mark.parametrize(("cookie", "zone"), [("Africa/Nairobi", "Africa/Nairobi"), ("../etc", "UTC"), ("", "UTC")])
def test_a_cookie_holds_the_name_of_a_zone_or_nothing(cookie, zone):
    assert zones.of(Visitor(cookie)) == zone


def test_a_member_is_where_their_account_says_whatever_the_cookie(rf, member):
    member.time_zone = "America/Lima"
    request = rf.get("/")
    request.user, request.COOKIES[zones.COOKIE] = member, "Africa/Nairobi"
    assert zones.of(request) == "America/Lima"
