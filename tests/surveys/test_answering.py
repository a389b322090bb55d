"""Everybody answers once, and of an anonymous answer nobody learns whose it is."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members import erasure
from surveys import results, services
from surveys.models import Answer, Participation, Response
from surveys.services import AnsweredAlready, Closed, Respondent
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    return factories.survey()


def options_of(survey):
    return list(survey.questions.get().options.all())


def send(client, survey, *values):
    question = survey.questions.get()
    return client.post(reverse("surveys:answer", args=[survey.slug]), {f"question-{question.pk}": values})


def page_of(client, survey) -> str:
    return client.get(survey.get_absolute_url()).content.decode()


# ---------- On the page ----------


def test_a_visitor_is_led_to_the_door_and_back(client, survey):
    page = page_of(client, survey)
    assert f"/en/accounts/login/?next=/en/connect/surveys/{survey.slug}/" in page.replace("%2F", "/")
    assert "Send my answer" not in page


def test_lists_name_what_is_for_everybody(client, survey):
    invited = factories.survey("For those invited", audience="invited")
    page = client.get(reverse("surveys:list")).content.decode()
    assert survey.get_absolute_url() in page
    assert invited.get_absolute_url() not in page


def test_a_member_answers_and_sees_what_others_answered(client, survey, member):
    client.force_login(member)
    assert "Answers</h2>" not in page_of(client, survey)
    assert send(client, survey, options_of(survey)[1].pk).status_code == 302
    page = page_of(client, survey)
    assert "Registries" in page
    assert "100%" in page
    assert "Send my answer" not in page


def test_nobody_answers_twice(client, survey, member):
    client.force_login(member)
    for option in options_of(survey):
        send(client, survey, option.pk)
    assert Answer.objects.get().option == options_of(survey)[0]
    assert "You have answered already" in page_of(client, survey)


@pytest.mark.parametrize("value", ["", "0", "nonsense"])
def test_what_is_no_answer_is_asked_again_beside_the_question(client, survey, member, value):
    client.force_login(member)
    response = send(client, survey, value)
    assert response.status_code == 200
    assert response.content.decode().count("Choose one<") == 2  # in the summary and at the field
    assert not Participation.objects.exists()


def test_what_was_typed_is_kept_when_something_is_missing(client, member):
    survey = factories.survey(kind="text")
    survey.questions.create(position=2, kind="scale", text_en="How useful?")
    client.force_login(member)
    words, _scale = survey.questions.all()
    response = client.post(reverse("surveys:answer", args=[survey.slug]), {f"question-{words.pk}": "More on care."})
    assert "More on care." in response.content.decode()


def test_several_options_are_counted_each_and_people_once(client, member):
    survey = factories.survey(kind="several", options=["Care", "Registries", "Grievances"])
    client.force_login(member)
    send(client, survey, *(option.pk for option in options_of(survey)[:2]))
    (counted,) = results.counted(survey)
    assert [(str(line.label), line.count, line.share) for line in counted.lines] == [
        ("Care", 1, 100),
        ("Registries", 1, 100),
        ("Grievances", 0, 0),
    ]
    assert counted.answered == 1


@pytest.mark.parametrize("kind", ["several", "scale", "text"])
def test_what_may_be_left_out_may_be_left_out(client, member, kind):
    survey = factories.survey(kind=kind)
    survey.questions.update(is_required=False)
    client.force_login(member)
    assert send(client, survey).status_code == 302
    assert Participation.objects.count() == 1
    assert not Answer.objects.exists()


def test_results_for_editors_alone_stay_so(client, survey, member, staff):
    survey.results = "editors"
    survey.save()
    client.force_login(member)
    send(client, survey, options_of(survey)[0].pk)
    assert "100%" not in page_of(client, survey)
    client.force_login(staff)
    assert "100%" in page_of(client, survey)


def test_the_page_costs_the_same_for_one_answer_and_for_many(client, survey, staff):
    first, second = options_of(survey)
    client.force_login(staff)
    page_of(client, survey)

    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            page_of(client, survey)
        return len(seen)

    answer(survey, first)
    before = queries()
    for option in (first, second) * 10:
        answer(survey, option)
    assert queries() == before


def answer(survey, option, user=None):
    user = user or factories.member()
    services.answer(survey=survey, who=Respondent(user=user), answers={survey.questions.get().pk: option})


# ---------- Once, and in time ----------


def test_it_opens_and_closes_at_its_instant(survey):
    now = timezone.now()
    survey.opens_at, survey.closes_at = now + timedelta(hours=1), now + timedelta(hours=2)
    survey.save()
    option = options_of(survey)[0]
    for minutes, is_open in ((59, False), (60, True), (119, True), (120, False)):
        with time_machine.travel(now + timedelta(minutes=minutes), tick=False):
            if is_open:
                answer(survey, option)
            else:
                with pytest.raises(Closed):
                    answer(survey, option)


def test_a_link_answers_once(survey):
    survey.audience = "invited"
    survey.save()
    who, option = Respondent(key="webinar:12"), options_of(survey)[0]
    asked = {survey.questions.get().pk: option}
    services.answer(survey=survey, who=who, answers=asked)
    with pytest.raises(AnsweredAlready):
        services.answer(survey=survey, who=who, answers=asked)
    assert services.has_answered(survey=survey, who=who)


def test_somebody_answers_as_a_member_or_by_a_link(member):
    with pytest.raises(ValueError, match="or the holder"):
        Respondent()
    with pytest.raises(ValueError, match="or the holder"):
        Respondent(user=member, key="webinar:12")


# ---------- Nobody learns whose answer it is ----------


def test_of_an_anonymous_answer_nothing_tells_whose_it_is(survey, member):
    answer(survey, options_of(survey)[0], member)
    response = Response.objects.get()
    assert (response.user, response.at) == (None, None)


def test_an_answer_under_a_name_says_so(survey, member):
    survey.is_anonymous = False
    survey.save()
    answer(survey, options_of(survey)[0], member)
    assert Response.objects.get().user == member


def test_the_table_names_nobody_and_computes_nothing(client, staff, member):
    survey = factories.survey(kind="text", is_anonymous=False)
    answer(survey, "=HYPERLINK(1)", member)
    client.force_login(staff)
    text = client.get(reverse("surveys:table", args=[survey.slug])).content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [["What should come first?"], ["'=HYPERLINK(1)"]]
    assert member.display_name not in text


def test_who_leaves_takes_the_name_along_and_not_the_count(survey, member):
    survey.is_anonymous = False
    survey.save()
    survey.questions.create(position=2, kind="text", text_en="Why?")
    first, second = survey.questions.all()
    chosen = {first.pk: options_of_question(first)[0], second.pk: "Because I care for my mother."}
    services.answer(survey=survey, who=Respondent(user=member), answers=chosen)
    erasure.erase(user=member)
    assert Participation.objects.get().user is None
    assert Response.objects.get().user is None
    assert [(row.option is not None, row.text) for row in Answer.objects.all()] == [(True, "")]


def options_of_question(question):
    return list(question.options.all())
