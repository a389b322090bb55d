"""What is hidden, private or over in one place stays so in every other. Each of these holds one check of the code."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from notifications.models import Letter
from search import services as search
from search.query import Query
from taxonomy.models import Country
from tests import factories
from webinars import asking, letters, places, question_letters, summaries, winners
from webinars.models import PollWinner, Question, Registration

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=-1)


@pytest.fixture
def private(member):
    made = factories.community("Zqinside", access="private")
    factories.membership(made, member)
    return made


def read(client, address):
    return client.get(address).content.decode()


def page(client, name, *args):
    return read(client, reverse(name, args=args))


def hidden(webinar, text="Zqhidden question?", **fields):
    said = {"hidden_at": timezone.now(), "hidden_reason": "It names somebody."}
    return Question.objects.create(webinar=webinar, language="en", text=text, **said, **fields)


# ---------- Lists ----------


@pytest.mark.usefixtures("tantivy")
def test_what_is_private_is_announced_to_its_members_alone(client, private):
    factories.webinar("Zqprivate", community=private)
    factories.webinar("Zqpublic", starts_in=timedelta(days=8))
    search.rebuild_index()
    shown = page(client, "webinars:list")
    assert ("Zqpublic" in shown, "Zqprivate" in shown) == (True, False)


def test_a_private_series_is_in_no_list_of_strangers(client, private):
    factories.webinar_series("Zqprivate series", community=private)
    assert "Zqprivate" not in page(client, "webinars:all_series")


@pytest.mark.usefixtures("tantivy")
def test_an_organiser_that_is_not_public_leads_nobody_to_it():
    webinar = factories.webinar("Meeting on shocks")
    webinar.organisations.add(factories.organisation("Hiddenword", status="draft", published_at=None))
    search.rebuild_index()
    assert [len(search.search(Query(text=word)).hits) for word in ("shocks", "hiddenword")] == [1, 0]


def test_a_summary_that_is_not_public_stands_not_with_its_series(client):
    series = factories.webinar_series()
    draft = factories.blog_post("Zqdraft summary", status="draft", published_at=None)
    factories.webinar(starts_in=LONG_AGO, series=series, summary_post=draft)
    assert "Zqdraft" not in read(client, series.get_absolute_url())


# ---------- The page of a webinar ----------


def test_a_hidden_question_is_on_no_page_of_its_webinar(client):
    webinar = factories.webinar()
    hidden(webinar)
    assert "Zqhidden" not in read(client, webinar.get_absolute_url())


def test_nobody_votes_for_a_hidden_question(client, member):
    question = hidden(factories.webinar())
    client.force_login(member)
    address = reverse("webinars:question_step", args=[question.webinar.slug, question.pk])
    assert client.post(address).status_code == 404


def test_whoever_cancelled_is_led_to_registering_again(client, member):
    webinar = factories.webinar()
    row = factories.registration(webinar, "", user=member, state="cancelled", name="")
    client.force_login(member)
    assert row.get_absolute_url() not in read(client, webinar.get_absolute_url())
    assert client.get(reverse("webinars:register", args=[webinar.slug])).status_code == 200
    assert row.get_absolute_url() not in page(client, "webinars:mine")


def test_a_discussion_that_became_private_is_not_named(client, private):
    thread = factories.thread(private, "Zqbehind")
    post = factories.blog_post("A summary", thread=thread)
    webinar = factories.webinar(starts_in=LONG_AGO, summary_post=post)
    assert thread.get_absolute_url() not in read(client, webinar.get_absolute_url())


def test_a_panellist_in_no_directory_is_a_name_without_a_page(client, member):
    profile = factories.profile(user=member, listing="nobody")
    webinar = factories.webinar()
    factories.panellist(webinar, user=member)
    assert profile.get_absolute_url() not in read(client, webinar.get_absolute_url())


def test_the_country_of_a_registration_is_that_of_its_member(client, member, other_member):
    kenya = Country.objects.create(iso2="KE", iso3="KEN", m49="404", slug="kenya", name_en="Kenya")
    factories.profile(user=other_member, country=kenya)
    webinar = factories.webinar()
    client.force_login(member)
    client.post(reverse("webinars:register", args=[webinar.slug]))
    assert Registration.objects.get(webinar=webinar).country is None


# ---------- Polls ----------


@pytest.fixture
def poll():
    series = factories.webinar_series()
    made = factories.survey("Zqpoll", subject=series)
    made.opens_at, made.closes_at = timezone.now() - timedelta(days=9), timezone.now() + LONG_AGO
    made.save()
    return made


def won(poll, webinar):
    option = poll.questions.get().options.first()
    return PollWinner.objects.create(option=option, webinar=webinar, supposed=webinar.starts_at)


def test_a_poll_that_is_prepared_again_is_not_named(poll, member):
    webinar = factories.webinar(series=poll.subject)
    won(poll, webinar)
    assert winners.poll_of(webinar, member) is not None
    type(poll).objects.update(is_ready=False)
    assert winners.poll_of(webinar, member) is None


def test_of_a_private_series_strangers_learn_no_winners(poll, private, other_member):
    won(poll, factories.webinar(series=poll.subject))
    assert winners.outcome(poll, other_member) is not None
    poll.subject.community = private
    poll.subject.save()
    assert winners.outcome(poll, other_member) is None


# ---------- Letters ----------


def test_whoever_left_the_private_community_is_written_to_no_more(private, member, other_member):
    webinar = factories.webinar(community=private)
    factories.membership(private, other_member, state="left")
    for person in (member, other_member):
        factories.registration(webinar, person.email, user=person)
    assert [row.user for row in letters.allowed(webinar, webinar.registrations.all())] == [member]


def test_one_that_was_not_announced_offers_no_place():
    webinar = factories.webinar(capacity=1, status="draft", published_at=None)
    row = factories.registration(webinar, "waits@care.example", state="waiting")
    assert places.tend_waiting_lists() == 0
    row.refresh_from_db()
    assert row.state == "waiting"


def test_whose_question_was_hidden_is_not_told_that_it_is_discussed(member, other_member):
    webinar = factories.webinar(community=factories.community())
    hidden(webinar, user=other_member)
    asking.ask(webinar=webinar, by=asking.member(member), text="Who pays for them?", language="en")
    question_letters.tell_discussed(webinar, factories.thread(webinar.community))
    assert list(Letter.objects.values_list("user", flat=True)) == [member.pk]


def test_the_letter_about_an_answer_does_not_leave_once_it_is_hidden(member, staff):
    question = asking.ask(webinar=factories.webinar(), by=asking.member(member), text="Who pays?", language="en")
    asking.answer(question=question, by=staff, name="Rosa", text="Everybody.", language="en")
    letter = Letter.objects.get(user=member)
    assert question_letters.refusals([letter]) == {}
    asking.hide(question=question, by=staff, reason="It names somebody.")
    assert question_letters.refusals([letter]) == {letter.pk: "overtaken"}


# ---------- Behind it ----------


def test_a_hidden_answer_is_not_in_the_draft_of_the_summary(staff):
    webinar = factories.webinar(starts_in=LONG_AGO)
    hidden(webinar, "Zqhidden question?", answer="Zqhidden answer.", answered_at=timezone.now(), answer_language="en")
    assert "Zqhidden" not in (summaries.draft_summary(webinar=webinar, by=staff).body_en or "")


def test_what_was_hidden_waits_for_no_answer(client, member):
    webinar = factories.webinar()
    factories.organiser(webinar, member)
    hidden(webinar)
    client.force_login(member)
    response = client.get(reverse("webinars:edit_questions", args=[webinar.slug]))
    assert (list(response.context["waiting"]), len(response.context["done"])) == ([], 1)


def test_nobody_is_sent_to_a_panel_that_was_not_announced(client, member):
    webinar = factories.webinar(status="draft", published_at=None, owner=member)
    factories.organiser(webinar, member)
    person = factories.panellist(webinar)
    client.force_login(member)
    assert client.get(reverse("webinars:panel_link", args=[webinar.slug, person.pk])).status_code == 404
