"""The board of webinars that are over: what is there, what is owed by whom, what is late."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import factories
from tests.world import stored_file
from webinars import board, panel
from webinars.models import Material, Question, Recording, Webinar

pytestmark = pytest.mark.django_db
PATH = "/en/staff/webinars/"


def over(title="Registers", days=2, **fields) -> Webinar:
    return factories.webinar(title, starts_in=timedelta(days=-days, hours=-3), **fields)


def bring(webinar, *what, language="en") -> None:
    if "recordings" in what:
        Recording.objects.create(webinar=webinar, language=language, link="https://video.example/1")
    for kind in {"slides", "transcript"} & set(what):
        Material.objects.create(webinar=webinar, kind=kind, language=language, file=stored_file("pdf"))
    if "summary" in what:
        post = factories.blog_post(body_en="A list ages.", kind="webinar-summary")
        webinar.summary_post = post
        webinar.save()


ALL = ("recordings", "slides", "transcript", "summary")


def missing(webinar) -> dict:
    return board.facts_of(Webinar.objects.filter(pk=webinar.pk))[0].missing()


# ---------- What is owed ----------


def test_it_is_complete_when_and_only_when_everything_is_there():
    webinar = over()
    for number in range(len(ALL)):
        assert list(missing(webinar)) == [one for one in board.labels() if one in ALL[number:]]
        bring(webinar, ALL[number])
    assert missing(webinar) == {}
    assert board.row_of(webinar).is_complete


def test_each_language_spoken_is_owed_and_the_summary_in_each_announced():
    webinar = over(spoken=["en", "fr"], title_es="Registros")
    bring(webinar, *ALL)
    assert missing(webinar) == {"recordings": ["fr"], "transcript": ["fr"], "summary": ["es"]}
    ticks = {tick.label: tick.text for tick in board.row_of(webinar).ticks}
    assert ticks["Recording"] == "English; missing in French"
    assert ticks["Slides"] == "English"


def test_a_summary_counts_when_it_is_public():
    webinar = over()
    bring(webinar, *ALL)
    webinar.summary_post.status = "draft"
    webinar.summary_post.save()
    assert missing(webinar) == {"summary": ["en"]}


def test_each_question_that_is_shown_is_owed_an_answer_and_goes_on_in_an_open_community():
    webinar = over(community=factories.community())
    bring(webinar, *ALL)
    Question.objects.create(webinar=webinar, language="fr", text="Et dans les villages ?")
    hidden = {"hidden_at": timezone.now(), "hidden_reason": "About a person."}
    Question.objects.create(webinar=webinar, language="en", text="Who is this one person?", **hidden)
    assert missing(webinar) == {"questions": ["fr"], "discussion": [""]}
    webinar.questions.update(answered_at=timezone.now())
    assert missing(webinar) == {"discussion": [""]}
    post = webinar.summary_post
    post.thread = factories.thread(webinar.community)
    post.save()
    assert missing(webinar) == {}


def test_of_a_private_community_there_is_no_summary_and_nothing_goes_on():
    webinar = over(community=factories.community(access="private"))
    Question.objects.create(webinar=webinar, language="en", text="Who pays?", answered_at=timezone.now())
    bring(webinar, *ALL[:3])
    assert missing(webinar) == {}
    assert "Summary" not in [tick.label for tick in board.row_of(webinar).ticks]


def test_who_owes_what(member, staff):
    webinar = over()
    factories.organiser(webinar, member)
    Question.objects.create(webinar=webinar, language="en", text="Who pays?")
    bring(webinar, "recordings", "slides")
    owed = {one.who: one.what for one in board.row_of(webinar).owed}
    assert owed == {str(member): "Transcript, Questions and answers", "the editors": "Summary"}
    panel.send_link(panellist=factories.panellist(webinar), email="r@m.example", language="en", by=staff)
    owed = {one.who: one.what for one in board.row_of(webinar).owed}
    assert owed == {str(member): "Transcript", "Rosa Quispe": "Questions and answers", "the editors": "Summary"}


# ---------- The board ----------


@pytest.fixture
def board_of(client, staff):
    """Titles on the board as an editor sees it, in their order."""
    client.force_login(staff)

    def titles(query="") -> list[str]:
        answer = client.get(f"{PATH}{query}")
        assert answer.status_code == 200
        return [str(row.webinar) for row in answer.context["board"].rows]

    return titles


def test_what_is_late_stands_first_and_what_is_complete_last(board_of):
    for title, days in (("New", 1), ("Late", 8), ("Later", 30), ("Six days", 6)):
        over(title, days)
    for title, days in (("Done", 40), ("Done last", 10)):
        bring(over(title, days), *ALL)
    assert board_of() == ["Later", "Late", "Six days", "New"]
    assert board_of("?show=all") == ["Later", "Late", "Six days", "New", "Done last", "Done"]


def test_what_is_ahead_cancelled_or_not_announced_is_not_there(board_of):
    factories.webinar("Ahead")
    over("Cancelled", cancelled_at=timezone.now(), cancelled_reason="Ill.")
    over("Draft", status="draft", published_at=None)
    assert board_of("?show=all") == []


def test_one_series_alone(board_of):
    series = factories.webinar_series(slug="shocks")
    over("In it", series=series)
    over("Not in it")
    assert board_of("?series=shocks") == ["In it"]
    assert len(board_of("?series=no-such")) == 2


def test_it_says_since_when_and_leads_to_where_each_thing_is_done(client, staff, board_of):
    webinar = over(days=9)
    board_of()
    page = client.get(PATH).content.decode()
    assert "9 days ago" in page
    assert "Late" in page
    for name in ("edit_recordings", "edit_materials", "edit_summary"):
        assert reverse(f"webinars:{name}", args=[webinar.slug]) in page


def test_nothing_to_do_says_so(client, board_of):
    board_of()
    assert "Everything is there" in client.get(PATH).content.decode()
    assert "No webinar is over yet." in client.get(f"{PATH}?show=all").content.decode()


def test_it_has_pages(board_of):
    for number in range(23):
        over(f"Number {number}", days=30 - number)
    assert len(board_of()) == 20
    assert board_of("?page=2") == ["Number 20", "Number 21", "Number 22"]


def test_twelve_webinars_cost_as_many_queries_as_one(client, board_of, member):
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            board_of("?show=all")
        return len(seen)

    def add(number: int) -> None:
        webinar = over(f"Number {number}", community=place, series=factories.webinar_series())
        factories.organiser(webinar, member)
        factories.panellist(webinar)
        bring(webinar, "recordings", "slides")
        Question.objects.create(webinar=webinar, language="en", text="Who pays?")

    place = factories.community()
    add(0)
    queries()
    before = queries()
    for number in range(1, 12):
        add(number)
    assert queries() == before


def test_organisers_see_the_ticks_of_their_own_webinar_and_no_board(client, member, other_member):
    webinar = over()
    factories.organiser(webinar, member)
    client.force_login(member)
    page = client.get(reverse("webinars:edit_summary", args=[webinar.slug])).content.decode()
    assert "missing in English" in page
    assert f"Owed by {member}" in page
    assert client.get(PATH).status_code == 403
    client.force_login(other_member)
    assert client.get(reverse("webinars:edit_summary", args=[webinar.slug])).status_code == 403
