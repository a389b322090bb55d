"""People register, confirm, wait, are offered a place, cancel; what they are written, and what nobody learns."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from notifications.models import Letter
from notifications.sending import send_due
from taxonomy.models import Country
from tests import factories
from webinars import letters, places, services
from webinars.models import Registration

pytestmark = pytest.mark.django_db
START = datetime(2026, 12, 10, 13, tzinfo=UTC)
State = Registration.State


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(START - timedelta(days=20), tick=False) as traveller:
        yield traveller


@pytest.fixture
def webinar():
    return factories.webinar(starts_at=START, title_fr="Le genre et les chocs", meeting_link="https://meet.example/one")


@pytest.fixture
def kenya():
    return Country.objects.create(iso2="KE", iso3="KEN", m49="404", slug="kenya", name_en="Kenya")


def guest(webinar, email="rosa@world.example", *, name="Rosa", confirmed=True, language="en", zone="UTC"):
    places.register_guest(
        webinar=webinar, name=name, email=email, country=None, sector="ngo", language=language, zone=zone
    )
    row = Registration.objects.get(webinar=webinar, email=email)
    return places.confirm(registration=row) if confirmed else row


def typed(**changes):
    return {"name": "Rosa", "email": "Rosa@World.example", "country": "KE", "sector": "ngo", "consent": "on"} | changes


def event_in(message):
    (part,) = [one for one in message.message().walk() if one.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "PUBLISH"
    (found,) = icalendar.Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
    return found


# ---------- By the form ----------


def test_a_visitor_registers_in_five_fields_and_gets_a_letter_on_their_clock_in_their_language(client, webinar, kenya):
    client.cookies["zone"] = "Africa/Nairobi"
    answer = client.post(f"/fr/learn/webinars/{webinar.slug}/register/", typed())
    assert answer["Location"] == f"/fr/learn/webinars/{webinar.slug}/registered/"
    row = Registration.objects.get()
    assert (row.email, row.country, row.state, row.is_confirmed) == ("rosa@world.example", kenya, "in", False)
    send_due()
    (message,) = mail.outbox
    assert "Le genre et les chocs" in message.subject
    assert "jeudi 10 décembre 2026, 16:00" in message.body
    assert row.get_absolute_url().replace("/en/", "/fr/") in message.body
    event = event_in(message)
    assert (event["dtstart"].dt, event["uid"]) == (START, f"webinar-{webinar.pk}@localhost")
    assert row.key in event["location"]


@pytest.mark.parametrize("field", ["name", "email", "country", "sector", "consent"])
def test_what_is_missing_is_said_and_the_rest_stays(client, webinar, kenya, field):
    answer = client.post(reverse("webinars:register", args=[webinar.slug]), typed(**{field: ""}))
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert field == "name" or 'value="Rosa"' in answer.content.decode()
    assert not Registration.objects.exists()


def test_nobody_learns_whether_an_address_was_registered(client, webinar, kenya):
    address = reverse("webinars:register", args=[webinar.slug])
    first = client.post(address, typed())
    guest(webinar)
    again = client.post(address, typed(name="Somebody else"))
    assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])
    assert client.get(first["Location"]).content.count(b"rosa") == 0
    assert Registration.objects.get().name == "Rosa"  # nobody changes what another wrote


def test_whoever_registers_again_has_one_registration_and_few_letters(webinar):
    for _ in range(8):
        guest(webinar, confirmed=False)
    assert Registration.objects.count() == 1
    assert Letter.objects.count() == places.MOST_CONFIRMATIONS


def test_a_flood_from_one_address_is_refused(client, webinar, kenya):
    address = reverse("webinars:register", args=[webinar.slug])
    answers = [client.post(address, typed(email="one@world.example")).status_code for _ in range(7)]
    assert answers == [302] * 5 + [429] * 2


def test_a_member_registers_by_one_press(client, webinar, member):
    client.force_login(member)
    address = reverse("webinars:register", args=[webinar.slug])
    assert member.email in client.get(address).content.decode()
    answer = client.post(address)
    row = Registration.objects.get()
    assert answer["Location"] == row.get_absolute_url()
    assert (row.user, row.is_confirmed, row.email) == (member, True, member.email.lower())
    client.post(address)
    assert Letter.objects.count() == 1


def test_whoever_comes_back_after_cancelling_is_written_to_again(webinar, member):
    row = places.register_member(webinar=webinar, by=member, country=None)
    places.cancel(registration=row)
    again = places.register_member(webinar=webinar, by=member, country=None)
    assert (again.pk, again.state, again.is_confirmed) == (row.pk, "in", True)
    send_due()
    assert [message.subject.partition(":")[0] for message in mail.outbox] == ["You are registered"]
    assert Letter.objects.filter(state="skipped").count() == 1  # that of the first time had not left


def test_a_stranger_brings_nobody_back_who_cancelled(webinar, clock):
    row = guest(webinar)
    places.cancel(registration=row)
    again = guest(webinar, name="Buy now", confirmed=False)
    assert (again.pk, again.state, again.is_confirmed) == (row.pk, "in", False)
    send_due()
    assert all("Buy now" not in message.body for message in mail.outbox)
    assert not webinar.registrations.reminded().exists()


@pytest.mark.parametrize("what", ["over", "cancelled"])
def test_nobody_registers_for_what_does_not_come(client, webinar, staff, kenya, clock, what):
    if what == "over":
        clock.move_to(START + timedelta(hours=2))
    else:
        services.cancel_webinar(webinar=webinar, by=staff, reason="Ill.")
    assert client.post(reverse("webinars:register", args=[webinar.slug]), typed()).status_code == 200
    assert not Registration.objects.exists()


# ---------- The own page ----------


def test_reading_the_own_page_confirms_nothing_and_a_press_does(client, webinar):
    row = guest(webinar, confirmed=False)
    assert b"Confirm my registration" in client.get(row.get_absolute_url()).content
    row.refresh_from_db()
    assert not row.is_confirmed
    client.post(row.get_absolute_url(), {"confirm": "1"})
    row.refresh_from_db()
    assert row.is_confirmed


def test_cancelling_is_one_press_and_ends_the_letters(client, webinar, staff):
    row = guest(webinar)
    send_due()
    client.post(row.get_absolute_url(), {"cancel": "1"})
    row.refresh_from_db()
    assert row.state == State.CANCELLED
    mail.outbox.clear()
    services.cancel_webinar(webinar=webinar, by=staff, reason="Ill.")
    send_due()
    assert mail.outbox == []


@pytest.mark.parametrize(("minutes", "is_open"), [(-16, False), (-15, True), (0, True), (89, True), (90, False)])
def test_the_way_in_is_open_from_a_quarter_of_an_hour_before_until_the_end(client, webinar, clock, minutes, is_open):
    row = guest(webinar)
    clock.move_to(START + timedelta(minutes=minutes))
    answer = client.get(reverse("webinars:join", args=[webinar.slug, row.key]))
    assert (answer["Location"] == "https://meet.example/one") is is_open
    assert (b"meet.example" in client.get(row.get_absolute_url()).content) is False


def test_without_a_place_the_way_in_leads_back(client, webinar, clock):
    row = guest(webinar)
    clock.move_to(START)
    for state in (State.WAITING, State.LAPSED, State.CANCELLED):
        Registration.objects.filter(pk=row.pk).update(state=state)
        answer = client.get(reverse("webinars:join", args=[webinar.slug, row.key]))
        assert answer["Location"] == row.get_absolute_url(), state


def test_the_own_page_is_on_the_clock_of_whoever_registered_unless_their_browser_says_another(client, webinar):
    row = guest(webinar, zone="Africa/Nairobi")
    assert "16:00</time>" in client.get(row.get_absolute_url()).content.decode()
    client.cookies["zone"] = "America/Lima"
    assert "08:00</time>" in client.get(row.get_absolute_url()).content.decode()


def test_a_wrong_key_opens_nothing(client, webinar):
    row = guest(webinar)
    other = factories.webinar()
    for slug, key in ((webinar.slug, "x" * 32), (other.slug, row.key)):
        assert client.get(reverse("webinars:own", args=[slug, key])).status_code == 404


def test_a_link_of_a_private_community_ends_with_the_membership(client, member):
    community = factories.community(access="private")
    membership = factories.membership(community, member)
    hidden = factories.webinar(community=community, starts_at=START)
    row = places.register_member(webinar=hidden, by=member, country=None)
    assert client.get(row.get_absolute_url()).status_code == 200
    membership.state = "left"
    membership.save()
    assert client.get(row.get_absolute_url()).status_code == 404
    send_due()
    assert (mail.outbox, Letter.objects.get().reason) == ([], "no_longer_visible")


# ---------- Places ----------


def test_after_the_last_place_people_wait(webinar):
    webinar.capacity = 2
    webinar.save()
    rows = [guest(webinar, f"{name}@world.example") for name in ("a", "b", "c")]
    assert [row.state for row in rows] == ["in", "in", "waiting"]
    assert places.free_places(webinar) == 0


def test_a_freed_place_is_offered_to_the_first_and_then_to_the_next(webinar, clock):
    webinar.capacity = 1
    webinar.save()
    first, second, third = (guest(webinar, f"{name}@world.example") for name in ("a", "b", "c"))
    places.cancel(registration=first)
    assert _states(second, third) == ["offered", "waiting"]
    assert Registration.objects.get(pk=second.pk).offered_until == timezone.now() + timedelta(hours=24)
    clock.shift(timedelta(hours=24))
    assert places.tend_waiting_lists() == 1
    assert _states(second, third) == ["lapsed", "offered"]
    assert places.accept(registration=second) is False
    assert places.accept(registration=third) is True
    assert _states(second, third) == ["lapsed", "in"]
    assert places.tend_waiting_lists() == 0
    offers = Letter.objects.filter(template="webinars/offer").order_by("pk")
    assert list(offers.values_list("address", flat=True)) == ["b@world.example", "c@world.example"]


def test_an_offer_never_goes_beyond_the_start(webinar, clock):
    webinar.capacity = 1
    webinar.save()
    first, second = (guest(webinar, f"{name}@world.example") for name in ("a", "b"))
    clock.move_to(START - timedelta(hours=3))
    places.cancel(registration=first)
    assert Registration.objects.get(pk=second.pk).offered_until == START


def test_a_place_that_nobody_confirmed_is_free_after_a_day(webinar, clock):
    webinar.capacity = 1
    webinar.save()
    stranger = guest(webinar, "a@world.example", confirmed=False)
    second = guest(webinar, "b@world.example")
    assert _states(second) == ["waiting"]
    clock.shift(timedelta(hours=25))
    places.tend_waiting_lists()
    assert _states(second) == ["offered"]
    assert places.confirm(registration=stranger).state == State.WAITING


def test_nobody_passes_those_who_wait(webinar):
    webinar.capacity = 1
    webinar.save()
    guest(webinar, "a@world.example")
    second = guest(webinar, "b@world.example")
    webinar.capacity = 2
    webinar.save()
    assert guest(webinar, "c@world.example").state == State.WAITING
    places.resize(webinar=webinar)
    assert _states(second) == ["offered"]


def _states(*rows):
    return [Registration.objects.get(pk=row.pk).state for row in rows]


# ---------- Moved, cancelled ----------


def moved(webinar, by, **shift):
    later = webinar.starts_at + timedelta(**shift)
    services.move_webinar(
        webinar=webinar, by=by, starts_at=later, ends_at=later + timedelta(minutes=90), zone=webinar.zone
    )


def test_a_move_is_told_once_with_the_same_uid_and_a_higher_sequence(webinar, staff):
    guest(webinar, zone="America/Lima")
    send_due()
    moved(webinar, staff, days=1)
    send_due()
    first, second = mail.outbox
    assert "Friday 11 December 2026, 08:00, in Lima (Peru Standard Time)" in second.body
    before, after = event_in(first), event_in(second)
    assert (before["uid"], before["sequence"], after["sequence"]) == (after["uid"], 0, 1)
    assert after["dtstart"].dt == START + timedelta(days=1)


def test_a_letter_on_its_way_says_the_new_time(webinar, staff):
    guest(webinar, confirmed=False)
    moved(webinar, staff, days=1)
    send_due()
    (message,) = mail.outbox  # whoever did not confirm gets no other
    assert "Friday 11 December 2026, 13:00" in message.body


def test_of_two_moves_only_the_last_is_told_where_the_first_had_not_left(webinar, staff):
    guest(webinar)
    send_due()
    mail.outbox.clear()
    moved(webinar, staff, days=1)
    moved(webinar, staff, days=1)
    send_due()
    (message,) = mail.outbox
    assert "Saturday 12 December 2026" in message.body
    assert Letter.objects.filter(reason=letters.NOT_NOW).count() == 1


def test_a_cancellation_is_told_with_its_reason_and_marks_the_calendar(webinar, staff):
    guest(webinar)
    send_due()
    mail.outbox.clear()
    services.cancel_webinar(webinar=webinar, by=staff, reason="The speaker is ill.")
    send_due()
    (message,) = mail.outbox
    assert "The speaker is ill." in message.body
    assert event_in(message)["status"] == "CANCELLED"


# ---------- What goes, and what stays ----------


def test_names_and_addresses_go_after_a_time_and_numbers_stay(webinar, clock):
    row = guest(webinar)
    clock.move_to(START + timedelta(days=181))
    assert places.forget_old(days=180) == 1
    row.refresh_from_db()
    assert (row.name, row.email, row.sector, row.state) == ("", "", "ngo", "in")
    assert places.forget_old(days=180) == 0
