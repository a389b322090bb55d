"""Reports of meeting tools: read whatever their form, looked at before they count, and counting everybody once."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from members import erasure
from tests import factories
from tests.shared_data import inputs
from webinars import tasks
from webinars.attendance import clocks, counts, importing, people, reading
from webinars.models import Attendance, AttendanceImport, Figure

REPORTS = Path(__file__).parent / "reports"
START = datetime(2026, 12, 10, 13, tzinfo=UTC)
DAY = START.date()
PLAIN = "Name,Email,Minutes\nRosa Quispe,rosa@world.example,60\nAwa Diop,awa@world.example,30\n"


def report(name):
    return reading.read((REPORTS / name).read_bytes(), near=DAY)


def come(found):
    """Who, and for how many minutes."""
    return {one.email or next(iter(one.names)): one.seconds and one.seconds // 60 for one in found.people}


# ---------- Read ----------


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


# ---------- Imported ----------


@pytest.fixture
def webinar(member):
    with time_machine.travel(START + timedelta(days=1), tick=False):
        made = factories.webinar(starts_at=START, slug="registries")
        factories.organiser(made, member)
        for email in ("rosa@world.example", "john@world.example", "never@world.example"):
            factories.registration(made, email)
        yield made


@pytest.fixture
def organiser(client, webinar, member):
    client.force_login(member)
    return client


def load(webinar, content, by):
    data = content.encode() if isinstance(content, str) else (REPORTS / content.name).read_bytes()
    batch = importing.read_file(webinar=webinar, content=ContentFile(data, "report.csv"), by=by)
    importing.import_batch(batch=batch, by=by)
    return batch


def attended(webinar):
    return counts.totals_of([webinar])[webinar.pk].attended


def edit(name, webinar, *more):
    return reverse(f"webinars:{name}", args=[webinar.slug, *more])


@pytest.mark.django_db
def test_the_same_file_twice_and_those_of_other_tools_leave_the_number(webinar, member):
    load(webinar, REPORTS / "zoom-meeting.csv", member)
    assert attended(webinar) == 4
    load(webinar, REPORTS / "zoom-meeting.csv", member)
    assert (attended(webinar), AttendanceImport.objects.count()) == (4, 1)
    load(webinar, REPORTS / "bigbluebutton.csv", member)
    load(webinar, REPORTS / "teams-fr.csv", member)
    assert (attended(webinar), AttendanceImport.objects.count()) == (4, 3)
    load(webinar, REPORTS / "plain-es.csv", member)
    assert attended(webinar) == 5


@pytest.mark.django_db
def test_undone_it_counts_no_more_but_who_is_in_another_file_does(webinar, member):
    first = load(webinar, REPORTS / "zoom-meeting.csv", member)
    load(webinar, REPORTS / "bigbluebutton.csv", member)
    importing.undo(batch=first, by=member)
    assert attended(webinar) == 2
    assert set(Attendance.objects.values_list("batch__tool", flat=True)) == {"bigbluebutton"}


@pytest.mark.django_db
def test_of_those_who_did_not_register_neither_name_nor_address_is_kept(webinar, member):
    load(webinar, PLAIN, member)
    rows = list(Attendance.objects.values_list("registration__email", "address_mark", "name_marks", "seconds"))
    assert {row[0] for row in rows} == {"rosa@world.example", None}
    kept = str(list(Attendance.objects.values())) + str(list(AttendanceImport.objects.values()))
    assert "awa" not in kept.lower()
    assert "diop" not in kept.lower()
    other = people.mark(webinar.pk + 1, "awa@world.example")
    assert other != people.mark(webinar.pk, "awa@world.example")


@pytest.mark.django_db
def test_organisers_and_the_panel_are_not_its_public(webinar, member):
    speaker = factories.member()
    factories.panellist(webinar, user=speaker)
    batch = load(webinar, f"{PLAIN}Me,{member.email.upper()},60\nShe,{speaker.email},60\n", member)
    assert (batch.number, batch.team, attended(webinar)) == (2, 2, 2)


@pytest.mark.django_db
def test_a_look_before_it_counts_then_one_press(organiser, webinar, member):
    upload = SimpleUploadedFile("report.csv", (REPORTS / "zoom-meeting.csv").read_bytes())
    response = organiser.post(edit("edit_attendance", webinar), {"upload": upload})
    batch = AttendanceImport.objects.get()
    assert response["Location"] == edit("edit_report", webinar, batch.pk)
    page = organiser.get(response["Location"]).content.decode()
    for said in ("Zoom", "<dd>4</dd>", "<dd>2</dd>", "The time of coming or leaving cannot be read", ">10</th>"):
        assert said in page
    assert attended(webinar) is None
    for _press in range(2):
        organiser.post(edit("report_step", webinar, batch.pk), {"import": "1"})
        assert attended(webinar) == 4
    page = organiser.get(edit("edit_attendance", webinar)).content.decode()
    assert "4 people, 2 of them registered" in page
    organiser.post(edit("report_step", webinar, batch.pk), {"undo": "1"})
    assert attended(webinar) is None
    assert not Attendance.objects.exists()


@pytest.mark.django_db
def test_the_same_file_again_says_so_before_the_press(organiser, webinar, member):
    load(webinar, PLAIN, member)
    again = importing.read_file(webinar=webinar, content=ContentFile(PLAIN.encode(), "r.csv"), by=member)
    assert (
        "This very file was imported already" in organiser.get(edit("edit_report", webinar, again.pk)).content.decode()
    )
    other = importing.read_file(webinar=webinar, content=ContentFile(f"{PLAIN}\n".encode(), "r.csv"), by=member)
    assert (
        "counted already. The number stays." in organiser.get(edit("edit_report", webinar, other.pk)).content.decode()
    )
    assert AttendanceImport.objects.filter(imported_at=None).count() == 1  # the look before was thrown away


@pytest.mark.django_db
def test_a_file_of_another_day_is_asked_about(organiser, webinar, member):
    text = "Name,Email,Join time,Leave time\nRosa,rosa@world.example,2026-11-02 13:00,2026-11-02 14:00\n"
    batch = importing.read_file(webinar=webinar, content=ContentFile(text.encode(), "r.csv"), by=member)
    assert "Is it the right file?" in organiser.get(edit("edit_report", webinar, batch.pk)).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "said"), [(b"Title,Year\nCash,2019\n", "no list of people"), (b"", "This file is empty")]
)
def test_a_bad_file_is_refused_beside_the_field_and_nothing_is_kept(organiser, webinar, content, said):
    page = organiser.post(edit("edit_attendance", webinar), {"upload": SimpleUploadedFile("r.csv", content)})
    assert page.status_code == 200
    assert page.content.decode().count(said) == 2
    assert not AttendanceImport.objects.exists()


@pytest.mark.django_db
def test_before_the_end_and_once_names_are_gone_nothing_is_imported(organiser, webinar, member, settings):
    batch = importing.read_file(webinar=webinar, content=ContentFile(PLAIN.encode(), "r.csv"), by=member)
    for at, said in (
        (START, "once the webinar has ended"),
        (START + timedelta(days=settings.REGISTRATION_DAYS + 1), "can no longer be imported"),
    ):
        with time_machine.travel(at, tick=False):
            organiser.force_login(member)
            assert said in organiser.get(edit("edit_attendance", webinar)).content.decode()
            organiser.post(edit("edit_attendance", webinar), {"upload": SimpleUploadedFile("r.csv", PLAIN.encode())})
            organiser.post(edit("report_step", webinar, batch.pk), {"import": "1"})
    assert AttendanceImport.objects.filter(imported_at=None).count() == 1
    assert attended(webinar) is None


@pytest.mark.django_db
def test_marks_go_with_the_names_and_the_number_stays(webinar, member, settings):
    load(webinar, PLAIN, member)
    waiting = importing.read_file(webinar=webinar, content=ContentFile(b"Email\na@world.example", "r.csv"), by=member)
    with time_machine.travel(START + timedelta(days=settings.REGISTRATION_DAYS + 1), tick=False):
        tasks.forget_registrations()
        assert not AttendanceImport.objects.filter(pk=waiting.pk).exists()
        assert set(Attendance.objects.values_list("address_mark", flat=True)) == {""}
        assert attended(webinar) == 2


@pytest.mark.django_db
def test_an_erased_member_is_known_in_no_file_any_more(webinar, member):
    guest = factories.member()
    load(webinar, f"Name,Email\nSomebody Else,{guest.email}\n", member)
    (holding,) = [one for one in erasure.all_holdings() if one.key == "webinar_attendance"]
    assert [row["webinar"] for row in holding.export(guest)] == [str(webinar)]
    erasure.erase(user=guest)
    row = Attendance.objects.get()
    assert (row.address_mark, row.name_marks) == ("", [])
    assert attended(webinar) == 1


@pytest.mark.django_db
def test_what_somebody_imported_stays_without_their_name(webinar, member):
    load(webinar, PLAIN, member)
    counts.enter(webinar=webinar, kind="live", number=9, source="YouTube", counted_on=DAY, by=member)
    importing.read_file(webinar=webinar, content=ContentFile(b"Email\na@world.example", "r.csv"), by=member)
    erasure.erase(user=member)
    assert AttendanceImport.objects.get().by is None
    assert Figure.objects.get().by is None
    assert attended(webinar) == 2


@pytest.mark.django_db
def test_five_thousand_people_are_imported_in_few_queries(webinar, member, django_assert_max_num_queries):
    rows = "".join(f"Person {one},person-{one}@world.example,30\n" for one in range(5000))
    with django_assert_max_num_queries(100):
        load(webinar, f"Name,Email,Minutes\n{rows}", member)
    assert attended(webinar) == 5000
    assert timezone.now() > webinar.ends_at
