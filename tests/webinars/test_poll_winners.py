"""What members chose becomes webinars: a draft each, once, with links both ways."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.models import Answer, Participation, Response
from tests import factories
from webinars import services, winners
from webinars.contributions import missing
from webinars.models import PollWinner, Webinar

pytestmark = pytest.mark.django_db
VOTES = {"Care": 1, "Registries": 3, "Grievances": 2}


@pytest.fixture
def series():
    return factories.webinar_series(slug="shocks")


@pytest.fixture
def poll(series):
    made = factories.survey("What next?", options=list(VOTES), slug="what-next", subject=series)
    made.opens_at, made.closes_at = timezone.now() - timedelta(days=9), timezone.now() - timedelta(days=1)
    made.save()
    for option in made.questions.get().options.all():
        option.label_fr = f"{option.label_en} (fr)"
        option.save()
        for number in range(VOTES[option.label_en]):
            response = Response.objects.create(survey=made)
            Answer.objects.create(response=response, question=option.question, option=option)
            Participation.objects.create(survey=made, key=f"{option.pk}-{number}")
    return made


@pytest.fixture
def organiser(client, member, series):
    factories.organiser(factories.webinar(starts_in=timedelta(days=-30), series=series), member)
    client.force_login(member)
    return client


def keys(poll, *labels):
    return list(poll.questions.get().options.filter(label_en__in=labels).values_list("pk", flat=True))


def page_of(client, poll):
    return client.get(poll.get_absolute_url()).content.decode()


def send(client, poll, *options):
    address = reverse("webinars:winners", args=[poll.subject.slug, poll.slug])
    return client.post(address, {"options": options})


def made(poll):
    return [one.webinar.title_en for one in PollWinner.objects.filter(option__question__survey=poll).order_by("pk")]


def test_the_first_two_are_ticked_and_one_press_begins_them(organiser, poll, member):
    page = page_of(organiser, poll)
    assert page.count(" checked") == 2
    assert send(organiser, poll, *keys(poll, "Registries", "Grievances")).status_code == 302
    assert made(poll) == ["Registries", "Grievances"]
    webinar = Webinar.objects.get(title_en="Registries")
    assert (webinar.status, webinar.series, webinar.owner) == ("draft", poll.subject, member)
    assert (webinar.title_fr, webinar.original_language) == ("Registries (fr)", "en")
    assert webinar.organisers.get().user == member
    assert webinar.poll_winner.votes == 3


def test_pressed_twice_there_is_none_twice_and_a_third_topic_can_follow(organiser, poll):
    for _press in range(2):
        send(organiser, poll, *keys(poll, "Registries"))
    assert made(poll) == ["Registries"]
    assert page_of(organiser, poll).count(" checked") == 0
    send(organiser, poll, *keys(poll, "Registries", "Care"))
    assert made(poll) == ["Registries", "Care"]
    starts = list(Webinar.objects.filter(poll_winner__isnull=False).values_list("starts_at", flat=True))
    assert len(set(starts)) == 2


def test_until_a_day_was_agreed_on_it_is_not_sent(organiser, poll, member):
    (webinar,) = winners.choose(survey=poll, options=keys(poll, "Care"), by=member)
    assert "A day and a time" in str(missing(webinar))
    at = webinar.starts_at + timedelta(hours=13)
    services.move_webinar(webinar=webinar, by=member, starts_at=at, ends_at=at + timedelta(hours=1), zone="UTC")
    assert "A day and a time" not in str(missing(webinar))


def test_links_lead_both_ways_for_whoever_may_follow_them(client, organiser, poll, member):
    (webinar,) = winners.choose(survey=poll, options=keys(poll, "Care"), by=member)
    assert webinar.get_absolute_url() in page_of(organiser, poll)
    assert poll.get_absolute_url() in organiser.get(webinar.get_absolute_url()).content.decode()
    assert poll.get_absolute_url() in organiser.get(reverse("webinars:proposal", args=[webinar.pk])).content.decode()
    client.logout()
    assert webinar.get_absolute_url() not in page_of(client, poll)
    Webinar.objects.filter(pk=webinar.pk).update(status="published", published_at=timezone.now())
    assert webinar.get_absolute_url() in page_of(client, poll)
    assert poll.get_absolute_url() in client.get(webinar.get_absolute_url()).content.decode()


@pytest.mark.parametrize("options", [[], ["0"], ["nonsense"]])
def test_what_is_no_choice_is_said_beside_the_boxes(organiser, poll, options):
    response = send(organiser, poll, *options)
    assert response.status_code == 200
    page = response.content.decode()
    assert page.count("Choose at least one") + page.count("Choose among the topics of this list") == 2
    assert made(poll) == []


def test_only_those_who_plan_in_the_series_choose(client, poll, staff):
    assert "Begin these webinars" not in page_of(client, poll)
    client.force_login(factories.member())
    assert "Begin these webinars" not in page_of(client, poll)
    assert send(client, poll, *keys(poll, "Care")).status_code == 403
    client.force_login(staff)
    assert send(client, poll, *keys(poll, "Care")).status_code == 302


def test_whoever_runs_its_community_chooses(client, poll, series, member):
    series.community = factories.community()
    factories.membership(series.community, member, role="admin")
    series.save()
    client.force_login(member)
    send(client, poll, *keys(poll, "Care"))
    assert Webinar.objects.get(title_en="Care").community == series.community


def test_of_an_open_poll_or_one_about_nothing_there_are_no_winners(organiser, poll, member):
    poll.closes_at = timezone.now() + timedelta(days=1)
    poll.save()
    assert "Begin these webinars" not in page_of(organiser, poll)
    assert send(organiser, poll, *keys(poll, "Care")).status_code == 404
    with pytest.raises(ValueError, match="closed"):
        winners.choose(survey=poll, options=keys(poll, "Care"), by=member)
    other = factories.survey(closes_at=timezone.now() - timedelta(hours=1), opens_at=timezone.now() - timedelta(days=2))
    assert winners.outcome(other, member) is None


def test_a_private_series_and_what_came_of_its_poll_stay_inside(client, poll, series, staff):
    winners.choose(survey=poll, options=keys(poll, "Care"), by=staff)
    series.community = factories.community(access="private")
    series.save()
    kept = Webinar.objects.filter(poll_winner__isnull=False)
    kept.update(community=series.community, status="published", published_at=timezone.now())
    client.force_login(factories.member())
    assert "What came of it" not in page_of(client, poll)
    assert send(client, poll, *keys(poll, "Care")).status_code == 404
