"""Reports of meeting tools are looked at before they count, and everybody counts once, whichever files they are in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from members import erasure
from tests import factories
from webinars import tasks
from webinars.attendance import counts, importing, people
from webinars.models import Attendance, AttendanceImport, Figure

REPORTS = Path(__file__).parent / "reports"
START = datetime(2026, 12, 10, 13, tzinfo=UTC)
DAY = START.date()
PLAIN = "Name,Email,Minutes\nRosa Quispe,rosa@world.example,60\nAwa Diop,awa@world.example,30\n"


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
