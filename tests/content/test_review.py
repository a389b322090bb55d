"""The conversation: what members send in, send again and say."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from content import deciding, review, services
from content.models import Case, ReviewStep
from publications.models import Publication
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(member) -> Publication:
    return factories.publication(owner=member, status="draft", published_at=None)


def test_sending_in_opens_a_case(member, draft):
    case = review.submit(record=draft, by=member, note="My first")
    draft.refresh_from_db()
    assert (case.kind, case.subject, case.state, case.opened_by) == ("publication", "new", "waiting", member)
    assert draft.status == "in_review"
    assert draft.submitted_at is not None
    assert [(step.kind, step.note) for step in review.conversation(draft)] == [("sent", "My first")]


def test_sending_what_waits_changes_nothing(member, draft):
    case = review.submit(record=draft, by=member)
    assert review.submit(record=draft, by=member) == case
    assert ReviewStep.objects.filter(case=case).count() == 1


def test_what_is_sent_again_comes_back_to_the_same_editor(member, draft, editor):
    case = review.submit(record=draft, by=member)
    deciding.ask_for_changes(case=case, by=editor, turn=case.turn, note="Year?")
    again = review.submit(record=draft, by=member, note="2019")
    assert again == case
    assert (again.state, again.editor, again.decision) == ("waiting", editor, "")
    assert again.waiting_since > case.waiting_since


def test_an_answer_hands_the_case_back(member, draft, editor):
    case = review.submit(record=draft, by=member)
    deciding.ask_for_changes(case=case, by=editor, turn=case.turn, note="Year?")
    review.answer(case=case, by=member, note="It has none.")
    case.refresh_from_db()
    draft.refresh_from_db()
    assert (case.state, draft.status) == ("waiting", "in_review")
    assert [step.kind for step in review.conversation(draft)] == ["sent", "changes_asked", "said"]


def test_an_answer_to_a_declined_record_opens_the_case_again(member, draft, editor):
    case = review.submit(record=draft, by=member)
    deciding.decline(case=case, by=editor, turn=case.turn, reason="Off the subject")
    review.answer(case=case, by=member, note="It is about pensions, see page 3.")
    case.refresh_from_db()
    draft.refresh_from_db()
    assert (case.state, case.decision, draft.status, draft.withdrawal_reason) == ("waiting", "", "in_review", "")


def test_an_answer_has_words(member, draft):
    case = review.submit(record=draft, by=member)
    with pytest.raises(ValueError, match="words"):
        review.answer(case=case, by=member, note=" ")


def test_a_declined_record_is_sent_again_in_the_same_case(member, draft, editor):
    case = review.submit(record=draft, by=member)
    deciding.decline(case=case, by=editor, turn=case.turn, reason="Off the subject")
    assert review.submit(record=draft, by=member) == case


def test_a_published_record_is_not_hidden_by_sending_it_again(member):
    with pytest.raises(ValueError, match="correction"):
        review.submit(record=factories.publication(owner=member), by=member)


def test_a_correction_waits_beside_the_published_record(member):
    record = factories.publication(owner=member)
    case = review.submit(record=record, by=member, subject="correction")
    record.refresh_from_db()
    assert (case.subject, case.state, record.status) == ("correction", "waiting", "published")


def test_a_declined_correction_leaves_the_record_as_it_is(member, editor):
    record = factories.publication(owner=member)
    case = review.submit(record=record, by=member, subject="correction")
    deciding.decline(case=case, by=editor, turn=case.turn, reason="The year is right as it is.")
    record.refresh_from_db()
    case.refresh_from_db()
    assert (case.decision, record.status) == ("declined", "published")
    assert review.submit(record=record, by=member, subject="correction") != case


def test_an_accepted_correction_is_brought_into_the_record_and_taken_back(member, editor, monkeypatch):
    record, done = factories.publication(owner=member), []
    reviewed = review.Reviewed(
        key="publication",
        label="Publication",
        template="",
        checks=lambda records: {},
        edit_url=lambda record: "",
        apply_correction=lambda record, case, by: done.append("brought in"),
        revert_correction=lambda record, case, by: done.append("taken back"),
    )
    monkeypatch.setitem(review._reviewed, "publication", reviewed)
    case = review.submit(record=record, by=member, subject="correction")
    deciding.publish(case=case, by=editor, turn=case.turn)
    case.refresh_from_db()
    deciding.undo(case=case, by=editor, turn=case.turn)
    assert done == ["brought in", "taken back"]


def test_what_was_published_at_once_and_taken_back_is_decided_like_anything_new(member, draft, editor):
    member.groups.add(Group.objects.get_or_create(name="trusted")[0])
    case = review.submit(record=draft, by=member)
    deciding.decline(case=case, by=editor, turn=case.turn, reason="A draft")
    again = review.submit(record=draft, by=member)
    draft.refresh_from_db()
    assert (again, again.subject, draft.status) == (case, "new", "in_review")


def test_publishing_elsewhere_settles_what_waits(member, draft, editor):
    case = review.submit(record=draft, by=member)
    services.publish(record=draft, by=editor)
    case.refresh_from_db()
    assert (case.state, case.decision, case.editor) == ("decided", "published", editor)


def test_withdrawing_settles_everything_that_waits(member, draft):
    case = review.submit(record=draft, by=member)
    services.withdraw(record=draft, by=member, reason="I was wrong")
    case.refresh_from_db()
    assert (case.state, case.decision) == ("decided", "withdrawn")


def test_records_of_many_cases_take_one_query_for_each_type(member, django_assert_num_queries):
    publications = [factories.publication(owner=member, status="draft", published_at=None) for _ in range(3)]
    organisations = [factories.organisation(owner=member, status="draft", published_at=None) for _ in range(3)]
    for record in [*publications, *organisations]:
        review.submit(record=record, by=member)
    cases = list(Case.objects.all())
    with django_assert_num_queries(2):
        assert len(review.records_of(cases)) == 6
