"""People ask, vote, are answered and are told once; what is hidden, and what nobody learns."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members import erasure
from notifications.models import Letter
from tests import factories
from webinars import asking, question_letters
from webinars.models import Question, Vote

pytestmark = pytest.mark.django_db
TEXT = "Can an existing database be used in an emergency?"


@pytest.fixture
def webinar(staff):
    made = factories.webinar(slug="registries")
    factories.organiser(made, staff)
    return made


@pytest.fixture
def row(webinar):
    return factories.registration(webinar, "guest@example.org", language="fr")


def address(name, webinar, *more):
    return reverse(f"webinars:{name}", args=[webinar.slug, *more])


def ask(webinar, by, text=TEXT):
    return asking.ask(webinar=webinar, by=by, text=text, language="en")


# ---------- Asked ----------


def test_a_member_asks_and_everybody_reads_it(client, webinar, member):
    member.display_name = "Zqasker"
    member.save()
    client.force_login(member)
    assert client.post(address("questions", webinar), {"text": TEXT, "language": "en"}).status_code == 302
    client.logout()
    for path in (webinar.get_absolute_url(), address("questions", webinar)):
        page = client.get(path).content.decode()
        assert TEXT in page
        assert str(member) not in page


def test_a_registrant_asks_by_the_personal_link(client, webinar, row):
    path = address("own_questions", webinar, row.key)
    assert client.post(path, {"text": TEXT, "language": "fr"}).status_code == 302
    assert Question.objects.get().registration == row
    assert TEXT in client.get(path).content.decode()


def test_a_visitor_cannot_ask(client, webinar):
    client.post(address("questions", webinar), {"text": TEXT, "language": "en"})
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Write your question"),
        ("Why?", "Write your question in a whole sentence"),
        ("Have you seen https://spam.example/offer today?", "A question has no links"),
    ],
)
def test_what_is_refused_is_said_and_kept(client, webinar, member, text, said):
    client.force_login(member)
    page = client.post(address("questions", webinar), {"text": text, "language": "en"}).content.decode()
    assert page.count(said) >= 2
    assert f">\n{text}</textarea>" in page
    assert not Question.objects.exists()


def test_nobody_floods_a_webinar(webinar, member):
    by = asking.member(member)
    for number in range(asking.MOST_AN_HOUR):
        ask(webinar, by, f"{TEXT} {number}")
    with pytest.raises(asking.NotAsked):
        ask(webinar, by, "One more question?")


def test_the_same_sent_twice_is_one_question(webinar, member):
    assert ask(webinar, asking.member(member)) == ask(webinar, asking.member(member))


def test_questions_close_a_week_after_the_end(client, member):
    webinar = factories.webinar(starts_in=timedelta(days=-8))
    client.force_login(member)
    assert "Questions to this webinar are closed." in client.get(address("questions", webinar)).content.decode()
    with pytest.raises(asking.NotAsked):
        ask(webinar, asking.member(member))


def test_who_cancelled_does_not_ask(webinar, row):
    row.state = "cancelled"
    row.save()
    with pytest.raises(asking.NotAsked):
        ask(webinar, asking.registrant(row))


# ---------- Voted ----------


def test_one_person_votes_once_by_account_and_by_link(webinar, member, other_member):
    question = ask(webinar, asking.member(other_member))
    row = factories.registration(webinar, member.email, user=member)
    assert asking.vote(question=question, by=asking.member(member))
    assert not asking.vote(question=question, by=asking.registrant(row))
    assert question.votes.count() == 1


def test_the_database_refuses_a_second_vote(webinar, member, row):
    question = ask(webinar, asking.member(member))
    Vote.objects.create(question=question, registration=row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Vote.objects.create(question=question, registration=row)


def test_nobody_votes_for_their_own_question(webinar, member):
    question = ask(webinar, asking.member(member))
    assert not asking.vote(question=question, by=asking.member(member))


def test_what_is_wanted_most_stands_first_and_a_vote_can_be_taken_back(client, webinar, member, row):
    first, second = ask(webinar, asking.member(member), "The first question?"), ask(webinar, asking.member(member))
    path = address("own_question_step", webinar, row.key, second.pk)
    client.post(path)
    assert list(webinar.questions.by_votes()) == [second, first]
    client.post(path, {"undo": "1"})
    assert list(webinar.questions.by_votes()) == [first, second]


# ---------- Hidden and answered ----------


def test_what_is_hidden_is_seen_by_who_asked_with_the_reason(client, webinar, member, other_member, staff):
    question = ask(webinar, asking.member(member))
    client.force_login(staff)
    typed = {"hide": "1", "reason": "It is about a person."}
    assert client.post(address("edit_question", webinar, question.pk), typed).status_code == 302
    for user, sees in ((None, False), (other_member, False), (member, True)):
        client.logout()
        if user:
            client.force_login(user)
        page = client.get(address("questions", webinar)).content.decode()
        assert (TEXT in page) is sees
        assert ("It is about a person." in page) is sees


def test_hiding_needs_a_reason(client, webinar, member, staff):
    question = ask(webinar, asking.member(member))
    client.force_login(staff)
    page = client.post(address("edit_question", webinar, question.pk), {"hide": "1", "reason": ""}).content.decode()
    assert "Write the reason" in page
    question.refresh_from_db()
    assert not question.is_hidden


def test_an_answer_is_shown_and_told_once_in_the_language_of_who_asked(client, webinar, row, staff):
    question = ask(webinar, asking.registrant(row))
    client.force_login(staff)
    for text in ("Often.", "Often, but look first at who it leaves out."):
        typed = {"name": "Farah Aziz", "text": text, "language": "en"}
        client.post(address("edit_question", webinar, question.pk), typed)
    letter = Letter.objects.get(kind=question_letters.ANSWERED)
    assert (letter.address, letter.language) == ("guest@example.org", "fr")
    client.logout()
    page = client.get(address("questions", webinar)).content.decode()
    assert "look first at who it leaves out" in page
    assert "Answered by Farah Aziz" in page


def test_answered_live_and_open_again(client, webinar, member, staff):
    question = ask(webinar, asking.member(member))
    client.force_login(staff)
    path = address("answer_step", webinar, question.pk)
    client.post(path, {"live": "1"})
    question.refresh_from_db()
    assert question.was_answered_live
    letter = Letter.objects.get(kind=question_letters.ANSWERED)
    assert question_letters.refusals([letter]) == {}
    client.post(path, {"reopen": "1"})
    question.refresh_from_db()
    assert not question.is_answered
    assert question_letters.refusals([letter]) == {letter.pk: question_letters.NOT_NOW}


def test_nobody_is_written_at_an_address_that_may_be_a_strangers(webinar, staff):
    row = factories.registration(webinar, "typed@example.org", confirmed=False)
    asking.answer(question=ask(webinar, asking.registrant(row)), by=staff, name="F", text="Yes.", language="en")
    assert not Letter.objects.filter(kind=question_letters.ANSWERED).exists()


# ---------- Held about a person, and how dear the page is ----------


def test_an_erased_person_leaves_the_question_without_a_name(webinar, member, other_member):
    question = ask(webinar, asking.member(member))
    other = ask(webinar, asking.member(other_member))
    asking.vote(question=other, by=asking.member(member))
    held = next(one for one in erasure.all_holdings() if one.key == "webinar_questions")
    assert [row.get("question", row.get("voted_for")) for row in held.export(member)] == [TEXT, TEXT]
    held.erase(member)
    question.refresh_from_db()
    assert (question.user, question.text, other.votes.count()) == (None, TEXT, 1)


def test_the_page_asks_as_much_for_twenty_questions_as_for_one(client, webinar, member, other_member):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address("questions", webinar)).status_code == 200
        return len(seen)

    client.force_login(other_member)
    Question.objects.create(webinar=webinar, user=member, text=TEXT, language="en")
    queries()
    before = queries()
    Question.objects.bulk_create(
        Question(webinar=webinar, user=member, text=f"{TEXT} {number}", language="en") for number in range(19)
    )
    assert queries() == before
