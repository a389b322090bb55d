"""Reports: once by each, three by trusted members hide at once, fewer only wait."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from moderation import deciding, reporting
from moderation.models import Act, Case, Report, Sanction
from notifications.models import Letter, Notice
from tests import factories

pytestmark = pytest.mark.django_db


def path_of(post) -> str:
    return f"/en/connect/moderation/report/post/{post.pk}/"


def send(client, post, **data):
    return client.post(path_of(post), {"reason": "spam", "text": "Look."} | data)


def test_a_report_waits_for_the_moderators_of_the_place(place):
    case = place.reported()
    assert (case.subject, case.is_waiting, case.scope) == ("report", True, place.community)
    assert case.record.state == "shown"
    told = Notice.objects.filter(kind="moderation_queue").values_list("user", flat=True)
    assert set(told) == {place.moderator.pk, place.second.pk}


def test_three_reports_by_trusted_members_hide_at_once(place):
    case = place.reported(number=3)
    assert (case.record.state, case.is_waiting) == ("hidden", True)
    assert list(Act.objects.order_by("pk").values_list("verb", flat=True)) == ["reported"] * 3 + ["auto_hidden"]


def test_the_author_and_the_moderators_are_told_that_it_was_hidden(place):
    place.author.language = "fr"
    place.author.save()
    place.reported(number=3)
    letter = Letter.objects.get(user=place.author, kind="moderation")
    assert (letter.language, letter.context["verb"]) == ("fr", "auto_hidden")
    assert "/fr/connect/moderation/decisions/" in letter.context["path"]
    hidden = Notice.objects.filter(user=place.moderator, context__verb="auto_hidden")
    assert hidden.count() == 1


def test_reports_of_others_hide_nothing(place):
    post = place.post()
    for _number in range(5):
        member = factories.membership(place.community).user
        reporting.report(record=post, by=member, reason="rude")
    post.refresh_from_db()
    assert post.state == "shown"
    assert Case.objects.get().reports.count() == 5


def test_what_moderators_kept_needs_three_new_reports(place):
    post = place.post()
    case = place.reported(post, 2)
    deciding.decide(case=case, by=place.moderator, turn=case.turn, decision="kept")
    for member in place.trusted(4)[2:]:
        reporting.report(record=post, by=member, reason="spam")
    post.refresh_from_db()
    assert post.state == "shown"


def test_nobody_reports_twice(place):
    post = place.post()
    place.reported(post)
    with pytest.raises(reporting.ReportedAlready):
        reporting.report(record=post, by=place.members[0], reason="rude")
    assert Report.objects.count() == 1


def test_nobody_reports_what_they_wrote(place, client):
    post = place.post()
    with pytest.raises(PermissionDenied):
        reporting.report(record=post, by=place.author, reason="spam")
    client.force_login(place.author)
    assert client.get(path_of(post)).status_code == 403


def test_after_twenty_reports_in_a_day_the_form_says_so_and_keeps_the_text(place, client, monkeypatch):
    monkeypatch.setattr(reporting, "A_DAY", 1)
    reporter = place.trusted(1)[0]
    place.reported()
    client.force_login(reporter)
    response = send(client, place.post(), text="Kept for tomorrow.")
    assert "You can report 1 post a day." in response.content.decode()
    assert "Kept for tomorrow." in response.content.decode()
    with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
        client.force_login(reporter)
        assert send(client, place.post()).status_code == 302


def test_the_form_says_what_happens_next(place, client):
    client.force_login(place.trusted(1)[0])
    page = client.get(path_of(place.post())).content.decode()
    assert "a moderator reads your report and decides" in page
    assert "Personal or confidential information" in page


def test_a_report_leads_back_to_the_discussion(place, client):
    post = place.post()
    client.force_login(place.trusted(1)[0])
    response = send(client, post)
    assert response["Location"] == post.get_absolute_url()
    assert Report.objects.get().text == "Look."


def test_who_has_reported_finds_no_second_form(place, client):
    post = place.post()
    place.reported(post)
    client.force_login(place.members[0])
    page = client.get(path_of(post)).content.decode()
    assert "You have reported this post." in page
    assert 'name="reason"' not in page


def test_a_visitor_signs_in_first(place, client):
    assert "/accounts/login/" in client.get(path_of(place.post()))["Location"]


@pytest.mark.parametrize("state", ["waiting", "hidden"])
def test_what_one_may_not_see_is_not_reported(state, place, client):
    post = place.post(state=state)
    client.force_login(place.trusted(1)[0])
    assert client.get(path_of(post)).status_code == 404
    assert send(client, post).status_code == 404
    assert not Report.objects.exists()


def test_in_a_closed_community_strangers_report_nothing(place, client):
    place.community.access = "private"
    place.community.save()
    client.force_login(factories.member())
    assert send(client, place.post()).status_code == 404


def test_a_sanction_is_not_reported(place, client):
    from moderation.services import scope_columns

    row = Sanction.objects.create(**scope_columns(place.community), user=place.author, kind="ban", reason="Threats.")
    client.force_login(place.trusted(1)[0])
    assert client.get(f"/en/connect/moderation/report/sanction/{row.pk}/").status_code == 404
    assert client.get(f"/en/connect/moderation/report/nothing/{row.pk}/").status_code == 404
