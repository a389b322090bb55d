"""A webinar from the proposal to the calendar (J7), in three languages, on a phone, without scripts.

Whoever runs a community proposes one across a night on which New York changes its clocks, an editor confirms it, three
people register where they live, and it is moved and cancelled: each hears of it in their language and on their clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

import icalendar
from django.utils.translation import override

from content.wording import file_size
from tests.browser import letters
from tests.browser.people import EDITOR, decide, follow, plays, press, take_up

SOUND = Path(__file__).parents[1] / "files" / "samples" / "constant.mp3"
RUNS_IT = "community-admin@demo.example"
COMMUNITY = "social-protection-for-employment"
# Clocks go forward there in the night before: 14 March 2027. 09:30 is 13:30 UTC, and a week earlier it was 14:30.
DAY, CLOCK, ZONE = "14/03/2027", "09:30", "America/New_York"


@dataclass(frozen=True)
class Person:
    language: str
    zone: str
    shown: str  # the start on their clock, as the page and the letter say it
    moved: str
    press: str
    sector: str = "ngo"


PEOPLE = [
    Person("en", "Africa/Nairobi", "Sunday 14 March 2027, 16:30", "Monday 15 March 2027, 16:30", "You are registered"),
    Person("fr", "Europe/Paris", "dimanche 14 mars 2027, 14:30", "lundi 15 mars 2027, 14:30", "Vous êtes inscrit"),
    Person(
        "es", "America/Lima", "domingo, 14 de marzo de 2027, 08:30", "lunes, 15 de marzo de 2027, 08:30", "inscripción"
    ),
]


def fill(reader, **values: str) -> None:
    for name, value in values.items():
        field = reader.page.locator(f"main [name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def proposed(boss, title: str) -> str:
    """The address of the webinar, once it is with the editors."""
    boss.open(f"/en/connect/communities/{COMMUNITY}/webinars/new/")
    fill(boss, title=title, summary="Who pays for care?", day=DAY, clock="02:30", zone=ZONE)
    press(boss)
    assert "The nearest times are 01:59 and 03:00." in boss.page.inner_text(".error-summary")
    assert boss.page.input_value("[name=title]") == title
    fill(boss, clock=CLOCK)
    press(boss)
    follow(boss, boss.page.locator("main li a", has_text="Who speaks"))
    fill(boss, name="Rosa Quispe", affiliation="A ministry")
    press(boss)
    edit = boss.path
    boss.open(edit.removesuffix("panel/"))
    fill(boss, meeting_link="https://meet.example/care")
    press(boss)
    follow(boss, boss.page.locator(".crumbs a").last)
    press(boss)
    assert "with the editors" in boss.page.inner_text("main")
    return edit.removesuffix("edit/panel/").removeprefix("/en")


def event_in(mail: EmailMessage) -> icalendar.Event:
    (part,) = [one for one in mail.walk() if one.get_content_type() == "text/calendar"]
    (found,) = icalendar.Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
    return found


def registers(reader, path: str, person: Person, address: str) -> None:
    reader.open(f"/{person.language}{path}")
    follow(reader, reader.page.locator(".when + .meta a").first)
    fill(reader, zone=person.zone)
    press(reader)
    assert reader.page.inner_text(".when") == person.shown
    assert reader.page.get_attribute(".when time", "datetime") == "2027-03-14T13:30Z"
    follow(reader, reader.page.locator(".detail__act .btn--main"))
    press(reader)
    assert reader.page.locator(".field--bad").count() == 5
    says_who(reader, address, person.sector)
    assert reader.path.endswith("/registered/")


def says_who(reader, address: str, sector: str = "ngo") -> None:
    """In the form that is open, agreeing to what it says."""
    fill(reader, name="Zq Person", email=address, country="PE", sector=sector)
    reader.page.check("[name=consent]")
    press(reader)


def comes_in(reader, site, path: str, address: str) -> str:
    """From the form to the page of their own, where the address is confirmed; where that page is."""
    reader.open(f"{path}register/")
    says_who(reader, address)
    own = letters.path_in(letters.arrived(site, address), "/mine/")
    reader.open(own)
    press(reader)
    return own


def moves(boss, site, path: str, first: dict[Person, icalendar.Event]) -> None:
    """By a day: everybody's calendar learns of it."""
    boss.open(f"/en{path}edit/time/")
    fill(boss, day="15/03/2027")
    press(boss)
    for person, before in first.items():
        mail = letters.arrived(
            site, f"zq-{person.language}@care.example", lambda one, said=person.moved: said in letters.words(one)
        )
        again = event_in(mail)
        assert (again["uid"], again["sequence"]) == (before["uid"], before["sequence"] + 1)
        assert again["dtstart"].dt.isoformat() == "2027-03-15T13:30:00+00:00"


def test_from_the_proposal_to_the_calendar(visit, site):
    boss, editor = visit(scripts=False, role=RUNS_IT), visit(scripts=False, role=EDITOR)
    title = "Zqwebinar on care"
    path = proposed(boss, title)
    editor.open("/en/staff/review/")
    take_up(editor, title)
    decide(editor, "publish", "Fine.")
    first, own = {}, {}
    for person in PEOPLE:
        reader = visit(language=person.language, width=390, scripts=False)
        address = f"zq-{person.language}@care.example"
        registers(reader, path, person, address)
        mail = letters.arrived(site, address)
        assert person.shown in letters.words(mail)
        first[person] = event_in(mail)
        own[person] = reader, letters.path_in(mail, "/mine/")
        reader.open(own[person][1])
        press(reader)
        assert person.press in reader.page.inner_text("main")
    moves(boss, site, path, first)
    reader, link = own[PEOPLE[0]]
    reader.open(link)
    follow(reader, reader.page.locator("button[name=cancel]"))
    boss.open(f"/en{path}edit/cancel/")
    fill(boss, reason="Zq the speaker is ill.")
    follow(boss, boss.page.locator("main .btn--bad"))
    for person in PEOPLE[1:]:
        mail = letters.arrived(
            site, f"zq-{person.language}@care.example", lambda one: "Zq the speaker is ill." in letters.words(one)
        )
        assert event_in(mail)["status"] == "CANCELLED"
    theirs = letters.all_to(site, f"zq-{PEOPLE[0].language}@care.example")
    assert len(theirs) == 2, "whoever cancelled hears no more"


# ---------- While it is live (J7, step 5) ----------

LIVE = "zqlive-on-payments"
ANNOUNCED = f"""
from datetime import timedelta
from django.utils import timezone
from webinars.models import Question, Stream, Webinar
at = timezone.now() + timedelta(minutes=40)
made = Webinar.objects.create(
    slug="{LIVE}", title_en="Zqlive on payments", title_fr="Zqlive sur les paiements", starts_at=at,
    ends_at=at + timedelta(hours=9), spoken=["en"], meeting_link="https://meet.example/zqlive", status="published",
    published_at=timezone.now())
for language in ("en", "fr", "es", "ar"):
    Stream.objects.create(webinar=made, language=language, link=f"https://youtu.be/igG7-9qcs5A?x={{language}}")
Question.objects.create(webinar=made, language="fr", text="Zq une question plus ancienne ?")
"""
# The site has a clock of its own: instead of the hands, the webinar is moved.
AT = f"""
from datetime import timedelta
from django.utils import timezone
from content import caching
from webinars.lists import KIND
from webinars.models import Webinar
at = timezone.now() + timedelta(minutes={{minutes}})
Webinar.objects.filter(slug="{LIVE}").update(starts_at=at, ends_at=at + timedelta(hours=9))
caching.bump(KIND)
"""


def goes_on(site, minutes: int) -> None:
    site.run("shell", "-v", "0", "-c", AT.format(minutes=minutes))


def asks_and_votes(reader, text: str) -> None:
    """Beside the video, which goes on."""
    plays(reader, reader.page.locator("#live .btn", has_text="Français"))
    fill(reader, text="Quoi ?")
    follow(reader, reader.page.locator("#ask button"))
    assert reader.page.input_value("#ask [name=text]") == "Quoi ?"
    fill(reader, text=text)
    follow(reader, reader.page.locator("#ask button"))
    assert "play=fr" in reader.page.url
    older = reader.page.locator("article", has_text="Zq une question plus ancienne ?")
    follow(reader, older.locator("button"))
    assert "1 vote" in older.inner_text()
    assert "play=fr" in reader.page.url
    assert text in reader.page.inner_text("#questions")


def test_joined_asked_and_voted_while_it_is_live(visit, site):
    site.run("shell", "-v", "0", "-c", ANNOUNCED)
    guest = visit(language="fr", width=390, scripts=False)
    own = comes_in(guest, site, f"/fr/learn/webinars/{LIVE}/", "zq-live@pay.example")
    assert guest.page.locator("a[href$='/join/']").count() == 0
    goes_on(site, minutes=10)
    guest.open(own)
    assert guest.page.locator("a[href$='/join/']").count() == 1
    goes_on(site, minutes=-5)
    guest.open(own)
    asks_and_votes(guest, "Zq combien coûte un paiement en espèces ?")
    visitor = visit(language="fr", scripts=False)
    visitor.open(f"/fr/learn/webinars/{LIVE}/")
    assert "Zq combien coûte un paiement en espèces ?" in visitor.page.inner_text("#questions")
    goes_on(site, minutes=-9 * 60 - 1)
    guest.open(own)
    assert guest.page.locator("a[href$='/join/'], iframe, #live").count() == 0


# ---------- Before, and after it (J7, steps 4 and 6) ----------

REMEMBERED = "zqremembered-on-registries"
SAYS = {"en": "Zqheard on registries", "fr": "Zqentendu sur les registres", "es": "Zqoído sobre los registros"}
KEPT = f"""
from datetime import timedelta
from django.utils import timezone
from webinars.models import Webinar
at = timezone.now() + timedelta(days=3)
Webinar.objects.create(
    slug="{REMEMBERED}", title_en="{SAYS["en"]}", title_fr="{SAYS["fr"]}", title_es="{SAYS["es"]}", starts_at=at,
    ends_at=at + timedelta(hours=1), spoken=["en"], meeting_link="https://meet.example/zqkept", status="published",
    published_at=timezone.now())
"""
# Instead of the hands of the site's clock the webinar is moved, and what was written of it; the schedule wakes twice.
HOURS_ON = f"""
from datetime import timedelta
from django.db.models import F
from django.utils import timezone
from webinars import tasks
from webinars.models import Registration, Webinar
at, ago = timezone.now() + timedelta(minutes={{minutes}}), timedelta(hours={{hours}})
kept = Webinar.objects.filter(slug="{REMEMBERED}")
kept.update(starts_at=at, ends_at=at + timedelta(hours=1), recorded_at=F("recorded_at") - ago)
Registration.objects.filter(webinar__in=kept).update(registered_at=F("registered_at") - ago)
for wake in (tasks.remind, tasks.tend) * 2:
    wake.delay()
"""
READY = {"en": "The recording is ready", "fr": "L’enregistrement est prêt", "es": "La grabación está lista"}
AHEAD = {  # how the subjects of the two reminders begin
    "en": ("It starts in 1 day", "It starts in 1 hour"),
    "fr": ("Début dans 1 jour", "Début dans 1 heure"),
    "es": ("Comienza dentro de 1 día", "Comienza dentro de 1 hora"),
}


def hours_on(site, *, to: int, hours: int) -> None:
    """So many hours later, and so many minutes before the start, or after it."""
    site.run("shell", "-v", "0", "-c", HOURS_ON.format(minutes=to, hours=hours))


def subject(mail: EmailMessage) -> str:
    return str(mail["Subject"]).replace("\xa0", " ").strip()  # a long one begins on the line below its name


def comes(site, address: str, beginning: str) -> EmailMessage:
    return letters.arrived(site, address, lambda one: subject(one).startswith(beginning))


def brings(editor) -> None:
    """The recording, and the sound alone."""
    editor.open(f"/en/learn/webinars/{REMEMBERED}/edit/recordings/")
    fill(editor, language="en", link="https://youtu.be/igG7-9qcs5A", length="58:20")
    press(editor)
    editor.open(f"/en/learn/webinars/{REMEMBERED}/edit/files/")
    editor.page.check("[name=kind][value=audio]")
    editor.page.set_input_files("[name=upload]", SOUND)
    press(editor)


def hears(reader, mail: EmailMessage, language: str) -> None:
    """From the letter to the file, which is as large as the page says."""
    with override(language):
        size = file_size(SOUND.stat().st_size)
    reader.open(letters.path_in(mail, f"/{REMEMBERED}/"))
    assert reader.page.locator("iframe").count() == 0
    sound = reader.page.locator("#recording p", has=reader.page.locator("audio"))
    assert size in sound.inner_text()
    with reader.page.expect_download() as begun:
        sound.locator("a[download]").click()
    assert Path(begun.value.path()).read_bytes() == SOUND.read_bytes()


def test_reminded_once_each_time_and_told_of_the_recording(visit, site):
    site.run("shell", "-v", "0", "-c", KEPT)
    readers = {}
    for language in SAYS:
        reader, path = visit(language=language, width=390, scripts=False), f"/{language}/learn/webinars/{REMEMBERED}/"
        readers[language] = reader, comes_in(reader, site, path, f"zqkept-{language}@care.example")
    hours_on(site, to=24 * 60 - 1, hours=48)
    for language in readers:
        comes(site, f"zqkept-{language}@care.example", AHEAD[language][0])
    reader, link = readers.pop("es")
    reader.open(link)
    follow(reader, reader.page.locator("button[name=cancel]"))
    hours_on(site, to=59, hours=23)
    for language in readers:
        comes(site, f"zqkept-{language}@care.example", AHEAD[language][1])
    hours_on(site, to=-61, hours=2)
    brings(visit(scripts=False, role=EDITOR))
    hours_on(site, to=-180, hours=2)
    for language, (reader, _link) in readers.items():
        hears(reader, comes(site, f"zqkept-{language}@care.example", READY[language]), language)
    told = {one: list(map(subject, letters.all_to(site, f"zqkept-{one}@care.example"))) for one in SAYS}
    assert [*map(len, told.values())] == [5, 5, 2], told
