"""Reports of meeting tools, read whatever their form; what may mean two things is told and not guessed."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from tests.shared_data import inputs
from webinars.attendance import clocks, reading

REPORTS = Path(__file__).parent / "reports"
DAY = date(2026, 12, 10)


def report(name):
    return reading.read((REPORTS / name).read_bytes(), near=DAY)


def come(found):
    """Who, and for how many minutes."""
    return {one.email or next(iter(one.names)): one.seconds and one.seconds // 60 for one in found.people}


def test_zoom_people_who_come_back_are_one_and_overlaps_count_once():
    found = report("zoom-meeting.csv")
    assert found.tool == "zoom"
    assert found.day == DAY
    assert come(found) == {
        "rosa@world.example": 60,  # 40 and 30 minutes, ten of them at once; the waiting room is not the webinar
        "john@world.example": 85,
        "awa diop": 80,
        "somebody@world.example": None,
    }
    assert [(one.line, one.reason) for one in found.problems] == [(10, "time"), (11, "nobody")]


def test_zoom_webinars_list_hosts_panel_and_those_who_never_came():
    found = report("zoom-webinar.csv")
    assert come(found) == {"rosa@world.example": 60, "john@world.example": 85, "16025550100": 48}
    assert {one.email for one in found.team} == {"host@portal.example", "farah@world.example"}
    assert found.problems == []


def test_teams_in_utf16_and_french_lists_everybody_in_two_parts():
    found = report("teams-fr.csv")
    assert found.tool == "teams"
    assert come(found) == {"rosa@world.example": 45, "john musoke": 85}


@pytest.mark.parametrize(
    ("name", "tool", "who"),
    [
        ("meet.csv", "meet", {"rosa@world.example": 62, "awa diop": 45}),
        ("bigbluebutton.csv", "bigbluebutton", {"quispe rosa": 60, "awa diop": 80}),
        ("plain-es.csv", "other", {"rosa@world.example": 20, "jose@world.example": 35}),
    ],
)
def test_other_tools(name, tool, who):
    found = report(name)
    assert (found.tool, come(found)) == (tool, who)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_whatever_the_encoding_and_delimiter(encoding, delimiter):
    rows = (("Nom", "Adresse e-mail", "Durée"), ("José Ñíguez", "Jose@World.Example", "1 h 5 min"))
    text = "\r\n".join(delimiter.join(row) for row in rows)
    assert come(reading.read(text.encode(encoding), near=DAY)) == {"jose@world.example": 65}


def test_somebody_with_an_address_in_one_line_and_without_in_another_is_one():
    text = "Name,Email,Duration\nRosa Quispe,rosa@world.example,10 min\n“Quispe, Rosa”,,5 min\nAwa,,3 min\n"
    assert len(reading.read(text.replace("“", '"').replace("”", '"').encode(), near=DAY).people) == 2


def test_lines_below_a_table_are_told_and_not_counted():
    text = "1. Participants\nName\tEmail\tDuration\nRosa\tr@world.example\t3m\n2. Notes\nAwa\tDiop\t7\n"
    found = reading.read(text.encode(), near=DAY)
    assert come(found) == {"r@world.example": 3}
    assert [(one.line, one.reason) for one in found.problems] == [(5, "no_columns")]


def test_a_quotation_mark_that_is_not_closed_is_told():
    text = 'Name,Email\nRosa,rosa@world.example\n"Awa,awa@world.example\nJohn,john@world.example\nA,a@world.example\n'
    found = reading.read(text.encode(), near=DAY)
    assert come(found) == {"rosa@world.example": None}
    assert [(one.line, one.reason) for one in found.problems] == [(3, "quote")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "This file is empty"),
        (b"\xff\xfe\n\x00", "This file is empty"),
        (b"PK\x03\x04 and more", "save the table as CSV"),
        (b"Title,Year\nCash,2019\n", "no list of people"),
        (b"Dear all,\nplease find the list below.\n", "no list of people"),
        (b"Name,Email\n", "lists nobody"),
        (b"Name,Email\n,\n", "lists nobody"),
        (b"Name,Email,Attended\nRosa,rosa@world.example,No\n", "lists nobody"),
        (b"x" * (reading.LARGEST + 1), "smaller than this file"),
        (b"Name,Email\n" + b"a,b\n" * (reading.MOST_ROWS + 2), "more than 20000 lines"),
    ],
)
def test_what_is_no_list_of_people_is_refused_in_a_sentence(content, said):
    with pytest.raises(ValidationError) as refusal:
        reading.read(content, near=DAY)
    assert said in refusal.value.messages[0]


def test_no_hostile_file_does_more_than_be_refused():
    files = inputs("hostile-text", "biblio-other", "office", "captions", "image")
    assert files
    for path in files:
        with suppress(ValidationError):
            reading.read(path.read_bytes()[: reading.LARGEST], near=DAY)


@pytest.mark.parametrize(
    ("text", "unit", "seconds"),
    [
        ("1h 2m 3s", 60, 3723),
        ("1 hr 2 min", 60, 3720),
        ("45 min", 60, 2700),
        ("1 h 36 min 0 s", 60, 5760),
        ("1 hora 5 minutos", 60, 3900),
        ("2 heures", 60, 7200),
        ("01:20:00", 60, 4800),
        ("90", 60, 5400),
        ("90", 1, 90),
        ("1,5", 60, 90),
        ("PT1H2M3S", 60, 3723),
        ("1:30", 60, None),  # minutes or hours: nobody knows
        ("25:00:00", 60, None),
        ("-5", 60, None),
        ("five", 60, None),
        ("", 60, None),
        ("h", 60, None),
    ],
)
def test_lengths(text, unit, seconds):
    assert clocks.seconds_of(text, unit) == seconds


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("12/10/2026 01:00:00 PM", datetime(2026, 12, 10, 13)),
        ("12/10/26, 1:00:11 p. m.", datetime(2026, 12, 10, 13, 0, 11)),
        ("2026-12-10 13:00:00", datetime(2026, 12, 10, 13)),
        ("2026-12-10T13:00:00.123Z", datetime(2026, 12, 10, 13)),
        ("2026-12-10T13:00:00+03:00", datetime(2026, 12, 10, 13)),
        ("Dec 10, 2026 13:00:12", datetime(2026, 12, 10, 13, 0, 12)),
        ("10 déc. 2026 13:00", datetime(2026, 12, 10, 13)),
        ("10 de diciembre de 2026, 13:00", datetime(2026, 12, 10, 13)),
        ("4:00 PM", datetime.combine(clocks.NOWHEN, datetime(2026, 1, 1, 16).time())),
        ("12:05 AM", datetime.combine(clocks.NOWHEN, datetime(2026, 1, 1, 0, 5).time())),
        ("13:00 PM", None),
        ("31/31/2026 13:00", None),
        ("10.12.2026", None),
        ("noon", None),
        ("25:00", None),
    ],
)
def test_times(text, moment):
    assert clocks.moment_of(text, day_first=False) == moment


@pytest.mark.parametrize(
    ("texts", "near", "day_first"),
    [
        (["13/05/2026 10:00"], DAY, True),
        (["05/13/2026 10:00"], DAY, False),
        (["05/06/2026 10:00"], date(2026, 6, 5), True),
        (["05/06/2026 10:00"], date(2026, 5, 6), False),
        (["2026-05-06"], DAY, False),
    ],
)
def test_the_day_of_the_webinar_tells_june_from_may(texts, near, day_first):
    assert clocks.is_day_first(texts, near) is day_first
