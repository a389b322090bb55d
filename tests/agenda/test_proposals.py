"""What members propose for the calendar."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from agenda import services
from agenda.models import Event
from agenda.proposal_forms import ProposalForm, written_in
from content import deciding
from content.models import Case
from tests import factories

pytestmark = pytest.mark.django_db
WISH = {"kind": "event", "language": "en", "title": "A meeting", "summary": "In short.", "zone": "Africa/Nairobi"}
TIMED = WISH | {"first_day": "24/09/2099", "begins": "09:00", "ends": "10:30"}


def read(data) -> ProposalForm:
    form = ProposalForm(data)
    form.is_valid()
    return form


class TestTimes:
    def test_times_are_those_of_the_stated_zone(self):
        cleaned = read(TIMED).cleaned_data
        assert cleaned["starts_at"] == datetime(2099, 9, 24, 6, 0, tzinfo=UTC)
        assert cleaned["ends_at"] == datetime(2099, 9, 24, 7, 30, tzinfo=UTC)

    def test_without_times_an_event_lasts_whole_days(self):
        cleaned = read(WISH | {"first_day": "24/09/2099", "last_day": "25/09/2099"}).cleaned_data
        assert cleaned["whole_days"]
        assert cleaned["ends_at"] == datetime(2099, 9, 25, 21, 0, tzinfo=UTC)

    def test_a_call_without_a_time_lasts_to_the_end_of_its_day_in_its_zone(self):
        cleaned = read(WISH | {"kind": "call", "last_day": "24/09/2099", "zone": "America/Lima"}).cleaned_data
        assert cleaned["ends_at"] == datetime(2099, 9, 25, 5, 0, tzinfo=UTC)
        assert cleaned["starts_at"] is None

    def test_an_hour_that_clocks_jump_over_is_refused_with_the_nearest(self):
        form = read(TIMED | {"zone": "Europe/Paris", "first_day": "29/03/2026", "begins": "02:30", "ends": "04:00"})
        assert "01:59" in str(form.errors["begins"])

    def test_of_an_hour_that_comes_twice_a_deadline_is_the_second(self):
        form = read(WISH | {"kind": "call", "last_day": "25/10/2026", "ends": "02:30", "zone": "Europe/Paris"})
        assert form.cleaned_data["ends_at"] == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ({"first_day": ""}, "first_day"),
            ({"ends": ""}, "ends"),
            ({"ends": "08:00"}, "ends"),
            ({"kind": "call"}, "last_day"),
            ({"last_day": "23/09/2099"}, "last_day"),
        ],
    )
    def test_what_cannot_be_is_said_beside_its_field(self, change, field):
        assert field in read(TIMED | change).errors

    def test_what_was_sent_is_shown_again(self):
        for data in (TIMED, WISH | {"kind": "call", "last_day": "24/09/2099"}, WISH | {"first_day": "24/09/2099"}):
            form = read(data)
            event = factories.event(original_language="en", **form.proposed().columns)
            again = written_in(event)
            assert f"{again['last_day']:%d/%m/%Y}" == "24/09/2099"
            assert bool(again["ends"]) == ("ends" in data)


class TestProposing:
    def test_it_waits_for_an_editor_and_is_public_then(self, client, member, staff):
        client.force_login(member)
        client.post(reverse("agenda:propose"), TIMED | {"note": "It is confirmed."})
        event = Event.objects.get()
        assert (event.status, event.owner) == ("in_review", member)
        client.logout()
        assert client.get(event.get_absolute_url()).status_code == 404
        case = Case.objects.get()
        client.force_login(staff)
        assert "It is confirmed." in client.get(reverse("review_case", args=[case.pk])).content.decode()
        deciding.publish(case=case, by=staff, turn=case.turn)
        client.logout()
        assert client.get(event.get_absolute_url()).status_code == 200

    def test_what_was_typed_stays(self, client, member):
        client.force_login(member)
        page = client.post(reverse("agenda:propose"), TIMED | {"title": ""}).content.decode()
        assert page.count("Give it a title") == 2
        assert "24/09/2099" in page

    def test_it_is_changed_when_an_editor_asked(self, client, member, staff):
        client.force_login(member)
        client.post(reverse("agenda:propose"), TIMED)
        case, event = Case.objects.get(), Event.objects.get()
        assert client.get(reverse("agenda:change", args=[event.pk])).status_code == 403
        deciding.ask_for_changes(case=case, by=staff, turn=case.turn, note="Where is it?")
        client.post(reverse("agenda:change", args=[event.pk]), TIMED | {"place": "Nairobi"})
        event.refresh_from_db()
        assert (event.place, event.status) == ("Nairobi", "in_review")

    def test_what_was_published_is_talked_about_no_more(self, client, member, staff):
        client.force_login(member)
        client.post(reverse("agenda:propose"), TIMED)
        case = Case.objects.get()
        deciding.publish(case=case, by=staff, turn=case.turn)
        answer = reverse("agenda:answer", args=[case.object_id])
        assert client.post(answer, {"text": "One more word."}).status_code == 403


class TestRows:
    def test_a_call_has_no_beginning_and_an_event_has_one(self):
        for wrong in ({"kind": "call", "starts_at": datetime(2030, 1, 1, tzinfo=UTC)}, {"starts_at": None}):
            with pytest.raises(IntegrityError), transaction.atomic():
                factories.event(**wrong)

    def test_another_time_moves_its_sequence_on_and_other_words_do_not(self, staff):
        event = factories.event()
        event.place = "Elsewhere"
        services.save_event(event=event, by=staff)
        assert event.sequence == 0
        event.ends_at = event.ends_at.replace(year=event.ends_at.year + 1)
        services.save_event(event=event, by=staff)
        event.refresh_from_db()
        assert event.sequence == 1

    def test_what_came_out_of_it_stands_on_its_page(self, client):
        event = factories.event()
        public, hidden = (
            factories.publication("Minutes"),
            factories.publication("Secret", status="draft", published_at=None),
        )
        services.link_records(event=event, records=[public, hidden])
        page = client.get(event.get_absolute_url()).content.decode()
        assert "Minutes" in page
        assert "Secret" not in page
