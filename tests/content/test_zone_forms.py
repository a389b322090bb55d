"""A day, a time and a zone as people type them."""

from datetime import UTC, datetime

import pytest

from content.zone_forms import MomentForm, written


def typed(day="24/09/2027", clock="14:30", zone="Africa/Nairobi", **more):
    return MomentForm({"day": day, "clock": clock, "zone": zone, **more})


@pytest.mark.parametrize(("day", "clock"), [("24/09/2027", "14:30"), ("2027-09-24", "14h30"), ("24.9.2027", "14.30")])
def test_a_moment_is_what_the_clock_says_there(day, clock):
    form = typed(day, clock)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["moment"] == datetime(2027, 9, 24, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"day": "31/02/2027"}, "day", "Write a day that is in the calendar, such as 24/09/2027"),
        ({"day": ""}, "day", "Enter the day"),
        ({"clock": "25:00"}, "clock", "Write a time of the clock of 24 hours, such as 14:30"),
        ({"zone": "Mars/Olympus"}, "zone", "Choose a time zone of the list"),
        ({"day": "01/01/0001", "clock": "00:10"}, "day", "Write a day that is in the calendar, such as 24/09/2027"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(changes, field, words):
    form = typed(**changes)
    assert not form.is_valid()
    assert form.errors[field] == [words]


def test_a_missing_hour_is_refused_at_the_time_and_names_the_two_nearest():
    form = typed("14/03/2027", "02:30", "America/New_York")
    assert not form.is_valid()
    assert "The nearest times are 01:59 and 03:00." in form.errors["clock"][0]


def test_nobody_is_asked_which_of_two_for_an_hour_that_comes_once():
    assert "which" not in typed().fields


def test_a_doubled_hour_asks_which_of_the_two():
    form = typed("07/11/2027", "01:30", "America/New_York")
    assert not form.is_valid()
    assert form.errors["which"] == ["Say which of the two you mean"]
    assert [label for _value, label in form.fields["which"].choices] == [
        "The first time, UTC−4",
        "The second time, UTC−5",
    ]


@pytest.mark.parametrize(("which", "hour"), [("first", 5), ("second", 6)])
def test_the_answer_decides(which, hour):
    form = typed("07/11/2027", "01:30", "America/New_York", which=which)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["moment"] == datetime(2027, 11, 7, hour, 30, tzinfo=UTC)


@pytest.mark.parametrize("hour", [5, 6])
def test_what_was_understood_is_shown_again_as_it_was_meant(hour):
    moment = datetime(2027, 11, 7, hour, 30, tzinfo=UTC)
    shown = written(moment, "America/New_York")
    form = typed(f"{shown['day']:%d/%m/%Y}", f"{shown['clock']:%H:%M}", shown["zone"], which=shown["which"])
    assert form.is_valid(), form.errors
    assert form.cleaned_data["moment"] == moment
