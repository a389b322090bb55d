"""After a webinar: one letter to each registrant, three questions once each, and answers that are nobody's."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from notifications.models import Letter
from notifications.sending import send_due
from surveys.models import Answer, Participation, Response, Survey
from tests import factories
from webinars import feedback, places, services
from webinars.models import Webinar

pytestmark = pytest.mark.django_db
START = datetime(2026, 12, 10, 13, tzinfo=UTC)
END = START + timedelta(minutes=90)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(END - timedelta(minutes=1), tick=False) as traveller:
        yield traveller


@pytest.fixture
def webinar():
    return factories.webinar(
        starts_at=START, slug="registries", title_fr="Les registres", series=factories.webinar_series()
    )


@pytest.fixture
def row(webinar):
    return factories.registration(webinar, "rosa@world.example")


def thanks():
    return Letter.objects.filter(kind=feedback.THANKS)


def page_of(row):
    return reverse("webinars:feedback", args=[row.webinar.slug, row.key])


def answers(useful="5", followed="4", words="More time."):
    survey = Survey.objects.get()
    return {
        f"question-{one.pk}": said for one, said in zip(survey.questions.all(), (useful, followed, words), strict=True)
    }


def test_at_the_end_each_registrant_gets_one_letter_in_their_language(webinar, row, clock):
    factories.registration(webinar, "awa@world.example", language="fr")
    assert feedback.open_due() == 0
    clock.move_to(END)
    for _wake in range(3):
        feedback.open_due()
        send_due()
    assert sorted(one.subject.replace("\xa0", " ") for one in mail.outbox) == [
        "After the webinar: Gender and shocks",
        "Après le webinaire : Les registres",
    ]
    french = next(one.body for one in mail.outbox if one.to == ["awa@world.example"])
    assert "/fr/learn/webinars/registries/" in french
    assert "/en/" not in french
    assert page_of(row) in next(one.body for one in mail.outbox if one.to == ["rosa@world.example"])


def test_those_without_a_place_and_strangers_get_none(webinar, clock):
    for state in ("waiting", "cancelled", "lapsed"):
        factories.registration(webinar, f"{state}@world.example", state=state)
    factories.registration(webinar, "stranger@world.example", confirmed=False)
    clock.move_to(END)
    assert feedback.open_due() == 0
    assert not Survey.objects.exists()


def test_of_what_was_cancelled_or_never_announced_nobody_is_asked(row, staff, clock):
    draft = factories.webinar(starts_at=START, status="draft", published_at=None)
    factories.registration(draft, "rosa@world.example")
    services.cancel_webinar(webinar=row.webinar, by=staff, reason="Ill.")
    clock.move_to(END)
    assert feedback.open_due() == 0


def test_what_ended_long_ago_is_not_asked_about_now(row, clock):
    clock.move_to(END + feedback.BACK + timedelta(minutes=1))
    assert feedback.open_due() == 0


def test_a_crash_between_leaves_nothing_and_the_next_minute_makes_it(row, clock, monkeypatch):
    clock.move_to(END)
    with monkeypatch.context() as broken, suppress(RuntimeError):
        broken.setattr(feedback, "_letters", lambda *args: (_ for _ in ()).throw(RuntimeError))
        feedback.open_due()
    assert not Survey.objects.exists()
    assert feedback.open_due() == 1


def test_a_letter_that_waited_too_long_or_was_overtaken_does_not_leave(webinar, row, clock):
    clock.move_to(END)
    feedback.open_due()
    Webinar.objects.filter(pk=webinar.pk).update(status="in_review")
    send_due()
    assert mail.outbox == []
    assert thanks().get().reason == "overtaken"


def test_whoever_left_a_private_community_is_not_written_to(clock, member):
    community = factories.community(access="private")
    webinar = factories.webinar(starts_at=START, community=community)
    factories.registration(webinar, member.email, user=member)
    clock.move_to(END)
    assert feedback.open_due() == 0


def test_three_questions_are_answered_once(client, row, clock):
    assert "open when the webinar has ended" in client.get(page_of(row)).content.decode()
    clock.move_to(END)
    feedback.open_due()
    page = client.get(page_of(row)).content.decode()
    assert "How useful was the webinar for your work?" in page
    for useful in ("5", "1"):
        assert client.post(page_of(row), answers(useful)).status_code in (200, 302)
    assert "Your answer is counted" in client.get(page_of(row)).content.decode()
    assert Answer.objects.filter(number=5).count() == 1
    assert (Participation.objects.count(), Response.objects.count()) == (1, 1)


def test_a_question_left_out_is_asked_beside_it_and_words_are_kept(client, row, clock):
    clock.move_to(END)
    feedback.open_due()
    page = client.post(page_of(row), answers("", words="Zqwords")).content.decode()
    assert page.count("Choose one<") == 2
    assert "Zqwords" in page
    assert not Participation.objects.exists()


def test_nothing_leads_from_an_answer_to_whoever_gave_it(client, row, clock):
    clock.move_to(END)
    feedback.open_due()
    client.post(page_of(row), answers())
    response = Response.objects.get()
    assert (response.user, response.at) == (None, None)
    assert Participation.objects.get().key == f"registration:{row.pk}"


def test_after_thirty_days_it_is_closed(client, row, clock):
    clock.move_to(END)
    feedback.open_due()
    sent = answers()
    clock.move_to(END + timedelta(days=30))
    assert "are closed" in client.get(page_of(row)).content.decode()
    client.post(page_of(row), sent)
    assert not Participation.objects.exists()


def test_whoever_cancelled_and_never_came_is_not_asked(client, webinar, row, clock):
    gone = factories.registration(webinar, "gone@world.example")
    places.cancel(registration=gone)
    clock.move_to(END)
    feedback.open_due()
    assert "nothing to answer" in client.get(page_of(gone)).content.decode()
    client.post(page_of(gone), answers())
    assert not Participation.objects.exists()


def test_organisers_read_the_answers_of_a_webinar_and_of_its_series(client, webinar, row, clock, member):
    factories.organiser(webinar, member)
    clock.move_to(END)
    feedback.open_due()
    client.post(page_of(row), answers("4", "2", "Zqmore on payments."))
    client.force_login(member)
    page = client.get(reverse("webinars:edit_feedback", args=[webinar.slug])).content.decode()
    assert "Zqmore on payments." in page
    assert "4.0 on average" in page
    series = client.get(reverse("webinars:series_figures", args=[webinar.series.slug])).content.decode()
    assert "<b>4.0</b>" in series
    assert "<b>2.0</b>" in series


def test_such_surveys_do_not_stand_in_the_list_of_surveys(client, row, clock, staff):
    clock.move_to(END)
    feedback.open_due()
    client.force_login(staff)
    assert "After the webinar" not in client.get(reverse("surveys:list")).content.decode()


def test_the_page_of_a_registration_leads_to_the_questions(client, row, clock):
    clock.move_to(END)
    feedback.open_due()
    assert page_of(row) in client.get(row.get_absolute_url()).content.decode()
